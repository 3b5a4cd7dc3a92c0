"""Removes a folder from a file system in memory that stands for one of Hadoop: a case comes in, what is left goes out."""

import json
import os
import sys
from types import SimpleNamespace

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "clean-up"))
sys.dont_write_bytecode = True

from decisions import File
from stores import HadoopStore


class MissingFolder(Exception):
    """As Java's error comes through."""

    def __init__(self, path):
        super().__init__(path)
        kind = SimpleNamespace(getName=lambda: "java.io.FileNotFoundException")
        self.java_exception = SimpleNamespace(getClass=lambda: kind, getCause=lambda: None)


class FileSystem:
    def __init__(self, case):
        self.left = list(case["files"])
        self.calls = []
        self._case = case

    def delete(self, path, recursive):
        self.calls.append(path)
        if len(self.calls) > self._case.get("cutOffAfter", 1000):
            raise ConnectionError("cut off")
        if path in self._case.get("undeletable", []):
            return False
        if self._case.get("comes") and len(self.calls) == 1:
            self.left.append(self._case["comes"])
        gone = [each for each in self.left if each == path or recursive and each.startswith(f"{path}/")]
        self.left = [each for each in self.left if each not in gone]
        return len(gone) > 0

    def exists(self, path):
        return any(each == path or each.startswith(f"{path}/") for each in self.left)

    def listFiles(self, path, recursive):
        found = [each for each in self.left if each.startswith(f"{path}/") and not each.endswith("/")]
        if not found and not self.exists(path):
            raise MissingFolder(path)
        return Iterator([status(each) for each in found])


class Iterator:
    def __init__(self, found):
        self._found = found

    def hasNext(self):
        return len(self._found) > 0

    def next(self):
        return self._found.pop(0)


def status(path):
    uri = SimpleNamespace(getPath=lambda: f"/{path}")
    return SimpleNamespace(
        getPath=lambda: SimpleNamespace(toUri=lambda: uri), getModificationTime=lambda: 0, getLen=lambda: 1
    )


def outcome(case):
    root = "hdfs://nn:8020"
    jvm = SimpleNamespace()
    jvm.java = SimpleNamespace(net=SimpleNamespace(URI=lambda text: SimpleNamespace(getPath=lambda: "")))
    jvm.org = SimpleNamespace(
        apache=SimpleNamespace(
            hadoop=SimpleNamespace(fs=SimpleNamespace(Path=lambda text: text.replace(f"{root}/", "", 1)))
        )
    )
    file_system = FileSystem(case)
    try:
        HadoopStore(jvm, file_system, root).remove("n/a", [File(path, 0, 1) for path in case["remove"]])
        error = None
    except Exception as failure:
        error = str(failure)
    return {"left": file_system.left, "calls": file_system.calls, "error": error}


json.dump(outcome(json.load(sys.stdin)), sys.stdout)
