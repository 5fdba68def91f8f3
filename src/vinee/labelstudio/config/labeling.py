"""The labeling configuration: what annotators see, and what they can say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vinee.formats.label_studio import controls
from vinee.labelstudio.config import hotkeys
from vinee.labelstudio.config.attributes import Attributes, shown
from vinee.labelstudio.config.labels import choices, labels, relations
from vinee.labelstudio.config.palette import palette
from vinee.labelstudio.config.style import style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.labelstudio.config.labels import Label
    from vinee.ontology import Ontology

_TITLES = {
    controls.MENTION: "Đề cập · Mentions",
    controls.EXTENT: "Khoảng mở rộng, thời gian, đoạn · Extent, times, span",
    controls.TRIGGER: "Từ kích hoạt · Event triggers",
}


def labeling_config(ontology: Ontology) -> str:
    """Write the labeling configuration, XML; the same ontology always gives the same.

    Raises:
        InvalidError: The editor cannot hold a name of the ontology as it is.
    """
    known = labels(ontology)
    keys = hotkeys.hotkeys(ontology)
    colours = palette(known)
    root = Element("View", {"className": "vinee"})
    SubElement(root, "Style").text = style(known, colours)
    _text(SubElement(root, "View", {"className": "vinee-text"}))
    side = SubElement(root, "View", {"className": "vinee-side"})
    column = SubElement(side, "View", {"className": "vinee-labels"})
    _title(column, controls.MENTION)
    _labels(column, controls.MENTION, known, keys, colours)
    _title(column, controls.EXTENT)
    row = SubElement(column, "View", {"className": "vinee-row"})
    for control in (controls.EXTENT, controls.SPAN, controls.TIMEX):
        _labels(row, control, known, keys, colours)
    _triggers(column, known, keys, colours)
    of_region = SubElement(side, "View", {"className": "vinee-attributes"})
    Attributes(ontology, known, choices(ontology), keys).add(of_region)
    relation = SubElement(root, "Relations", {"choice": "multiple"})
    for value in relations(ontology):
        SubElement(relation, "Relation", {"value": value})
    indent(root, " ")
    return tostring(root, encoding="unicode") + "\n"


def _text(parent: Element) -> None:
    text = {"name": controls.TEXT, "value": f"${controls.TEXT}", "granularity": "symbol"}
    SubElement(parent, "Text", {**text, "showLabels": "true"})


def _labels(
    parent: Element,
    control: str,
    known: Sequence[Label],
    keys: Mapping[Label, str],
    colours: Mapping[Label, str],
) -> None:
    tag = SubElement(parent, "Labels", {"name": control, "toName": controls.TEXT})
    for label in known:
        if label.control == control:
            _label(tag, label, keys, colours)


def _triggers(
    parent: Element,
    known: Sequence[Label],
    keys: Mapping[Label, str],
    colours: Mapping[Label, str],
) -> None:
    """Add the triggers, too many to look through, by group and with a field that filters them."""
    _title(parent, controls.TRIGGER)
    SubElement(
        parent,
        "Filter",
        {
            "name": "trigger_filter",
            "toName": controls.TRIGGER,
            "hotkey": hotkeys.FILTER,
            "minlength": "1",
            "placeholder": "Lọc, rồi Enter · Filter, then Enter [f]",
        },
    )
    tag = SubElement(parent, "Labels", {"name": controls.TRIGGER, "toName": controls.TEXT})
    triggers = [label for label in known if label.control == controls.TRIGGER]
    collapse = SubElement(SubElement(tag, "View"), "Collapse", {"accordion": "false"})
    for group in dict.fromkeys(label.group for label in hotkeys.by_use(triggers)):
        panel = SubElement(collapse, "Panel", {"value": group, "open": "true"})
        for label in triggers:
            if label.group == group:
                _label(panel, label, keys, colours)


def _title(parent: Element, control: str) -> None:
    SubElement(parent, "Header", {"value": _TITLES[control], "size": "5"})


def _label(
    parent: Element, label: Label, keys: Mapping[Label, str], colours: Mapping[Label, str]
) -> None:
    written = {**shown(label, keys), "background": colours[label]}
    if label.called != label.value:
        # The filter looks into the value alone; where there is an alias, that is what is stored.
        written |= {"value": label.called, "alias": label.value}
    SubElement(parent, "Label", written)
