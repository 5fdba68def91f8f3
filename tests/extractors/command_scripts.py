"""Small programs that the tests of commands run, and what they are asked."""

from __future__ import annotations

import os
import shlex
import sys
import time
from pathlib import Path

from vinee.model import Document

TEXT = "Ông Putin gặp ông Trump ở Moskva; Putin cảm ơn."
DOCUMENTS = tuple(Document(doc_id, text=TEXT) for doc_id in ("a", "b", "c"))

# Answers each document with the first occurrence of "Putin", and with its own process id.
PUTIN = """
import json, os, sys
for line in sys.stdin:
    document = json.loads(line)
    start = document["text"].find("Putin")
    spans = [[start, start + 5, "PER"]] if start >= 0 else []
    answer = {"doc_id": document["doc_id"], "spans": spans, "meta": {"pid": os.getpid()}}
    print(json.dumps(answer, ensure_ascii=False), flush=True)
"""


def command(folder: Path, source: str) -> str:
    """Write a program into a folder and give the command that runs it."""
    path = folder / "system with space.py"
    path.write_text(source, encoding="utf-8")
    # -S -E: quicker to start, and nothing of these tests' own environment goes in.
    return shlex.join([sys.executable, "-S", "-E", str(path)])


def pids(found: list[Document]) -> list[int]:
    """The process that answered each document."""
    return [(each.meta or {})["pid"] for each in found]


def gone(pid: int) -> bool:
    """Whether a process has ended, or does so within two seconds.

    One whose parent ended before it may stay listed, dead, until something collects it.
    """
    state = Path(f"/proc/{pid}/stat")
    for _ in range(200):
        try:
            os.kill(pid, 0)
            if state.read_text(encoding="utf-8").rpartition(") ")[2].startswith("Z"):
                return True
        except ProcessLookupError:
            return True
        except FileNotFoundError:
            if state.parent.parent.joinpath("self").exists():
                return True
        time.sleep(0.01)
    return False
