"""How the page looks: CSS for the two columns and for regions that lie in one another.

The editor knows a region only by the text ``number:label`` at the end of its last piece, so that
is what the rules select by. It takes its style sheet through an XML parser and a sanitizer, which
leave ``<``, ``>`` and ``&`` as entities: no rule may have them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.formats.label_studio import controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.labelstudio.config.labels import Label

# The editor draws its arrows for a page that scrolls as a whole, so the text must not scroll by
# itself; the labels stay in sight beside it.
_COLUMNS = """
.vinee { display: flex; gap: 14px; align-items: flex-start; }
.vinee-text { flex: 1 1 60%; min-width: 0; padding: 12px 10px 60px 44px; }
.vinee-side { flex: 0 0 410px; position: sticky; top: 0; height: calc(100vh - 180px);
  display: flex; flex-direction: column; }
.vinee-labels { flex: 1 1 0; min-height: 130px; overflow: auto; padding-right: 4px; }
.vinee-attributes { flex: 0 1 auto; max-height: 70%; overflow: auto; padding: 4px 4px 4px 0;
  border-top: 2px solid #c9ced8; }
"""
_SIDE = """
.vinee-side h4 { font-size: 13px !important; line-height: 18px !important; font-weight: 600;
  margin: 6px 0 3px !important; }
.vinee-row { display: flex; flex-wrap: wrap; }
.vinee-side .lsf-labels { margin: 0; padding: 0; }
.lsf-outliner-item__title .lsf-labels-list { color: #16181d !important; max-width: 145px; }
.lsf-detailed-region_compact .lsf-labels-list { max-width: 118px; }
.lsf-outliner-item__title .lsf-labels-list, .lsf-detailed-region_compact .lsf-labels-list {
  overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.vinee-side .lsf-label { font-size: 12.5px; line-height: 19px; padding: 0 5px; }
.vinee-side .lsf-label_margins, .vinee-side .lsf-label_margins:last-child { margin: 0 4px 4px 0; }
.vinee-side .lsf-label__hotkey { font-size: 11px; margin-left: 6px; }
.vinee-side .lsf-label_selected { text-shadow: 0 0 2px #000; }
.vinee-side .ant-collapse .ant-collapse-item .ant-collapse-header { padding: 1px 8px;
  font-size: 12.5px; }
.vinee-side .ant-collapse .ant-collapse-content .ant-collapse-content-box { padding: 3px 6px 0; }
.vinee-field { display: flex; align-items: baseline; gap: 8px; margin-bottom: 2px; }
.vinee-field h4 { flex: 0 0 132px; font-size: 12px !important; margin: 0 !important; }
.vinee-field .lsf-choices, .vinee-field .lsf-text-area { flex: 1 1 0; min-width: 0;
  margin: 0 !important; }
.vinee-field .lsf-choices_hidden { display: none; }
.vinee-field .lsf-choice { display: inline-block; margin: 0 8px 0 0 !important; }
.vinee-field .lsf-choice__item, .vinee-field .ant-checkbox-wrapper { font-size: 12.5px;
  line-height: 20px; }
.vinee-field .ant-form-item { margin: 0 !important; }
.vinee-field .ant-form-item-control-input, .vinee-field input, .vinee-field .lsf-row div {
  min-height: 24px; }
.vinee-field .ant-input { height: 26px; padding: 1px 8px; font-size: 13px; }
.vinee-field .lsf-row { margin: 0; }
.vinee-field [data-testid="textarea-regions"] { margin: 0 !important; }
.vinee-field [data-testid="htx-textbox-content"] { padding: 1px 8px; font-size: 13px; }
.vinee-field [data-shortcut] { margin: 0 4px 2px 0 !important; }
"""
# A tag of the editor holds a number as well; what a region is stands in one word, and extents and
# fillers, which are many and long, say it by a line alone.
_TEXT = """
.vinee-text .lsf-richtext__container { font-size: 16.5px; line-height: 2.9; color: #16181d; }
.vinee-text .lsf-richtext__line { white-space: pre-wrap; }
.vinee-text .htx-highlight { border-radius: 3px; padding: 1px 0; }
.vinee-text .htx-highlight[data-label]::after { font-size: 9px; font-weight: 600;
  font-family: sans-serif; padding: 0 2px; vertical-align: 8px; color: #3a4150; }
"""
# All arrows at once, with their names, hide the text. The one that the mouse is on in the list of
# relations the editor draws in full; so is one here whose name the mouse is on, with its two ends.
# While the button is down text is selected, and names must not be in the way.
_RELATIONS = """
.relations-overlay g[id] path[opacity="0.6"] { opacity: 0.22; }
.relations-overlay g[id]:not([class*="_highlighted"]) text { font-size: 9px !important;
  fill: #6d1468; }
.relations-overlay g[id]:not([class*="_highlighted"]) g rect { fill: #fff; fill-opacity: 0.35;
  stroke: none; y: -7px; height: 12px; pointer-events: all; }
.relations-overlay g[id]:hover path { opacity: 1; }
.relations-overlay g[id]:hover rect { stroke: #fa541c; stroke-width: 2; }
.relations-overlay g[id]:not([class*="_highlighted"]):hover g rect { fill-opacity: 1;
  stroke: #fa541c; }
.relations-overlay g[id]:not([class*="_highlighted"]):hover text { font-weight: 700; }
:has(.vinee-text:active) .relations-overlay g[id] g rect { pointer-events: none !important; }
"""


def style(labels: Iterable[Label], colours: Mapping[Label, str]) -> str:
    """Write the style sheet of the interface."""
    rules = [line for label in labels for line in _tag(label, colours[label])]
    return "\n".join((_COLUMNS.strip(), _SIDE.strip(), _TEXT.strip(), *rules, _RELATIONS.strip()))


def _tag(label: Label, colour: str) -> Iterable[str]:
    region = f'.vinee-text .htx-highlight[data-label$=":{_escaped(label.called)}"]'
    if label.control == controls.EXTENT:
        yield f"{region}::after {{ content: none; }}"
        yield f"{region} {{ border-bottom: 2px solid {colour}; padding-bottom: 4px; }}"
        yield f"{region}:has({region}) {{ padding-bottom: 8px; }}"
    elif label.control == controls.SPAN:
        yield f'{region}::after {{ content: "]"; font-size: 15px; vertical-align: 0; }}'
    else:
        yield f'{region}::after {{ content: "{_escaped(label.short)}"; }}'
    if label.control == controls.TRIGGER:
        yield f"{region} {{ font-weight: 600; border-bottom: 2px solid {colour}; }}"
        yield f"{region}::after {{ color: {colour}; }}"
    if label.control == controls.TIMEX:
        yield f"{region} {{ border-bottom: 2px dotted {colour}; }}"


def _escaped(text: str) -> str:
    """Write text for a string of CSS so that neither CSS nor XML sees anything but letters."""
    return "".join(
        letter
        if letter.isascii() and (letter.isalnum() or letter in "-_.")
        else f"\\{ord(letter):x} "
        for letter in text
    )
