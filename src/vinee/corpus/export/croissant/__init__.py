"""``croissant.json``: the dataset described in Croissant 1.1, with its answers on responsible AI.

``mlcroissant`` reads the folder from it, without a network. The prose stands in a template;
files, record sets, labels and numbers are generated.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import yaml

from vinee import ontology, text
from vinee.corpus import gold, seeds
from vinee.corpus.export.croissant import record_sets
from vinee.corpus.export.croissant.context import CONFORMS_TO, CONTEXT
from vinee.corpus.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.corpus.export.parquet import File
    from vinee.model import Document

    Node = dict[str, Any]

NAME = "croissant.json"
_PARQUET = "application/x-parquet"


def render(documents: Sequence[Document], files: Mapping[str, File]) -> str:
    """Write the description of documents and of the Parquet files made of them.

    Args:
        documents: The gold.
        files: Each Parquet file by its relative path, as for the card.
    """
    described = record_sets.record_sets(documents)
    prose = _prose(documents, described.left_out)
    dataset = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": list(CONFORMS_TO),
        **prose["dataset"],
        **{f"rai:{name}": answer for name, answer in prose["responsible_ai"].items()},
        "distribution": [*_file_objects(files), *_file_sets(files)],
        "recordSet": [_described(node, prose["records"]) for node in described.nodes],
    }
    return json.dumps(dataset, ensure_ascii=False, indent=1) + "\n"


def _prose(documents: Sequence[Document], left_out: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Give the template's texts: ``dataset``, ``responsible_ai``, and ``records`` by field."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("vinee.corpus.export", "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - YAML made of our own gold and edition, not a page
    )
    written = environment.get_template("croissant.yaml.j2").render(
        content_hash=gold.content_hash(documents),
        edition=gold.edition(),
        left_out=left_out,
        ontology=ontology.default(),
        provenance=seeds.provenance(),
        statistics=statistics(documents),
        word_tool=text.word_tool(),
    )
    prose: dict[str, Any] = yaml.safe_load(written)
    return prose


def _described(node: Node, texts: Mapping[str, str]) -> Node:
    """Add to each field the text that the template has for its name."""
    fields = [
        {**field, "description": texts[field["name"]]} if field["name"] in texts else field
        for field in node["field"]
    ]
    return {**node, "field": fields}


def _file_objects(files: Mapping[str, File]) -> list[Node]:
    return [
        {
            "@type": "cr:FileObject",
            "@id": path,
            "name": path.rpartition("/")[2],
            "contentUrl": path,
            "contentSize": f"{len(file.content)} B",
            "encodingFormat": _PARQUET,
            "sha256": hashlib.sha256(file.content).hexdigest(),
        }
        for path, file in sorted(files.items())
    ]


def _file_sets(files: Mapping[str, File]) -> list[Node]:
    """List the files of each kind of rows by name: what else lies beside them is not ours."""
    by_kind: dict[str, list[str]] = {}
    for path in sorted(files):
        by_kind.setdefault(path.split("/")[1], []).append(path)
    return [
        {
            "@type": "cr:FileSet",
            "@id": record_sets.file_set(kind),
            "name": record_sets.file_set(kind),
            "description": f"The Parquet files of {kind}, one for each article.",
            "encodingFormat": _PARQUET,
            "includes": paths,
        }
        for kind, paths in by_kind.items()
    ]
