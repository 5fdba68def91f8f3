"""What BigBIO asks of a row of its ``kb`` schema, so that it can be checked offline.

The rules are those of the unit tests of BigBIO and SEACrowd: passages, joined by a blank, are
the text that all offsets count in; texts stand at their offsets; ids are used once; what is
referred to exists. Where those tests only warn, an error is given here.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def check_kb(row: Mapping[str, Any]) -> list[str]:
    """List what is wrong with a row; nothing if it is right.

    Args:
        row: A row with the columns of the schema; further columns are not looked at.
    """
    text = " ".join(part for passage in row["passages"] for part in passage["text"])
    return [
        *_passages(row),
        *(
            problem
            for item in row["entities"]
            for problem in _stretch(f"entity {item['id']!r}", item, text)
        ),
        *(
            problem
            for item in row["events"]
            for problem in _stretch(f"trigger of event {item['id']!r}", item["trigger"], text)
        ),
        *_references(row),
        *repeated_ids([row]),
    ]


def repeated_ids(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """List the ids that are used twice, which they may not be in all rows of a split together."""
    counts = Counter(id_ for row in rows for id_ in _ids(row))
    return [f"the id {id_!r} is used {n} times" for id_, n in counts.items() if n > 1]


def _ids(row: Mapping[str, Any]) -> Iterator[str]:
    yield row["id"]
    for column in ("passages", "entities", "events", "coreferences", "relations"):
        yield from (item["id"] for item in row[column])


def _passages(row: Mapping[str, Any]) -> Iterator[str]:
    place = 0
    for passage in row["passages"]:
        name = f"passage {passage['id']!r}"
        if len(passage["text"]) != 1 or len(passage["offsets"]) != 1:
            yield f"{name} must have one text and one pair of offsets"
            continue
        expected = [place, place + len(passage["text"][0])]
        if list(passage["offsets"][0]) != expected:
            yield f"{name} has the offsets {list(passage['offsets'][0])}, expected {expected}"
        place = expected[1] + 1


def _stretch(name: str, item: Mapping[str, Any], text: str) -> Iterator[str]:
    if len(item["text"]) != len(item["offsets"]) or not item["offsets"]:
        yield f"{name} has {len(item['text'])} texts and {len(item['offsets'])} pairs of offsets"
    for claimed, (start, end) in zip(item["text"], item["offsets"], strict=False):
        if not 0 <= start < end <= len(text):
            yield f"{name} has the offsets [{start}, {end}], outside of the text"
        elif text[start:end] != claimed:
            yield f"{name} has the text {claimed!r}, but at its offsets stands {text[start:end]!r}"


def _references(row: Mapping[str, Any]) -> Iterator[str]:
    entities = {item["id"] for item in row["entities"]}
    events = {item["id"] for item in row["events"]}
    for event in row["events"]:
        for argument in event["arguments"]:
            if argument["ref_id"] not in entities | events:
                yield f"event {event['id']!r} has the argument {argument['ref_id']!r}, unknown"
    for chain in row["coreferences"]:
        for id_ in chain["entity_ids"]:
            if id_ not in entities:
                yield f"coreference {chain['id']!r} has the entity {id_!r}, unknown"
    for relation in row["relations"]:
        for end in ("arg1_id", "arg2_id"):
            if relation[end] not in entities:
                yield f"relation {relation['id']!r} has the {end} {relation[end]!r}, unknown"
