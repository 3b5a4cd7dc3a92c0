"""Removes the checkpoints of jobs that are gone, and writes each decision as a line of JSON."""

import json
import os
import sys
import time

from decisions import clean_up
from stores import open_store


def main():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "settings.json")) as file:
        settings = json.load(file)
    has_failed = False
    for decision in clean_up(open_store(settings), settings, time.time()):
        print(json.dumps(decision), flush=True)
        has_failed = has_failed or decision["action"] == "failed"
    return 1 if has_failed else 0


if __name__ == "__main__":
    sys.exit(main())
