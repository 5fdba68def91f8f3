"""The dataset card: its header for machines, its text for readers, every number generated.

``datasets`` decides from the card alone whether its cache is still good. So each config's
description carries the hash of the very files that the config reads: when the data change,
the card changes, and nobody who upgrades is served old rows.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from vinee import ontology, resources
from vinee.corpus import gold, seeds
from vinee.corpus.export import configs, features
from vinee.corpus.statistics import cut_by_words, statistics
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.corpus.export.configs import Config
    from vinee.corpus.export.parquet import File
    from vinee.model import Document

NAME = "README.md"
_UNDEFINED = "–"


def render(documents: Sequence[Document], files: Mapping[str, File]) -> str:
    """Write the card for documents and the Parquet files made of them (by relative path)."""
    import jinja2

    all_configs = configs.configs(
        [document.doc_id for document in documents], configs.kinds(documents)
    )
    header = yaml.safe_dump(
        _header(all_configs, files), allow_unicode=True, sort_keys=False, width=1000
    )
    counted = statistics(documents)
    labels = ontology.default()
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("vinee.corpus.export", "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown made of our own gold and ontology, not a page
    )
    body = environment.get_template("card.md.j2").render(
        configs=[(config, _rows(config, files)) for config in all_configs],
        kinds=configs.ROWS,
        content_hash=gold.content_hash(documents),
        edition=gold.edition(),
        ontology=labels,
        provenance=seeds.provenance(),
        statistics=counted,
        words=cut_by_words(documents),
        unused=gold.edition().unused,
        agreement=_agreement(),
    )
    return f"---\n{header}---\n\n{body}"


def _agreement() -> dict[str, Any] | None:
    """Give the figures of ``agreement.json`` for the gold's annotators, if there are any."""
    path = resources.root() / "annotations" / "agreement.json"
    if not path.is_file():
        return None
    pair = msgspec.json.decode(native.read_bytes(path))["pairs"][0]
    figures = {
        **{f"{name}, F1": layer["all"]["f1"] for name, layer in pair["layers"].items()},
        **{f"{name}, F1": chains["f1"] for name, chains in pair["chains"].items()},
        **{f"{name}, κ": attribute["kappa"] for name, attribute in pair["attributes"].items()},
    }
    rows = [(name, _UNDEFINED if n is None else f"{n:.3f}") for name, n in figures.items()]
    return {"annotators": pair["annotators"], "rows": rows}


def _header(all_configs: Sequence[Config], files: Mapping[str, File]) -> dict[str, Any]:
    return {
        "pretty_name": "ViNEE: Vietnamese Named Entities and Events",
        "language": ["vi"],
        "license": "other",
        "license_name": "cc-by-4.0-for-the-annotations",
        "license_link": "https://creativecommons.org/licenses/by/4.0/",
        "annotations_creators": ["machine-generated"],
        "language_creators": ["found"],
        "multilinguality": ["monolingual"],
        "size_categories": ["n<1K"],
        "source_datasets": ["original"],
        "task_categories": ["token-classification", "text-classification"],
        "task_ids": ["named-entity-recognition"],
        "tags": ["event-extraction", "nested-ner", "vietnamese", "news", "benchmark"],
        "configs": [_config(config, files) for config in all_configs],
        "dataset_info": [_info(config, files) for config in all_configs],
    }


def _config(config: Config, files: Mapping[str, File]) -> dict[str, Any]:
    entry: dict[str, Any] = {"config_name": config.name}
    if config.name == configs.DEFAULT:
        entry["default"] = True
    entry["version"] = gold.edition().version
    entry["description"] = f"content sha256 {_digest(config, files)}"
    entry["data_files"] = [
        {"split": split, "path": _paths(config, doc_ids)}
        for split, doc_ids in config.splits.items()
    ]
    return entry


def _info(config: Config, files: Mapping[str, File]) -> dict[str, Any]:
    splits = [
        {
            "name": split,
            "num_bytes": sum(files[path].memory for path in _paths(config, doc_ids)),
            "num_examples": sum(files[path].rows for path in _paths(config, doc_ids)),
        }
        for split, doc_ids in config.splits.items()
    ]
    every = sorted({path for ids in config.splits.values() for path in _paths(config, ids)})
    return {
        "config_name": config.name,
        "features": features.features(config.data)._to_yaml_list(),  # noqa: SLF001 - how `datasets` itself writes a card
        "splits": splits,
        "download_size": sum(len(files[path].content) for path in every),
        "dataset_size": sum(split["num_bytes"] for split in splits),
    }


def _paths(config: Config, doc_ids: Sequence[str]) -> list[str]:
    return [f"data/{config.data}/{doc_id}.parquet" for doc_id in doc_ids]


def _digest(config: Config, files: Mapping[str, File]) -> str:
    digest = hashlib.sha256()
    for split, doc_ids in config.splits.items():
        for path in _paths(config, doc_ids):
            digest.update(
                f"{split} {path} ".encode() + hashlib.sha256(files[path].content).digest()
            )
    return digest.hexdigest()


def _rows(config: Config, files: Mapping[str, File]) -> dict[str, int]:
    return {
        split: sum(files[path].rows for path in _paths(config, doc_ids))
        for split, doc_ids in config.splits.items()
    }
