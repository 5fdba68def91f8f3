"""A small implementation that takes part: strict mentions, and nothing else.

Reads a case a line from standard input and writes an answer a line to standard output. It needs
no package, and imports nothing of ViNEE.
"""

# ruff: noqa: INP001 -- a program by itself

from __future__ import annotations

import json
import sys
from fractions import Fraction
from typing import Any


def mentions(document: dict[str, Any]) -> set[tuple[int, int, str]]:
    """Return typed spans, half-open, in code points; an equal one given twice is one."""
    return {(each["start"], each["end"], each["type"]) for each in document.get("mentions", [])}


def scores(correct: int, predicted: int, gold: int) -> dict[str, str | None]:
    """Write precision, recall and F1 as fractions, null where nothing is there to be scored."""
    if predicted + gold == 0:
        return {"precision": None, "recall": None, "f1": None}
    return {
        "precision": str(Fraction(correct, predicted or 1)),
        "recall": str(Fraction(correct, gold or 1)),
        "f1": str(Fraction(2 * correct, predicted + gold)),
    }


def strict(case: dict[str, Any]) -> dict[str, Any]:
    """Count mentions that are equal on both sides, over all documents and for each."""
    given = {document["doc_id"]: mentions(document) for document in case["predicted"]}
    total, units = [0, 0, 0], {}
    for document in case["gold"]:
        if "mentions" not in document:
            continue  # nobody annotated it
        wanted, found = mentions(document), given.get(document["doc_id"], set())
        counts = len(wanted & found), len(found), len(wanted)
        units[document["doc_id"]] = scores(*counts)
        total = [before + more for before, more in zip(total, counts, strict=True)]
    return {"micro": scores(*total), "units": units}


def main() -> None:
    """Answer each case, or say why not."""
    for line in sys.stdin:
        case = json.loads(line)
        answer = strict(case) if case["metric"] == "ner.strict" else {"skipped": "ner.strict only"}
        print(json.dumps({"id": case["id"], **answer}), flush=True)  # noqa: T201 -- the protocol


if __name__ == "__main__":
    main()
