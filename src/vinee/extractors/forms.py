"""What names an extractor besides a registered name: the forms, and what each needs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROOM = "vinee.extractors"
_FORMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("module:object", f"{_ROOM}.callables:CallableExtractor", ()),
    ("cmd:COMMAND", f"{_ROOM}.command:CommandExtractor", ()),
    ("http://…", f"{_ROOM}.http:HttpExtractor", ("httpx2",)),
    ("llm:MODEL", f"{_ROOM}.llm:LlmExtractor", ("httpx2",)),
    ("gliner:MODEL", f"{_ROOM}.models.gliner_models:GlinerExtractor", ("gliner", "torch")),
    ("spacy:MODEL", f"{_ROOM}.models.spacy_models:SpacyExtractor", ("spacy",)),
    ("stanza:LANG", f"{_ROOM}.models.stanza_models:StanzaExtractor", ("stanza", "torch")),
    (
        "transformers:MODEL",
        f"{_ROOM}.models.transformers_models:TransformersExtractor",
        ("transformers", "torch"),
    ),
)


@dataclass(frozen=True)
class Entry:
    """An extractor that is registered by name, or a form that names any of a kind.

    Attributes:
        name: What to call it.
        target: Its ``module:object``.
        missing: Import names of the packages that it needs and that are not installed.
        problem: Why its entry point cannot be loaded; empty if it can.
    """

    name: str
    target: str
    missing: tuple[str, ...] = ()
    problem: str = ""

    @property
    def ready(self) -> bool:
        """Whether it can run here."""
        return not self.missing and not self.problem


def forms() -> tuple[Entry, ...]:
    """List the forms, without importing the packages they need."""
    return tuple(Entry(name, target, missing(requires)) for name, target, requires in _FORMS)


def missing(requires: Iterable[str]) -> tuple[str, ...]:
    """Return the packages, by import name, that are not installed."""
    return tuple(package for package in requires if find_spec(package) is None)
