"""Controls for what is said of one region, each shown only where it belongs.

The editor throws away, without a word, what a control holds if a condition on the control itself
does not apply. So a control itself asks only for a label of its own layer, which keeps away what
a key pressed on a region of another layer leaves behind; all finer conditions, such as those for
``gpe_role`` and modality, stand on the blocks around the controls.
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
SHORTCUTS = {
    controls.ENTITY_WIKIDATA: {"NIL": "alt+n"},
    controls.TIMEX_VALUE: {"PAST_REF": "alt+p", "PRESENT_REF": "alt+q", "FUTURE_REF": "alt+u"},
}
_BEGUN_NOT = "OTHER"


class Attributes:
    """Adds the controls for each layer.

    Args:
        ontology: Tells which types have a ``gpe_role``.
        labels: The labels of regions.
        choices: What attributes are chosen from.
        keys: The keys of the choices that have one.
    """

    def __init__(
        self,
        ontology: Ontology,
        labels: Sequence[Label],
        choices: Sequence[Label],
        keys: Mapping[Label, str],
    ) -> None:
        self._places = [entity.name for entity in ontology.entities if entity.gpe_role]
        self._labels = labels
        self._named = choices
        self._keys = keys

    def add(self, parent: Element) -> None:
        """Add all of them to a block."""
        mention = _block(parent, controls.MENTION)
        self._choices(mention, controls.LEVEL)
        self._choices(_block(mention, controls.MENTION, self._places), controls.GPE_ROLE)
        self._texts(mention, controls.MENTION)
        timex = _block(parent, controls.TIMEX)
        self._texts(timex, controls.TIMEX)
        self._choices(timex, controls.TIMEX_MOD)
        trigger = _block(parent, controls.TRIGGER)
        self._choices(trigger, controls.REALIS)
        self._choices(trigger, controls.POLARITY)
        condition = {
            "visibleWhen": "choice-selected",
            "whenTagName": controls.REALIS,
            "whenChoiceValue": _BEGUN_NOT,
        }
        self._choices(SubElement(trigger, "View", condition), controls.MODALITY)
        self._texts(trigger, controls.TRIGGER)

    def _choices(self, parent: Element, control: str) -> None:
        asked = {**self._control(control), "choice": "single", "layout": "inline"}
        tag = SubElement(_field(parent, control), "Choices", asked)
        for choice in self._named:
            if choice.control == control:
                SubElement(tag, "Choice", shown(choice, self._keys))

    def _texts(self, parent: Element, layer: str) -> None:
        for control, of in controls.ATTRIBUTES.items():
            if of != layer or control in controls.CHOICES:
                continue
            text = {**self._control(control), "maxSubmissions": "1", "editable": "true"}
            if control in _PLACEHOLDERS:
                text["placeholder"] = _PLACEHOLDERS[control]
            tag = SubElement(_field(parent, control), "TextArea", text)
            for value, key in SHORTCUTS.get(control, {}).items():
                SubElement(tag, "Shortcut", {"value": value, "hotkey": key})

    def _control(self, control: str) -> dict[str, str]:
        layer = controls.ATTRIBUTES[control]
        values = ",".join(label.value for label in self._labels if label.control == layer)
        return {
            "name": control,
            "toName": controls.TEXT,
            "perRegion": "true",
            "whenLabelValue": values,
        }


def _block(parent: Element, control: str, labels: Sequence[str] = ()) -> Element:
    condition = {"visibleWhen": "region-selected", "whenTagName": control}
    if labels:
        condition["whenLabelValue"] = ",".join(labels)
    return SubElement(parent, "View", condition)


def shown(label: Label, keys: Mapping[Label, str]) -> dict[str, str]:
    """Give what a label or a choice stores, shows, and tells when the mouse is over it."""
    from html import escape

    html = f"<b>{escape(label.short)}</b> {escape(label.vi)}"
    written = {"value": label.value, "html": html, "hint": f"{label.value}: {label.definition}"}
    if label in keys:
        written["hotkey"] = keys[label]
    return written


def _field(parent: Element, control: str) -> Element:
    field = SubElement(parent, "View", {"className": "vinee-field"})
    SubElement(field, "Header", {"value": TITLES[control], "size": "5"})
    return field
