"""Which checkpoints are of jobs that are gone, and their removal."""

import re
from collections import namedtuple
from datetime import datetime, timezone

# The path is relative to the store's root; modified are seconds since 1970.
File = namedtuple("File", "path modified size")

VERSION = re.compile(r"v[1-9][0-9]*")
# Every checkpoint of Spark has a file of this name.
METADATA = "metadata"


def clean_up(store, settings, now):
    """Yields a decision on each folder that it finds, when it is carried out."""
    live = settings["live"]
    if not live:
        yield decision("kept", settings["prefix"], "no live path is given, so nothing is removed")
        return
    for namespace in settings["namespaces"]:
        folder = f"{settings['prefix']}/{namespace}"
        yield from attempt(folder, lambda: namespace_decisions(store, folder, settings, now))


def namespace_decisions(store, folder, settings, now):
    for path in store.folders(folder):
        yield from attempt(path, lambda: application_decisions(store, path, settings, now))


def application_decisions(store, path, settings, now):
    live = settings["live"]
    if holder_of(path, live) is not None:
        yield decision("kept", path, f"live: {holder_of(path, live)}")
        return
    below = [each for each in live if is_within(each, path)]
    if not below:
        yield judge(store, path, settings, now)
        return
    yield decision("kept", path, f"holds what is live: {below[0]}")
    for child in store.folders(path):
        if VERSION.fullmatch(name_of(child)) and not touches(child, live):
            yield from attempt(child, lambda: [judge(store, child, settings, now)])


def judge(store, path, settings, now):
    """Removes a folder that touches nothing live, if it is an old checkpoint."""
    files = store.files(path)
    found = summary(files)
    if not any(name_of(file.path) == METADATA for file in files):
        return decision("kept", path, "no checkpoint: it has no file named metadata", **found)
    if now - newest_of(files) <= settings["afterSeconds"]:
        return decision("kept", path, "not old enough", **found)
    if settings["dryRun"]:
        return decision("would remove", path, "no job has it", **found)
    if sorted(store.files(path)) != sorted(files):
        return decision("kept", path, "it has changed meanwhile", **found)
    # What is left when the removal is cut off must still be known as a checkpoint at the next run.
    store.remove(path, sorted(files, key=lambda file: name_of(file.path) == METADATA))
    return decision("removed", path, "no job has it", **found)


def attempt(path, decide):
    """The decisions, and one more if they end in an error, so that the others still have their turn."""
    try:
        yield from decide()
    except Exception as error:
        yield decision("failed", path, " ".join(str(error).split()))


def decision(action, path, reason, **found):
    return {"action": action, "path": path, "reason": reason, **found}


def summary(files):
    if not files:
        return {"files": 0, "bytes": 0}
    newest = datetime.fromtimestamp(newest_of(files), timezone.utc).isoformat(timespec="seconds")
    return {"newest": newest, "files": len(files), "bytes": sum(file.size for file in files)}


def newest_of(files):
    return max(file.modified for file in files)


def holder_of(path, live):
    """The live path that is this one or lies above it."""
    return next((each for each in live if is_within(path, each)), None)


def touches(path, live):
    return any(is_within(path, each) or is_within(each, path) for each in live)


def is_within(path, folder):
    return path == folder or path.startswith(f"{folder}/")


def name_of(path):
    return path.rsplit("/", 1)[-1]
