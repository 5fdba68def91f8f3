"""Annotators are compared by the matchers that score systems."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from vinee.bench import agreement
from vinee.bench.agreement import render
from vinee.corpus import gold
from vinee.errors import InvalidError, SchemaError
from vinee.model import Document

GOLD = gold.documents()


def without_an_event(document: Document) -> Document:
    return msgspec.structs.replace(document, events=(document.events or ())[1:])


def with_other_roles(document: Document) -> Document:
    mentions = tuple(
        msgspec.structs.replace(m, gpe_role=None if m.type == "GPE" else m.gpe_role)
        for m in document.mentions or ()
    )
    return msgspec.structs.replace(document, mentions=mentions)


def measured(*others: Document) -> agreement.Pairwise:
    return agreement.agreement({"one": GOLD, "other": others}, "1.0").pairs[0]


def test_annotator_agrees_with_himself_on_every_layer() -> None:
    pair = measured(*GOLD)

    assert {layer.all.f1 for layer in pair.layers.values()} <= {1.0, None}
    assert {chain.f1 for chain in pair.chains.values()} <= {1.0, None}
    assert {each.accuracy for each in pair.attributes.values()} <= {1.0, None}


def test_missing_trigger_is_one_of_the_first_annotator_only() -> None:
    pair = measured(without_an_event(GOLD[0]), *GOLD[1:])

    triggers = pair.layers["events.TI"]
    total = sum(len(document.events or ()) for document in GOLD)
    assert (triggers.all.both, triggers.all.first, triggers.all.second) == (
        total - 1,
        total,
        total - 1,
    )
    assert triggers.documents[GOLD[1].doc_id].f1 == 1.0


def test_f1_does_not_depend_on_who_comes_first() -> None:
    fewer = [*map(without_an_event, GOLD)]

    one = agreement.agreement({"a": GOLD, "b": fewer}, "1.0").pairs[0]
    other = agreement.agreement({"b": fewer, "a": GOLD}, "1.0").pairs[0]

    assert {name: layer.all.f1 for name, layer in one.layers.items()} == {
        name: layer.all.f1 for name, layer in other.layers.items()
    }


def test_attribute_is_compared_on_the_items_that_both_gave() -> None:
    pair = measured(*map(with_other_roles, GOLD))

    roles = pair.attributes["mentions.gpe_role"]
    differing = sum(
        m.type == "GPE" and m.gpe_role is not None for d in GOLD for m in d.mentions or ()
    )
    assert roles.items - roles.agreed == differing
    assert roles.kappa is not None
    assert roles.accuracy is not None
    assert roles.kappa < roles.accuracy < 1


def test_titles_are_not_counted_among_names() -> None:
    pair = measured(*GOLD)

    titles = sum(m.type == "TITLE" for d in GOLD for m in d.mentions or ())
    assert pair.layers["titles"].all.first == titles
    assert "TITLE" not in pair.layers["names"].labels


def test_three_annotators_make_three_pairs() -> None:
    found = agreement.agreement({"a": GOLD, "b": GOLD, "c": GOLD}, "1.0")

    assert [pair.annotators for pair in found.pairs] == [("a", "b"), ("a", "c"), ("b", "c")]


@pytest.mark.parametrize(
    ("passes", "message"),
    [({"a": GOLD}, "two annotators"), ({"a": GOLD, "b": GOLD[1:]}, "the same articles")],
)
def test_what_cannot_be_compared_is_refused(
    passes: dict[str, tuple[Document, ...]], message: str
) -> None:
    with pytest.raises(InvalidError, match=message):
        agreement.agreement(passes, "1.0")


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    found = agreement.agreement({"a": GOLD, "b": GOLD}, "1.0")

    agreement.write(tmp_path / "agreement.json", found)

    assert agreement.read(tmp_path / "agreement.json") == found


def test_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"schema": "other"}', "utf-8")

    with pytest.raises(SchemaError, match="agreement-schema"):
        agreement.read(tmp_path / "a.json")


def test_text_has_a_line_for_each_layer_chain_and_attribute() -> None:
    found = agreement.agreement({"a": GOLD, "b": GOLD}, "1.0")

    lines = render.plain(found).splitlines()

    first_words = {line.split()[0] for line in lines if line.strip()}
    pair = found.pairs[0]
    assert {*pair.layers, *pair.chains, *pair.attributes} <= first_words
