"""Runs the clean-up on stores in memory: cases as JSON come in, decisions and the files that are left go out."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "clean-up"))
sys.dont_write_bytecode = True

from decisions import File, clean_up


class MemoryStore:
    def __init__(self, files, unreadable, undeletable, busy):
        self.left = dict(files)
        self._unreadable = unreadable
        self._undeletable = undeletable
        self._busy = busy
        self._seen = set()

    def folders(self, folder):
        self._read(folder)
        below = [path[len(folder) + 1 :].split("/") for path in self.left if path.startswith(f"{folder}/")]
        return sorted({f"{folder}/{parts[0]}" for parts in below if len(parts) > 1})

    def files(self, folder):
        self._read(folder)
        if folder in self._busy and folder in self._seen:
            self.left[f"{folder}/offsets/new"] = self._busy[folder]
        self._seen.add(folder)
        return [File(path, modified, 1) for path, modified in self.left.items() if path.startswith(f"{folder}/")]

    def remove(self, folder, files):
        for file in files:
            if file.path in self._undeletable:
                raise PermissionError(f"{file.path} is not removed")
            del self.left[file.path]

    def _read(self, folder):
        if folder in self._unreadable:
            raise PermissionError(f"{folder} is not listed")


def outcome(case):
    store = MemoryStore(case["files"], case.get("unreadable", []), case.get("undeletable", []), case.get("busy", {}))
    return {"decisions": list(clean_up(store, case["settings"], case["now"])), "left": store.left}


json.dump([outcome(case) for case in json.load(sys.stdin)], sys.stdout)
