"""The labeling configuration of an adjudication: the ordinary one, and the panel beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, fromstring, indent, tostring

from vinee.formats.label_studio import controls
from vinee.labelstudio.adjudicating.names import (
    CHANGE_WHY,
    DISAGREEMENTS,
    DISPUTED,
    REST_WHY,
    TAKE,
    WHY,
)
from vinee.labelstudio.config import labeling_config

if TYPE_CHECKING:
    from vinee.ontology import Ontology

# The editor counts from 0, and puts the number in place of the first one of an attribute only.
_INDEX = "{{idx}}"
_COLOURS = {"first": "#c62828", "second": "#1565c0", "both": "#6a1b9a"}
_LABELS = "Nhãn, để sửa trong văn bản · Labels, to put something right in the text"
_CHANGE = "Lý do sửa vùng này · Why this region was changed"
_REST = (
    "Lý do cho các sửa đổi khác (xóa vùng, …) · Why the rest of the text was changed (what was "
    "deleted, …)"
)
_LEFT_OUT = frozenset({controls.ENTITY_TYPE, controls.ENTITY_CORPUS_ID, controls.CHAIN_CORPUS_ID})
_ONE = {"maxSubmissions": "1", "editable": "true", "rows": "1"}
# No rule may have an angle bracket or an ampersand: the editor's sanitizer makes entities of them.
_STYLE = """
.vinee .vinee-side { flex: 0 0 500px; }
.vinee-side .ant-collapse-content .vinee-labels { max-height: 34vh; }
.vinee-panel { flex: 3 1 0; min-height: 180px; overflow: auto; padding-right: 6px; }
.vinee-block { border: 1px solid #c9ced8; border-radius: 6px; padding: 2px 10px 6px;
  margin-bottom: 10px; background: #fff; color: #16181d; }
.vinee-block .lsf-choice { margin: 0 !important; }
.vinee-block .ant-form-item { margin: 0 !important; }
.vinee-versions { width: 100%; border-collapse: collapse; table-layout: fixed; }
.vinee-versions td { width: 50%; vertical-align: top; padding: 4px 8px; font-size: 13px;
  line-height: 1.5; white-space: pre-wrap; border-top: 3px solid; overflow-wrap: anywhere; }
.vinee-versions .vinee-side-1 { border-color: #c62828; }
.vinee-versions .vinee-side-2 { border-color: #1565c0; }
.vinee-item { background: #ffe082; font-weight: 600; }
.vinee-filler { background: #c8e6c9; }
.vinee-text .htx-highlight[data-label$=":first"]::after { content: "\\2460"; font-size: 13px; }
.vinee-text .htx-highlight[data-label$=":second"]::after { content: "\\2461"; font-size: 13px; }
.vinee-text .htx-highlight[data-label$=":both"]::after { content: "\\2260"; font-size: 13px; }
.vinee-extent { border-bottom: 2px solid #6d4c41; }
"""


def adjudication_config(ontology: Ontology, annotators: tuple[str, str]) -> str:
    """Write the labeling configuration, XML.

    Args:
        ontology: Whose labels can be used.
        annotators: Whose disagreements are shown, first and second.

    Raises:
        InvalidError: The editor cannot hold a name of the ontology as it is.
    """
    root = fromstring(labeling_config(ontology))  # noqa: S314 - we have just written it
    sheet = SubElement(root, "Style")
    sheet.text = _STYLE
    side = root.find(".//View[@className='vinee-side']")
    side = SubElement(root, "View", {"className": "vinee-side"}) if side is None else side
    _leave_out(root)
    _fold(side)
    side.insert(0, _panel())
    _reasons(side)
    marks = {"name": DISPUTED, "toName": controls.TEXT, "visible": "false"}
    tag = SubElement(root, "Labels", marks)
    for value, who in zip(_COLOURS, (*annotators, " / ".join(annotators)), strict=True):
        SubElement(tag, "Label", {"value": value, "hint": who, "background": _COLOURS[value]})
    indent(root, " ")
    return tostring(root, encoding="unicode") + "\n"


def _leave_out(root: Element) -> None:
    """Take away what adjudication does not ask for: what an entity or a chain is called beside."""
    for parent in root.iter():
        for child in list(parent):
            text = child.find("TextArea")
            if child.tag == "View" and text is not None and text.get("name") in _LEFT_OUT:
                parent.remove(child)


def _fold(side: Element) -> None:
    """Put the labels into a panel that is closed until somebody needs them."""
    labels = side.find("View[@className='vinee-labels']")
    if labels is None:
        return
    place = list(side).index(labels)
    side.remove(labels)
    collapse = Element("Collapse", {"accordion": "false"})
    panel = SubElement(collapse, "Panel", {"value": _LABELS, "open": "false"})
    panel.append(labels)
    side.insert(place, collapse)


def _panel() -> Element:
    panel = Element("View", {"className": "vinee-panel"})
    repeated = SubElement(panel, "Repeater", {"on": f"${DISAGREEMENTS}", "indexFlag": _INDEX})
    block = SubElement(repeated, "View", {"className": "vinee-block"})
    field = f"${DISAGREEMENTS}[{_INDEX}]"
    SubElement(block, "Header", {"value": f"{field}.title", "size": "5"})
    shown = {"name": f"versions_{_INDEX}", "value": f"{field}.html", "inline": "true"}
    SubElement(block, "HyperText", shown)
    SubElement(
        block,
        "Choices",
        {
            "name": f"{TAKE}{_INDEX}",
            "toName": controls.TEXT,
            "choice": "single-radio",
            "value": f"{field}.choices",
            "required": "true",
            "requiredMessage": "Hãy chọn ở mục đứng ngay sau mục số · Choose an answer in the "
            f"block that follows number {_INDEX}",
        },
    )
    SubElement(
        block,
        "TextArea",
        {
            "name": f"{WHY}{_INDEX}",
            "toName": controls.TEXT,
            **_ONE,
            "placeholder": "Lý do, bắt đầu bằng số quy tắc · Reason, beginning with a rule",
            "required": "true",
            "requiredMessage": "Hãy nêu lý do ở mục đứng ngay sau mục số · Give the reason in the "
            f"block that follows number {_INDEX}",
        },
    )
    return panel


def _reasons(side: Element) -> None:
    condition = {"visibleWhen": "region-selected"}
    for name, title, given, around in (
        (CHANGE_WHY, _CHANGE, {"perRegion": "true"}, condition),
        (REST_WHY, _REST, {}, {}),
    ):
        field = SubElement(side, "View", {"className": "vinee-why", **around})
        tag = {"name": name, "toName": controls.TEXT, **_ONE, **given, "placeholder": title}
        SubElement(field, "TextArea", tag)
