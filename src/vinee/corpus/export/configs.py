"""The configs of the dataset: what a row of each is, and which documents are in which split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.model import Document

DEFAULT = "documents"
ROWS = {
    "documents": "an article with every layer",
    "ner": "a sentence with IOB2 tags, coarse types, over syllables",
    "ner_fine": "a sentence with IOB2 tags, fine types, over syllables",
    "ner_word": "a sentence with IOB2 tags, coarse types, over words that a tool made",
    "mentions": "a sentence with its names, nominals and pronouns, nested ones too",
    "coref": "an article with its chains of mentions and of events",
    "linking": "a mention with the entity of the corpus and of Wikidata that it means",
    "timex": "a sentence with its time expressions",
    "events": "a sentence with its events",
    "kb": "an article in the `kb` schema of BigBIO and SEACrowd",
}


@dataclass(frozen=True, slots=True)
class Config:
    """A config of the dataset.

    Attributes:
        name: What ``load_dataset`` takes.
        data: The kind of rows, and the folder under ``data/`` that holds their files.
        splits: Documents of each split; several configs may list the same files.
    """

    name: str
    data: str
    splits: Mapping[str, tuple[str, ...]]


def kinds(documents: Sequence[Document]) -> tuple[str, ...]:
    """Give the kinds of rows for which some document has the layer."""
    entities = [entity for document in documents for entity in document.entities or ()]
    times = [timex for document in documents for timex in document.timexes or ()]
    missing = set()
    if not entities:
        missing.add("coref")
    if not any(entity.wikidata for entity in entities):
        missing.add("linking")
    if not any(timex.value for timex in times):
        missing.add("timex")
    return tuple(kind for kind in ROWS if kind not in missing)


def configs(doc_ids: Sequence[str], data: Sequence[str] = tuple(ROWS)) -> tuple[Config, ...]:
    """Give all configs: the whole corpus as ``test``, and the leave-one-document-out folds.

    Args:
        doc_ids: The articles.
        data: The kinds of rows that there are, as `kinds` gives them.
    """
    ordered = tuple(sorted(doc_ids))
    whole = tuple(Config(kind, kind, {"test": ordered}) for kind in data)
    folds = tuple(
        Config(
            f"ner_fold{number}",
            "ner",
            {"train": tuple(d for d in ordered if d != held_out), "test": (held_out,)},
        )
        for number, held_out in enumerate(ordered)
    )
    return (*whole, *folds)
