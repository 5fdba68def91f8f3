"""Controls for what is said of one region, each shown only where it belongs.

The conditions stand on the blocks around the controls: the editor throws away what a control holds
if a condition on the control itself does not apply, and throws it away without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from vinee.formats.label_studio import controls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.labelstudio.config.labels import Label
    from vinee.ontology import Ontology

# What people read above each control, and the hint inside an empty field.
TITLES = {
    controls.LEVEL: "Mức · Level",
    controls.GPE_ROLE: "Địa danh chỉ gì · gpe_role",
    controls.ENTITY: "Mã thực thể · Entity id",
    controls.ENTITY_TYPE: "Loại, nếu khác · Type, if another",
    controls.ENTITY_NAME: "Tên thực thể · Entity name",
    controls.ENTITY_CORPUS_ID: "Mã giữa các bài · Corpus id",
    controls.ENTITY_WIKIDATA: "Wikidata · Q… / NIL",
    controls.TIMEX_VALUE: "Giá trị · Value (TIMEX3)",
    controls.TIMEX_MOD: "Từ bổ nghĩa · Modifier",
    controls.POLARITY: "Phân cực · Polarity",
    controls.REALIS: "Hiện thực · Realis",
    controls.MODALITY: "Tình thái · Modality",
    controls.CHAIN: "Mã chuỗi · Chain id",
    controls.CHAIN_NAME: "Tên chuỗi · Chain name",
    controls.CHAIN_CORPUS_ID: "Mã giữa các bài · Corpus id",
}
_PLACEHOLDERS = {
    controls.ENTITY: "e1",
    controls.ENTITY_WIKIDATA: "Q881",
    controls.TIMEX_VALUE: "2025-08-07, P3D, PAST_REF",
    controls.CHAIN: "c1",
}
# Words that are typed often, with the key that types them into the field.
_SHORTCUTS = {
    controls.ENTITY_WIKIDATA: {"NIL": "alt+n"},
    controls.TIMEX_VALUE: {"PAST_REF": "alt+p", "PRESENT_REF": "alt+q", "FUTURE_REF": "alt+u"},
}
_BEGUN_NOT = "OTHER"


def attributes(
    parent: Element, ontology: Ontology, choices: Sequence[Label], keys: Mapping[Label, str]
) -> None:
    """Add the controls for each kind of region."""
    mention = _block(parent, controls.MENTION)
    _choices(mention, controls.LEVEL, choices, keys)
    named = ",".join(entity.name for entity in ontology.entities if entity.gpe_role)
    if named:
        place = _block(mention, controls.MENTION, named)
        _choices(place, controls.GPE_ROLE, choices, keys)
    _texts(mention, controls.MENTION)
    timex = _block(parent, controls.TIMEX)
    _texts(timex, controls.TIMEX)
    _choices(timex, controls.TIMEX_MOD, choices, keys)
    trigger = _block(parent, controls.TRIGGER)
    _choices(trigger, controls.REALIS, choices, keys)
    _choices(trigger, controls.POLARITY, choices, keys)
    condition = {
        "visibleWhen": "choice-selected",
        "whenTagName": controls.REALIS,
        "whenChoiceValue": _BEGUN_NOT,
    }
    _choices(SubElement(trigger, "View", condition), controls.MODALITY, choices, keys)
    _texts(trigger, controls.TRIGGER)


def _block(parent: Element, control: str, labels: str | None = None) -> Element:
    condition = {"visibleWhen": "region-selected", "whenTagName": control}
    if labels is not None:
        condition["whenLabelValue"] = labels
    return SubElement(parent, "View", condition)


def _choices(
    parent: Element, control: str, choices: Sequence[Label], keys: Mapping[Label, str]
) -> None:
    tag = SubElement(
        _field(parent, control),
        "Choices",
        {
            "name": control,
            "toName": controls.TEXT,
            "perRegion": "true",
            "choice": "single",
            "layout": "inline",
        },
    )
    for choice in choices:
        if choice.control == control:
            SubElement(tag, "Choice", choice_attributes(choice, keys))


def choice_attributes(label: Label, keys: Mapping[Label, str]) -> dict[str, str]:
    """Give what a label or a choice stores, shows, and tells when the mouse is over it."""
    from html import escape

    shown = f"<b>{escape(label.short)}</b> {escape(label.vi)}"
    written = {"value": label.value, "html": shown, "hint": f"{label.value}: {label.definition}"}
    if label in keys:
        written["hotkey"] = keys[label]
    return written


def _texts(parent: Element, kind: str) -> None:
    for control, of in controls.ATTRIBUTES.items():
        if of != kind or control in controls.CHOICES:
            continue
        text = {
            "name": control,
            "toName": controls.TEXT,
            "perRegion": "true",
            "maxSubmissions": "1",
            "editable": "true",
            "rows": "1",
        }
        if control in _PLACEHOLDERS:
            text["placeholder"] = _PLACEHOLDERS[control]
        tag = SubElement(_field(parent, control), "TextArea", text)
        for value, key in _SHORTCUTS.get(control, {}).items():
            SubElement(tag, "Shortcut", {"value": value, "hotkey": key})


def _field(parent: Element, control: str) -> Element:
    field = SubElement(parent, "View", {"className": "vinee-field"})
    SubElement(field, "Header", {"value": TITLES[control], "size": "5"})
    return field
