"""Dataset repositories: which Parquet files are a config's, and of which split."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from vinee.errors import InvalidError, MalformedError, SchemaError, UnknownNameError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from datasets import Features

CARD = "README.md"

_SHARD = re.compile(r"(?P<split>\w+(?:\.\w+)*)-\d{5}-of-\d{5}")
_WORDS = {
    "train": "train",
    "training": "train",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "dev": "validation",
    "test": "test",
    "testing": "test",
    "eval": "test",
    "evaluation": "test",
}
_BETWEEN_WORDS = re.compile(r"[-._ 0-9]+")
_DEFAULT_SPLIT = "train"

Parts = list[tuple[str, "Path"]]


def parts(folder: Path, config: str | None) -> tuple[Parts, Features | None]:
    """Give split and path of each Parquet file of a config, and the features that the card says.

    As ``datasets`` does, the card decides where it says something; else the names of files and
    folders tell the split, and ``train`` is that of all others.

    Raises:
        InputError: The card cannot be read or leads elsewhere, it is not clear which config is
            meant, or there is no Parquet file.
        UnknownNameError: There is no config of that name.
    """
    where = Where(file=str(folder / CARD))
    header = _header(folder, where)
    chosen = _chosen(header.get("configs") or [], config, where)
    found = list(_listed(folder, chosen, where))
    if not found:
        problem = "the folder holds no *.parquet file of the config; check path and card"
        raise MalformedError("no-documents", Where(file=str(folder)), problem)
    name = chosen.get("config_name", "default")
    return found, _features(folder, name, where) if "dataset_info" in header else None


def _header(folder: Path, where: Where) -> dict[str, Any]:
    import yaml

    if not (folder / CARD).is_file():
        return {}
    first, _, rest = native.read_text(folder / CARD).removeprefix("\ufeff").partition("\n")
    if first.rstrip() != "---":
        return {}
    try:
        header = yaml.safe_load(re.split(r"(?m)^---\s*$", rest, maxsplit=1)[0])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = f"the card's header is no YAML: {error}; mend it, or remove the card"
        raise MalformedError("hf-card", where, problem) from error
    if not isinstance(header, dict | None):
        raise _wrong_card(where, "the header must be a mapping")
    return header or {}


def _chosen(configs: Any, config: str | None, where: Where) -> dict[str, Any]:  # noqa: ANN401 - whatever a card holds
    if not isinstance(configs, list) or not all(
        isinstance(each, dict) and isinstance(each.get("config_name"), str) for each in configs
    ):
        raise _wrong_card(where, "configs must be a list of mappings with a config_name")
    by_name: dict[str, dict[str, Any]] = {each["config_name"]: each for each in configs}
    if config is not None:
        if config not in by_name:
            raise UnknownNameError("config", config, by_name)
        return by_name[config]
    defaults = [each for each in configs if each.get("default")] or [
        each for each in configs if len(configs) == 1 or each["config_name"] == "default"
    ]
    if configs and not defaults:
        problem = f"there are several configs and no default; ask for one of {', '.join(by_name)}"
        raise InvalidError("hf-config", where, problem)
    return defaults[0] if defaults else {}


def _listed(folder: Path, config: dict[str, Any], where: Where) -> Iterator[tuple[str, Path]]:
    base = config.get("data_dir") or "."
    said = config.get("data_files")
    if said is None:
        for file in _found(folder, f"{base}/**/*.parquet", where):
            yield _split_of(PurePosixPath(file.relative_to(folder).as_posix())), file
        return
    entries = [said] if isinstance(said, str | dict) else said
    if not isinstance(entries, list):
        raise _wrong_card(where, "data_files must be a pattern or a list")
    for entry in entries:
        split, patterns = _DEFAULT_SPLIT, entry
        if isinstance(entry, dict):
            split, patterns = str(entry.get("split", _DEFAULT_SPLIT)), entry.get("path")
        for pattern in patterns if isinstance(patterns, list) else [patterns]:
            if not isinstance(pattern, str):
                raise _wrong_card(where, "each path in data_files must be a string")
            for file in _found(folder, f"{base}/{pattern}", where):
                yield split, file


def _found(folder: Path, pattern: str, where: Where) -> list[Path]:
    within = pattern.removeprefix("./")
    place = PurePosixPath(within)
    if place.is_absolute() or ".." in place.parts or ":" in within:
        raise _wrong_card(where, f"{within!r} leads out of the folder, and nothing is fetched")
    try:
        found = sorted(file for file in folder.glob(within) if file.is_file())
    except (ValueError, NotImplementedError) as error:
        raise _wrong_card(where, f"the pattern {within!r} cannot be used: {error}") from error
    if other := next((file for file in found if file.suffix != ".parquet"), None):
        raise _wrong_card(where, f"{other.name!r} is no Parquet, and other files are not read")
    return found


def _split_of(file: PurePosixPath) -> str:
    if shard := _SHARD.match(file.name):
        return shard["split"]
    words = [word for part in file.parts for word in _BETWEEN_WORDS.split(part.casefold())]
    return next((_WORDS[word] for word in words if word in _WORDS), _DEFAULT_SPLIT)


def _features(folder: Path, config: str, where: Where) -> Features | None:
    from datasets.info import DatasetInfosDict

    try:
        infos = DatasetInfosDict.from_directory(str(folder))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _wrong_card(where, f"dataset_info cannot be read: {error}") from error
    info = infos.get(config) or (next(iter(infos.values())) if len(infos) == 1 else None)
    return None if info is None else info.features


def _wrong_card(where: Where, problem: str) -> SchemaError:
    return SchemaError("hf-card", where, f"{problem}; mend the card, or give a single file")
