from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hostile_ontology import DEFINITION, ENTITY, EVENT, ROLE, VI, hostile, with_entity, with_role

from vinee.corpus import gold
from vinee.errors import InvalidError
from vinee.formats.label_studio import controls, task
from vinee.labelstudio.config import check_config, labeling_config
from vinee.ontology import default

if TYPE_CHECKING:
    from vinee.model import Document

ONTOLOGY = default()
XML = labeling_config(ONTOLOGY)
ROOT = ET.fromstring(XML)  # noqa: S314
PARENT = {child: parent for parent in ROOT.iter() for child in parent}
LABELS = {
    controls.MENTION: list(ONTOLOGY.fine_labels),
    controls.EXTENT: ["EXTENT"],
    controls.TIMEX: [*ONTOLOGY.timexes, "TIMEX"],
    controls.SPAN: ["SPAN"],
    controls.TRIGGER: list(ONTOLOGY.event_labels),
}
CHOICES = {
    controls.LEVEL: ONTOLOGY.levels,
    controls.GPE_ROLE: ONTOLOGY.gpe_roles,
    controls.TIMEX_MOD: ONTOLOGY.timex_mods,
    controls.POLARITY: ONTOLOGY.polarities,
    controls.REALIS: ONTOLOGY.realis,
    controls.MODALITY: ONTOLOGY.modalities,
}


def control(name: str, root: ET.Element = ROOT) -> ET.Element:
    (found,) = (each for each in root.iter() if each.get("name") == name)
    return found


def values(name: str, tag: str, root: ET.Element = ROOT) -> list[str]:
    """What the editor stores."""
    found = control(name, root).iter(tag)
    return [each.get("alias") or each.attrib["value"] for each in found]


def conditions(element: ET.Element) -> list[dict[str, str]]:
    """The conditions of the blocks around an element, the innermost first."""
    found = []
    while element in PARENT:
        element = PARENT[element]
        if "visibleWhen" in element.attrib:
            found.append(dict(element.attrib))
    return found


def test_text_is_labelled_by_code_points() -> None:
    (text,) = ROOT.iter("Text")

    assert (text.get("name"), text.get("value")) == ("text", "$text")
    assert text.get("granularity") == "symbol"


@pytest.mark.parametrize("name", LABELS)
def test_each_label_of_the_ontology_stands_once_in_its_control(name: str) -> None:
    assert sorted(values(name, "Label")) == sorted(LABELS[name])


@pytest.mark.parametrize("name", CHOICES)
def test_each_choice_of_the_ontology_stands_once_in_its_control(name: str) -> None:
    assert values(name, "Choice") == list(CHOICES[name])


def test_a_trigger_alone_is_shown_as_more_than_what_is_stored() -> None:
    (triggers,) = (each for each in ROOT.iter("Labels") if each.get("name") == controls.TRIGGER)

    assert {each for each in ROOT.iter() if "alias" in each.attrib} == {*triggers.iter("Label")}


@pytest.mark.parametrize("words", ["Contact.Meet", "gặp mặt", "hội đàm"])
def test_a_trigger_is_found_by_its_names_in_both_languages(words: str) -> None:
    found = [
        each.get("alias")
        for each in control(controls.TRIGGER).iter("Label")
        if words.casefold() in each.attrib["value"].casefold()
    ]

    assert found == ["Contact.Meet"]


def test_each_role_is_a_relation_and_so_is_the_implicit_one() -> None:
    (relations,) = ROOT.iter("Relations")
    roles = ONTOLOGY.role_labels

    assert relations.get("choice") == "multiple"
    assert sorted(each.attrib["value"] for each in relations) == sorted(
        ["extent", *roles, *(f"{role} (implicit)" for role in roles)]
    )


@pytest.mark.parametrize("name", controls.ATTRIBUTES)
def test_an_attribute_is_of_one_region_and_shown_for_its_layer_alone(name: str) -> None:
    found = control(name)
    layer = controls.ATTRIBUTES[name]

    assert found.get("perRegion") == "true"
    assert found.get("toName") == "text"
    assert {"visibleWhen": "region-selected", "whenTagName": layer} in conditions(found)


@pytest.mark.parametrize("name", controls.ATTRIBUTES)
def test_nothing_but_a_region_of_another_layer_makes_the_editor_drop_an_attribute(
    name: str,
) -> None:
    found = control(name)

    assert found.attrib["whenLabelValue"].split(",") == LABELS[controls.ATTRIBUTES[name]]
    assert not {"visibleWhen", "whenTagName", "whenChoiceValue"} & found.attrib.keys()


def test_gpe_role_is_shown_for_places_alone() -> None:
    condition = {
        "visibleWhen": "region-selected",
        "whenTagName": "mention",
        "whenLabelValue": "GPE,LOC,FAC",
    }

    assert condition in conditions(control(controls.GPE_ROLE))


def test_modality_is_shown_for_what_has_not_begun_alone() -> None:
    condition = {
        "visibleWhen": "choice-selected",
        "whenTagName": "realis",
        "whenChoiceValue": "OTHER",
    }

    assert condition in conditions(control(controls.MODALITY))


def test_text_of_an_attribute_can_be_changed_and_is_one() -> None:
    texts = list(ROOT.iter("TextArea"))

    assert {each.get("name") for each in texts} == controls.ATTRIBUTES.keys() - controls.CHOICES
    assert all(each.get("editable") == "true" for each in texts)
    assert all(each.get("maxSubmissions") == "1" for each in texts)


def test_labels_and_choices_are_shown_in_both_languages() -> None:
    for each in ONTOLOGY.entities:
        (label,) = (one for one in ROOT.iter("Label") if one.get("value") == each.name)
        assert label.get("html") == f"<b>{each.name}</b> {each.vi}"
        assert label.get("hint") == f"{each.name}: {each.definition}"


def test_events_stand_by_group_with_the_most_used_on_top() -> None:
    panels = [each.attrib["value"] for each in ROOT.iter("Panel")]

    assert panels[:2] == ["Speech", "Diplomacy"]
    assert set(panels) == {name.partition(".")[0] for name in ONTOLOGY.event_labels}


def test_style_sheet_has_nothing_that_the_editor_would_write_as_an_entity() -> None:
    (style,) = ROOT.iter("Style")

    assert style.text is not None
    assert not set("<>&") & set(style.text)


def test_the_same_ontology_gives_the_same_configuration() -> None:
    assert labeling_config(default()) == XML


@pytest.mark.parametrize("document", gold.documents(), ids=lambda each: each.doc_id)
def test_sdk_takes_each_gold_document(document: Document) -> None:
    pytest.importorskip("label_studio_sdk", reason="the SDK is in the extra `label-studio`")
    interface: Any = check_config(XML)
    written = task(document)

    (annotation,) = written["annotations"]
    assert len(annotation["result"]) > 300
    assert interface.validate_prediction(annotation, return_errors=True) == []
    assert interface.validate_task({"data": written["data"]})


def test_sdk_refuses_a_label_that_is_not_in_the_ontology() -> None:
    pytest.importorskip("label_studio_sdk", reason="the SDK is in the extra `label-studio`")
    interface: Any = check_config(XML)
    (annotation,) = task(gold.documents()[0])["annotations"]
    first = next(item for item in annotation["result"] if item["type"] == "labels")
    first["value"]["labels"] = ["NOBODY"]

    assert "NOBODY" in str(interface.validate_prediction(annotation, return_errors=True))


def test_hostile_names_are_values_and_nothing_else() -> None:
    root = ET.fromstring(labeling_config(hostile()))  # noqa: S314

    assert values(controls.MENTION, "Label", root)[0] == ENTITY
    assert EVENT in values(controls.TRIGGER, "Label", root)
    assert ROLE in [each.attrib["value"] for each in root.iter("Relation")]
    assert {each.tag for each in root.iter()} == {each.tag for each in ROOT.iter()}
    (style,) = root.iter("Style")
    assert style.text is not None
    assert not set("<>&") & set(style.text)


def test_hostile_names_are_shown_as_text() -> None:
    root = ET.fromstring(labeling_config(hostile()))  # noqa: S314
    (label,) = (each for each in root.iter("Label") if each.get("value") == ENTITY)
    html = label.attrib["html"]

    assert "<img" not in html
    assert html.count("<") == 2
    assert label.get("hint") == f"{ENTITY}: {DEFINITION}"
    assert VI not in html


def test_sdk_takes_a_hostile_ontology() -> None:
    pytest.importorskip("label_studio_sdk", reason="the SDK is in the extra `label-studio`")

    interface: Any = check_config(labeling_config(hostile()))

    assert ENTITY in interface.get_control("mention").labels


@pytest.mark.parametrize("name", ["$text", "A,B", " PER", "PER ", ""])
def test_a_name_that_the_editor_would_take_for_something_else_is_refused(name: str) -> None:
    with pytest.raises(InvalidError, match="rename it in the ontology") as caught:
        labeling_config(with_entity(name))

    assert repr(name) in str(caught.value)


@pytest.mark.parametrize("name", ["extent", "Agent (implicit)"])
def test_a_role_that_would_read_as_another_relation_is_refused(name: str) -> None:
    with pytest.raises(InvalidError, match="mean something else"):
        labeling_config(with_role(name))
