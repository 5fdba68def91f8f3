from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee import __version__
from vinee.bench import signature, tasks
from vinee.bench.claims import SystemClaims
from vinee.bench.resampling import Resampling
from vinee.bench.signature import Signature, differences
from vinee.errors import SchemaError
from vinee.metrics.counts import Counts
from vinee.metrics.scores import micro_f1
from vinee.stats.bootstrap import interval
from vinee.stats.resampling import SEED

NAME = st.text(st.characters(exclude_characters=":|", codec="utf-8"), min_size=1)
VALUE = st.text(st.characters(exclude_characters="|", codec="utf-8"))


def signed(
    task: str = "ner",
    metric: str = "ner.strict",
    claims: SystemClaims | None = None,
    documents: int = 5,
    content_hash: str = "0123456789abcdef",
) -> Signature:
    found = next(m for m in tasks.get(task).metrics(claims) if m.name == metric)
    names = tuple(f"{number:03}" for number in range(documents))
    tally = Counts(metric, names, (), np.zeros((documents, 0, 3), dtype=np.int64))
    return signature.build(
        found, tally, Resampling(), task=task, corpus="0.1.0", content_hash=content_hash
    )


def test_the_long_form_says_everything() -> None:
    assert signed().long() == (
        "corpus:0.1.0|hash:0123456789ab|task:ner|metric:ner.strict|labels:coarse[4]|unit:char|"
        "match:strict|label:compared|span:bare|levels:NAM|nesting:outer|nested:allowed|"
        "duplicates:collapse|unicode:raw|interval:percentile|resampled:document|draws:exact[126]|"
        f"seed:none|level:0.95|version:{__version__}"
    )


def test_the_short_form_abbreviates_names() -> None:
    assert signed().short().startswith("c:0.1.0|h:0123456789ab|t:ner|m:ner.strict|l:coarse[4]|")


def test_the_short_form_abbreviates_long_lists_by_a_digest() -> None:
    claims = SystemClaims(events=("Contact.Meet", "Contact.Contact", "Speech.Statement"))

    short = dict(
        part.split(":", 1) for part in signed("events", "events.TC", claims).short().split("|")
    )

    assert short["ty"] == "Contac~" + short["ty"][-6:]


def test_different_long_lists_stay_different_in_short() -> None:
    one = SystemClaims(events=("Contact.Meet", "Contact.Contact", "Speech.Statement"))
    other = SystemClaims(events=("Contact.Meet", "Contact.Contact", "Speech.Ask"))

    assert (
        signed("events", "events.TC", one).short() != signed("events", "events.TC", other).short()
    )


def test_events_say_what_becomes_of_implicit_arguments() -> None:
    fields = dict(signed("events", "events.AC").fields)

    assert (fields["implicit"], fields["arguments"]) == ("excluded", "bare")
    assert (fields["types"], fields["roles"]) == ("all[61]", "all[49]")


def test_random_draws_show_their_seed() -> None:
    fields = dict(signed(documents=90).fields)

    assert (fields["draws"], fields["seed"]) == ("10000", str(SEED))


@pytest.mark.parametrize("documents", [2, 3, 5, 8, 9, 40])
def test_the_interval_is_described_as_it_is_made(documents: int) -> None:
    made = interval(np.ones((documents, 1, 3), dtype=np.int64), micro_f1)
    fields = dict(signed(documents=documents).fields)

    assert made is not None
    assert (fields["interval"], fields["resampled"]) == (made.method, made.unit)
    assert fields["draws"] == (f"exact[{made.draws}]" if made.exact else str(made.draws))
    assert fields["seed"] == str(made.seed).lower()
    assert fields["level"] == str(made.level)


def test_one_document_gives_no_interval_and_so_no_draws() -> None:
    fields = dict(signed(documents=1).fields)

    assert fields["interval"] == "none"
    assert "draws" not in fields


def test_equal_signatures_do_not_differ() -> None:
    assert differences(signed(), signed()) == []


def test_the_fields_that_differ_are_named() -> None:
    found = differences(signed(), signed("ner_fine", content_hash="f" * 64))

    assert [each.field for each in found] == ["hash", "task", "labels", "nesting"]
    assert str(found[1]) == "task: ner against ner_fine"


def test_a_field_that_one_side_lacks_differs() -> None:
    found = {each.field: each for each in differences(signed(), signed(documents=1))}

    assert str(found["draws"]) == "draws: exact[126] against absent"


@given(st.lists(st.tuples(NAME, VALUE), min_size=1))
def test_the_long_form_is_read_back(fields: list[tuple[str, str]]) -> None:
    written = Signature(tuple(fields))

    assert Signature.parse(written.long()) == written


def test_what_is_no_signature_is_refused() -> None:
    with pytest.raises(SchemaError, match=r"name:value"):
        Signature.parse("corpus")
