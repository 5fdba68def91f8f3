"""Loading the corpus that this installation carries, offline and from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee import resources
from vinee.corpus import gold, seeds
from vinee.corpus.export import configs
from vinee.errors import IntegrityError, UnknownNameError

if TYPE_CHECKING:
    from datasets import Dataset, DatasetDict


def load(name: str = configs.DEFAULT, split: str | None = None) -> Dataset | DatasetDict:
    """Load a config of the corpus with ``datasets``.

    Args:
        name: A config: ``documents``, ``ner``, ``ner_fine``, ``events``, ``ner_fold0`` …
        split: ``test`` (or ``train`` of a fold); without it all splits come in a dict.

    Returns:
        What ``datasets.load_dataset`` returns for the folder; offsets are code points.

    Raises:
        UnknownNameError: There is no config, or no split, of that name.
        IntegrityError: The installed corpus is incomplete or was changed.
    """
    known = {config.name: config.splits for config in _configs()}
    if name not in list(known):
        raise UnknownNameError("config", str(name), known)
    if split is not None and split not in known[name]:
        raise UnknownNameError(f"split of {name}", split, known[name])
    folder = resources.root() / "corpus"
    if problems := seeds.checksum_problems(folder):
        raise IntegrityError(f"{folder}: {problems[0]}; install ViNEE again, or build the corpus")
    from datasets import load_dataset

    return load_dataset(str(folder), name, split=split)


def _configs() -> tuple[configs.Config, ...]:
    documents = gold.documents()
    return configs.configs([each.doc_id for each in documents], configs.kinds(documents))
