"""Formats by name; a format's module is imported when it is first asked for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

from vinee.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vinee.formats.contract import Format

_FORMATS: Mapping[str, str] = {
    "jsonl": "vinee.formats.jsonl:JsonLines",
    "brat": "vinee.formats.brat:Brat",
    "conll": "vinee.formats.conll:Conll",
    "conll-plain": "vinee.formats.conll:in_two_columns",
    "timeml": "vinee.formats.timeml:TimeMl",
    "textee": "vinee.formats.textee:TextEE",
    "label-studio": "vinee.formats.label_studio:LabelStudio",
    "bigbio": "vinee.formats.bigbio:BigBio",
    "columns": "vinee.formats.columns:Columns",
    "hf": "vinee.formats.hf:HuggingFace",
    "spacy": "vinee.formats.docbin:SpacyDocBin",
}


def names() -> tuple[str, ...]:
    """Return the name of every format."""
    return tuple(_FORMATS)


def get(name: str) -> Format:
    """Return the format of that name.

    Raises:
        UnknownNameError: There is none.
    """
    if name not in _FORMATS:
        raise UnknownNameError("format", name, _FORMATS)
    module, _, attribute = _FORMATS[name].partition(":")
    make = cast("Callable[[], Format]", getattr(importlib.import_module(module), attribute))
    return make()
