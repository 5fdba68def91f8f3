"""Whether a configuration has what tasks use."""

from __future__ import annotations

import pytest

from vinee.corpus import gold
from vinee.errors import InvalidError
from vinee.labelstudio.config import labeling_config
from vinee.labelstudio.offered import offered
from vinee.labelstudio.pushing import configured
from vinee.labelstudio.pushing.items import Given, whole
from vinee.model import Argument, Document, Event, Mention, Span
from vinee.ontology import default

TEXT = '<Text name="text" value="$text"/>'
MENTIONS = '<Labels name="mention" toName="text"><Label value="PER"/></Labels>'
LEVELS = '<Choices name="level" toName="text" perRegion="true"><Choice value="NAM"/></Choices>'


def found(document: Document, config: str) -> list[tuple[str, str | None]]:
    used = configured.Used()
    used.note(document.doc_id, whole(Given(document, with_annotation=True)))
    lacking = configured.lacking(used, offered(config))
    return [(each.id, each.where.path) for each in lacking]


def mention(label: str) -> Document:
    return Document("d", "Bà Lan.", mentions=(Mention(3, 6, label, id="m1"),))


def test_the_generated_configuration_has_all_that_the_gold_uses() -> None:
    config = labeling_config(default())

    assert [found(each, config) for each in gold.documents()] == [[]] * 5


def test_a_label_that_is_not_there_is_found_with_its_first_place() -> None:
    lacking = found(mention("GPE"), f"<View>{TEXT}{MENTIONS}{LEVELS}</View>")

    assert lacking == [("label-lacking", "$.annotations[0].result[0]")]


def test_a_control_that_is_not_there_is_found_once() -> None:
    lacking = found(mention("PER"), f"<View>{TEXT}{MENTIONS}</View>")

    assert lacking == [("control-lacking", "$.annotations[0].result[1]")]


def test_a_role_that_no_relation_has_is_found() -> None:
    argument = Argument("Agent", span=Span(3, 6))
    document = Document("d", "Bà Lan.", events=(Event("X", Span(0, 2), arguments=(argument,)),))
    config = (
        f'<View>{TEXT}<Labels name="trigger" toName="text"><Label value="X"/></Labels>'
        '<Labels name="span" toName="text"><Label value="SPAN"/></Labels>'
        '<Relations><Relation value="Place"/></Relations></View>'
    )

    lacking = [each for each in found(document, config) if "result[2]" in (each[1] or "")]

    assert lacking == [("label-lacking", "$.annotations[0].result[2]")]


def test_a_configuration_that_shows_another_text_is_refused() -> None:
    config = f'<View><Text name="text" value="$body"/>{MENTIONS}{LEVELS}</View>'

    assert found(mention("PER"), config) == [("control-lacking", None)]


def test_a_choice_is_known_by_its_alias() -> None:
    levels = LEVELS.replace('value="NAM"', 'value="tên · name" alias="NAM"')

    assert found(mention("PER"), f"<View>{TEXT}{MENTIONS}{levels}</View>") == []


@pytest.mark.parametrize("config", ["<View>", '<!DOCTYPE x [<!ENTITY a "b">]><View/>'])
def test_what_is_no_plain_xml_is_refused(config: str) -> None:
    with pytest.raises(InvalidError, match="labeling configuration"):
        offered(config)
