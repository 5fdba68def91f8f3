"""A diff in words, bullets, numbers and JSON."""

from __future__ import annotations

import json

from diff_documents import DOC_ID, article, changed
from msgspec.structs import replace

from vinee.corpus.diff import compare, render


def test_markdown_has_one_bullet_for_each_change() -> None:
    new = replace(changed("mentions", 1, type="LOC"), sections=None)

    bullets = list(render.markdown(compare([article()], [new])))

    assert bullets[2] == (
        f"- {DOC_ID.replace('_', chr(92) + '_')}: mentions: relabelled \\[s0\\] "
        '"…biết Tổng thống «Mỹ» Donald Trump và…": type GPE → LOC'
    )
    assert [bullet.partition(": ")[2].partition(":")[0] for bullet in bullets] == [
        "sections",
        "sections",
        "mentions",
    ]


def test_markdown_names_whole_documents() -> None:
    assert list(render.markdown(compare([], [article()]))) == [
        "- added document 002\\_7d1fedcf346e9907"
    ]


def test_what_a_file_says_cannot_move_the_cursor() -> None:
    new = changed("mentions", 1, type="\x1b[2J")

    lines = [line.text for line in render.lines(compare([article()], [new]))]

    assert any(r"GPE → \x1b[2J" in line for line in lines)
    assert all(line.isprintable() for line in lines)


def test_table_counts_layers_and_documents() -> None:
    other = replace(article(), doc_id="other")

    rows = render.summary(compare([article()], [changed("mentions", 1, type="LOC"), other]))

    assert rows[:4] == [
        ("layer", "added", "removed", "moved", "relabelled"),
        ("documents", "1", "0", "–", "–"),
        ("sections", "0", "0", "0", "0"),
        ("sentences", "0", "0", "0", "0"),
    ]
    assert rows[4] == ("mentions", "0", "0", "0", "1")


def test_json_has_the_fields_that_its_schema_promises() -> None:
    found = compare([article()], [changed("events", 1, realis="ACTUAL")])

    report = json.loads(json.dumps(found.to_json()))

    (change,) = report["documents"][0]["changes"]
    assert report["schema"] == "vinee.diff/1"
    assert report["identical"] is False
    assert change == {
        "layer": "events",
        "kind": "relabelled",
        "type": "Contact.Meet",
        "old": change["new"],
        "new": {
            "start": 126,
            "end": 133,
            "sentence": 0,
            "text": "gặp mặt",
            "before": "Vladimir Putin sẽ ",
            "after": " trực tiếp sau",
        },
        "attributes": [{"name": "realis", "old": "OTHER", "new": "ACTUAL"}],
        "argument_of": None,
        "chain": None,
        "contents": [],
    }
