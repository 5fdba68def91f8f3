"""Run known tools on the conformance cases, and check that the table of deviations is theirs.

The tools are not dependencies of the project. They are run in an environment of their own:

    python -m venv peers
    peers/bin/pip install seqeval==1.2.2 nervaluate==1.2.1 scorch==0.2.0 pyyaml
    peers/bin/python scripts/conformance_peers.py

Every case that a tool can do is given to it. Where its precision, recall or F1 is not what the
case expects, `benchmark/conformance/deviations.yaml` must list the case with the same numbers, and
it may list no other for that tool. The exit code is 1 if it does not.
"""

from __future__ import annotations

import json
import math
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

FOLDER = Path(__file__).parents[1] / "benchmark" / "conformance"
SCORES = ("precision", "recall", "f1")
TOLERANCE = 1e-9

Case: TypeAlias = dict[str, Any]
Found: TypeAlias = tuple[float, ...] | str
"""Precision, recall and F1, NaN where the tool has none of that name; or why it did not run."""
Answer: TypeAlias = Callable[[Case], Found]


class NotDone(Exception):  # noqa: N818 -- nothing went wrong
    """The tool does not compute what the case asks for."""


def _parameters(metric: str) -> tuple[str, dict[str, str]]:
    family, _, rest = metric.removesuffix(")").partition("(")
    return family, dict(part.partition("=")[::2] for part in rest.split(",") if part)


def seqeval(case: Case, *, mode: bool = True) -> Found:
    """Score tags; without `mode` a scheme is given and the mode is not."""
    family, chosen = _parameters(case["metric"])
    if family != "tags.seqeval":
        raise NotDone("no tags")
    options: dict[str, Any] = {"zero_division": 0}
    if "mode" in chosen:
        options["scheme"] = getattr(import_module("seqeval.scheme"), chosen.get("scheme", "IOB2"))
        if mode:
            options["mode"] = "strict"
    elif not mode:
        raise NotDone("no scheme")
    metrics = import_module("seqeval.metrics")
    tags = case["tags"]["gold"], case["tags"]["predicted"]
    return tuple(
        float(getattr(metrics, name)(*tags, **options))
        for name in ("precision_score", "recall_score", "f1_score")
    )


_STRATEGIES = {
    "ner.strict": "strict",
    "ner.exact": "exact",
    "ner.partial": "partial",
    "ner.type": "ent_type",
}


def nervaluate(case: Case, *, inclusive: bool = True) -> Found:
    """Score mentions; its ends are inclusive, and half-open ones are what a user may give."""
    if case["metric"] not in _STRATEGIES:
        raise NotDone("no such match")
    given = {each["doc_id"]: each for each in case["predicted"]}
    sides: tuple[list[Any], list[Any]] = ([], [])
    for gold in case["gold"]:
        if "mentions" in gold:
            pair = gold, given.get(gold["doc_id"], {"mentions": []})
            for side, document in zip(sides, pair, strict=True):
                side.append([_entity(each, inclusive) for each in document["mentions"]])
    labels = sorted({each["label"] for side in sides for doc in side for each in doc})
    evaluator = import_module("nervaluate").Evaluator(*sides, tags=labels, loader="dict")
    result = evaluator.evaluate()["overall"][_STRATEGIES[case["metric"]]]
    return tuple(float(getattr(result, name)) for name in SCORES)


def _entity(mention: dict[str, Any], inclusive: bool) -> dict[str, Any]:
    end = mention["end"] - 1 if inclusive else mention["end"]
    return {"label": mention["type"], "start": mention["start"], "end": end}


_MEASURES = {
    "coref.MUC": "muc",
    "coref.B3": "b_cubed",
    "coref.CEAFm": "ceaf_m",
    "coref.CEAFe": "ceaf_e",
    "coref.BLANC": "blanc",
    "coref.CoNLL": "conll2012",
}


def scorch(case: Case) -> Found:
    """Score the chains of one document."""
    if case["metric"] not in _MEASURES:
        raise NotDone("no such measure")
    if len(case["gold"]) > 1:
        raise NotDone("several documents")
    measure = getattr(import_module("scorch.scores"), _MEASURES[case["metric"]])
    predicted = case["predicted"][0] if case["predicted"] else {}
    sides = _chains(case["gold"][0]), _chains(predicted)
    found = measure(*sides)
    if isinstance(found, float):
        return (float("nan"), float("nan"), found)
    recall, precision, f1 = found
    return float(precision), float(recall), float(f1)


def _chains(document: dict[str, Any]) -> list[set[tuple[int, int, str]]]:
    found: defaultdict[str, set[tuple[int, int, str]]] = defaultdict(set)
    for each in document.get("mentions", ()):
        if "entity" in each:
            found[each["entity"]].add((each["start"], each["end"], each["type"]))
    return list(found.values())


class Peer(NamedTuple):
    """A tool as it is used; what is listed for `besides` is expected of this use too."""

    package: str
    answer: Answer
    besides: str | None = None


PEERS = {
    "seqeval": Peer("seqeval", seqeval),
    "seqeval with `scheme=` and no `mode=`": Peer(
        "seqeval", lambda case: seqeval(case, mode=False)
    ),
    "nervaluate": Peer("nervaluate", nervaluate),
    "nervaluate with half-open ends": Peer(
        "nervaluate", lambda case: nervaluate(case, inclusive=False), besides="nervaluate"
    ),
    "scorch": Peer("scorch", scorch),
}


def run(answer: Answer, case: Case) -> Found:
    """Give a case to a tool; that it fails is an answer too."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return answer(case)
    except NotDone:
        raise
    except Exception as error:  # noqa: BLE001 -- whatever a tool does is to be told
        return f"{type(error).__name__}: {error}"


def agrees(found: Found, scores: dict[str, Any] | None) -> bool:
    """Tell whether a tool gave these scores; None stands for none at all."""
    if isinstance(found, str) or scores is None:
        return isinstance(found, str) and scores is None
    return all(_same(value, scores[name]) for name, value in zip(SCORES, found, strict=True))


def _same(value: float, wanted: Any) -> bool:  # noqa: ANN401 -- as JSON and YAML have it
    if math.isnan(value):
        return True  # the tool has no score of that name
    return wanted is not None and abs(value - float(Fraction(str(wanted)))) <= TOLERANCE


def check(tool: str, answer: Answer, cases: list[Case], listed: dict[str, Any]) -> int:
    """Print what a tool does; return how many cases the table is wrong about."""
    counted: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    wrong = []
    for case in cases:
        name, expected = case["id"], case["expected"]["micro"]
        try:
            found = run(answer, case)
        except NotDone as reason:
            skipped[str(reason)] += 1
            continue
        right = agrees(found, expected)
        counted["agrees" if right else "deviates"] += 1
        if right == (name in listed) or (not right and not agrees(found, listed[name])):
            wrong.append(f"  {name}: expected {list(expected.values())}, got {found}")
    print(f"{tool}: {dict(counted)}; skipped {dict(skipped)}")
    print("".join(f"{line}\n" for line in wrong), end="")
    return len(wrong)


def main() -> int:
    """Check every tool that is installed."""
    cases = [
        case
        for path in sorted((FOLDER / "cases").glob("*.json"))
        for case in json.loads(path.read_bytes())["cases"]
    ]
    known = {case["id"] for case in cases}
    deviations = import_module("yaml").safe_load((FOLDER / "deviations.yaml").read_bytes())
    listed: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for each in deviations:
        for name, scores in {each["case"]: each.get("theirs"), **each.get("also", {})}.items():
            listed[each["tool"]][name] = scores
    wrong = 0
    for tool, peer in PEERS.items():
        told = {**listed[peer.besides or tool], **listed[tool]}
        print(f"{peer.package} {version(peer.package)}", end=", ")
        wrong += check(tool, peer.answer, cases, told) + len(told.keys() - known)
    print(f"{wrong} cases on which the table of deviations is wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
