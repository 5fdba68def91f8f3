"""The record sets: one for each config, and tables of the labels and splits that they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from vinee.corpus.export import configs, features
from vinee.corpus.export.croissant import fields, labels
from vinee.model import LAYERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.corpus.export.configs import Config
    from vinee.model import Document

    Node = dict[str, Any]

_KEYS = {"documents": "doc_id", "coref": "doc_id"}


class RecordSets(NamedTuple):
    """The record sets, and for each config the columns that they leave out."""

    nodes: list[Node]
    left_out: dict[str, list[str]]


def file_set(kind: str) -> str:
    """Name the set of files that a kind of rows is read from."""
    return f"{kind}-files"


def record_sets(documents: Sequence[Document]) -> RecordSets:
    """Describe the rows of every config; imports ``datasets``.

    A layer that some article lacks is left out: ``mlcroissant`` would show one empty item.
    """
    known = labels.label_sets()
    used: dict[tuple[str, ...], None] = {}

    def table_of(names: tuple[str, ...]) -> str:
        used[names] = None
        return known[names].name

    nodes: list[Node] = []
    left_out: dict[str, list[str]] = {}
    doc_ids = [document.doc_id for document in documents]
    for config in configs.configs(doc_ids, configs.kinds(documents)):
        absent = _absent(documents) if config.data == "documents" else []
        described: list[Node] = []
        missing = list(absent)
        for name, feature in features.features(config.data).items():
            if name not in absent:
                source = {"fileSet": {"@id": file_set(config.data)}, "extract": {"column": name}}
                field = fields.field(config.name, name, feature, source, table_of)
                described += field.nodes
                missing += field.left_out
        if missing:
            left_out[config.name] = missing
        nodes += _rows(config, described, missing)
    nodes += [labels.record_set(names, known[names]) for names in used]
    return RecordSets(nodes, left_out)


def _absent(documents: Sequence[Document]) -> list[str]:
    return [layer for layer in LAYERS if any(getattr(each, layer) is None for each in documents)]


def _rows(config: Config, described: list[Node], missing: Sequence[str]) -> list[Node]:
    only = f" Only in the Parquet files: {', '.join(missing)}." if missing else ""
    what = configs.ROWS[config.data]
    node = {
        "@type": "cr:RecordSet",
        "@id": config.name,
        "name": config.name,
        "description": f"{what[0].upper()}{what[1:]}.{only}",
        "key": {"@id": f"{config.name}/{_KEYS.get(config.data, 'id')}"},
        "field": described,
    }
    return [node] if len(config.splits) == 1 else _fold(config, node)


def _fold(config: Config, node: Node) -> list[Node]:
    """Join the rows with a table that says in which split each article is.

    ``mlcroissant`` 1.1 keeps the iterator of a joined record set, so that a second reading by
    the same ``Dataset`` is empty; readers are told.
    """
    splits = f"{config.name}_splits"
    table = labels.table(
        splits,
        f"In which split of {config.name} each article is.",
        {"doc_id": "sc:Text", "split": "sc:Text"},
        [
            {"doc_id": doc_id, "split": split}
            for split, doc_ids in config.splits.items()
            for doc_id in doc_ids
        ],
    )
    split = {
        "@type": "cr:Field",
        "@id": f"{config.name}/split",
        "name": "split",
        "dataType": ["cr:Split", "sc:Text"],
        "source": {"field": {"@id": f"{splits}/split"}},
    }
    joined = [
        {**field, "references": {"field": {"@id": f"{splits}/doc_id"}}}
        if field["name"] == "doc_id"
        else field
        for field in node["field"]
    ]
    description = (
        f"{node['description']} `split` is train or test. mlcroissant 1.1 reads a fold once; to "
        "read it again, open the file again."
    )
    return [{**node, "description": description, "field": [*joined, split]}, table]
