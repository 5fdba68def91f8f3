"""What changed between two editions of an article, as a reader is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from diff_documents import DOC_ID, article, changed, changes, find, mention, told
from msgspec.structs import replace

from vinee.corpus.diff import compare
from vinee.errors import InvalidError
from vinee.model import Argument, Document, Event, Mention


def test_same_edition_differs_in_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, [article()], [article()]) == []


def test_other_type_at_one_place_is_relabelled(tmp_path: Path) -> None:
    assert changes(tmp_path, changed("mentions", 1, type="LOC")) == [
        "mentions",
        '~ relabelled [s0] "…biết Tổng thống «Mỹ» Donald Trump và…": type GPE → LOC',
    ]


def test_every_attribute_that_changed_is_named(tmp_path: Path) -> None:
    new = changed("mentions", 4, level="NOM", gpe_role="ORG", extent=None)

    assert changes(tmp_path, new) == [
        "mentions",
        (
            '~ relabelled PER [s0] "…Tổng thống Nga «Vladimir Putin» sẽ gặp mặt…": '
            "level NAM → NOM; gpe_role none → ORG; "
            "extent “Tổng thống Nga Vladimir Putin” [93, 122) → none"
        ),
    ]


def test_other_end_is_moved_and_the_argument_that_follows_it_is_not_told_again(
    tmp_path: Path,
) -> None:
    span = find("Putin")

    new = changed("mentions", 4, start=span.start, text=span.text)

    assert changes(tmp_path, new) == [
        "mentions",
        (
            '> moved PER [s0] "…Tổng thống Nga «Vladimir Putin» sẽ gặp mặt…" [108, 122) → '
            '[s0] "…thống Nga Vladimir «Putin» sẽ gặp mặt…" [117, 122)'
        ),
    ]


def test_dropped_event_is_removed_with_its_arguments(tmp_path: Path) -> None:
    new = replace(article(), events=(article().events or ())[1:])

    assert changes(tmp_path, new) == [
        "events",
        (
            '- removed Speech.Statement [s0] "…Kremlin Dmitry Peskov «cho biết» Tổng thống Mỹ…": '
            "Time “Ngày 26/2”, Speaker “Dmitry Peskov”"
        ),
    ]


def test_argument_more_is_added(tmp_path: Path) -> None:
    new = changed("events", 2, arguments=(Argument("Entity", ref="m5", implicit=True),))

    assert changes(tmp_path, new) == [
        "arguments",
        (
            '+ added Entity [s0] "…Tổng thống Nga «Vladimir Putin» sẽ gặp mặt…" '
            'of Contact.Meet [s1] "…diễn ra cuộc «gặp» này.…"'
        ),
    ]


def test_other_role_of_one_filler_is_relabelled(tmp_path: Path) -> None:
    arguments = (Argument("Addressee", ref="m1", implicit=True), Argument("Time", ref="t1"))

    assert changes(tmp_path, changed("events", 0, arguments=arguments)) == [
        "arguments",
        (
            '~ relabelled [s0] "…ngôn điện Kremlin «Dmitry Peskov» cho biết Tổng…" '
            'of Speech.Statement [s0] "…Kremlin Dmitry Peskov «cho biết» Tổng thống Mỹ…": '
            "role Speaker → Addressee; implicit false → true"
        ),
    ]


def test_argument_given_by_its_span_is_the_same_as_by_its_mention(tmp_path: Path) -> None:
    arguments = (Argument("Entity", span=find("Donald Trump")), Argument("Entity", ref="m5"))

    assert told(tmp_path, [article()], [changed("events", 1, arguments=arguments)]) == []


def test_other_stretch_of_one_role_is_a_moved_argument(tmp_path: Path) -> None:
    arguments = (Argument("Entity", span=find("Trump")), Argument("Entity", ref="m5"))

    assert changes(tmp_path, changed("events", 1, arguments=arguments)) == [
        "arguments",
        (
            '> moved Entity [s0] "…Tổng thống Mỹ «Donald Trump» và Tổng thống…" [77, 89) → '
            '[s0] "…thống Mỹ Donald «Trump» và Tổng thống…" [84, 89) '
            'of Contact.Meet [s0] "…Vladimir Putin sẽ «gặp mặt» trực tiếp sau…"'
        ),
    ]


def test_bare_span_at_the_old_place_of_a_moved_mention_is_told_as_no_change_of_the_argument() -> (
    None
):
    old = changed("events", 1, arguments=(Argument("Entity", ref="m5"),))
    where = find("Vladimir Putin")
    event = replace((old.events or ())[1], arguments=(Argument("Entity", span=where),))
    new = changed("mentions", 4, start=find("Putin").start, text="Putin")
    new = replace(new, events=((old.events or ())[0], event, (old.events or ())[2]))

    assert {change.layer for change in compare([old], [new]).documents[0].changes} == {"mentions"}


def test_other_realis_is_relabelled(tmp_path: Path) -> None:
    assert changes(tmp_path, changed("events", 1, realis="ACTUAL")) == [
        "events",
        (
            '~ relabelled Contact.Meet [s0] "…Vladimir Putin sẽ «gặp mặt» trực tiếp sau…": '
            "realis OTHER → ACTUAL"
        ),
    ]


def test_other_value_of_a_time_is_relabelled(tmp_path: Path) -> None:
    assert changes(tmp_path, changed("timexes", 0, value="2025-02", mod="START")) == [
        "timexes",
        (
            '~ relabelled DATE [s0] "…«Ngày 26/2», người phát ngôn…": '
            "value 2025-02-26 → 2025-02; mod none → START"
        ),
    ]


def test_other_kind_of_a_section_is_relabelled() -> None:
    found = compare([article()], [changed("sections", 0, kind="caption")])

    change = found.documents[0].changes[0]
    assert change.layer == "sections"
    assert [(each.name, each.old, each.new) for each in change.attributes] == [
        ("kind", "body", "caption")
    ]


def test_other_end_of_a_sentence_is_moved() -> None:
    ends = (replace((article().sentences or ())[0], end=259), (article().sentences or ())[2])

    found = compare([article()], [replace(article(), sentences=ends)])

    assert found.summary()["sentences"] == {"added": 0, "removed": 1, "moved": 1, "relabelled": 0}


def test_layer_that_was_not_annotated_is_told_as_such(tmp_path: Path) -> None:
    events = tuple(replace(each, chain=None) for each in article().events or ())
    old = replace(article(), chains=None, events=events)

    assert told(tmp_path, [old], [article()])[2:] == [
        "chains: annotated in the new edition only",
        "chains",
        "+ added meeting-2025: gặp mặt, gặp",
    ]


def test_empty_layer_is_not_the_same_as_none() -> None:
    old, new = (replace(article(), timexes=times, events=()) for times in (None, ()))

    assert not compare([old], [new]).is_empty


def test_documents_of_one_edition_only_are_listed(tmp_path: Path) -> None:
    other = replace(article(), doc_id="other")

    assert told(tmp_path, [article()], [other]) == [
        f"- removed document {DOC_ID}",
        "+ added document other",
    ]


def test_items_of_one_span_are_paired_by_type_first() -> None:
    title = mention("m9", "Tổng thống", "TITLE")
    nominal = mention("m10", "Tổng thống", "PER", level="NOM")
    old = replace(article(), mentions=(title, nominal), events=(), entities=())
    new = replace(old, mentions=(replace(nominal, level="PRO"), title))

    (change,) = compare([old], [new]).documents[0].changes

    assert (change.kind, change.type) == ("relabelled", "PER")
    assert [(each.old, each.new) for each in change.attributes] == [("NOM", "PRO")]


def test_events_of_one_trigger_are_told_apart_by_their_arguments() -> None:
    trigger = find("gặp mặt")
    trump, putin = (
        Event("Contact.Meet", trigger, arguments=(Argument("Entity", ref=ref),))
        for ref in ("m3", "m5")
    )
    old = replace(article(), events=(trump, putin), chains=None)
    new = replace(old, events=(replace(putin, realis="ACTUAL"), trump))

    (change,) = compare([old], [new]).documents[0].changes

    assert (change.layer, change.kind) == ("events", "relabelled")


def test_overlap_is_shared_out_to_the_greatest_total() -> None:
    """The longer old name overlaps both new ones; alone, it would take the one that it shares."""
    spans = {"old": [(0, 10), (8, 16)], "new": [(2, 12), (14, 16)]}
    old, new = (
        Document("x", mentions=tuple(Mention(start, end, "PER") for start, end in side))
        for side in spans.values()
    )

    moved = [(change.old, change.new) for change in compare([old], [new]).documents[0].changes]

    assert [(o and (o.start, o.end), n and (n.start, n.end)) for o, n in moved] == [
        ((0, 10), (2, 12)),
        ((8, 16), (14, 16)),
    ]


def test_argument_that_refers_to_nothing_is_an_error() -> None:
    broken = changed("events", 0, arguments=(Argument("Speaker", ref="m99"),))

    with pytest.raises(InvalidError, match=r"\$\.events\[0\]\.arguments\[0\].*vinee corpus valid"):
        compare([article()], [broken])
