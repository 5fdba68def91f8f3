"""A model's files: where they are, what they are, and that loading them runs no code."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from vinee.errors import ExtractorError, one_line
from vinee.extractors.base import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

SAFE = ".safetensors"
_PICKLED = ".bin"
_FILES = (".json", ".txt", ".model", ".codes", ".vocab", SAFE)
_CARD = "README.md"
_ONLY_WEIGHTS = "TORCH_FORCE_WEIGHTS_ONLY_LOAD"
_MOST_SHOWN = 300


@contextmanager
def only_weights() -> Iterator[None]:
    """Let ``torch.load`` read tensors and plain values only, whatever a library asks it for.

    A pickle may run any code. What it refuses stays refused, with an ``UnpicklingError``.
    """
    before = os.environ.get(_ONLY_WEIGHTS)
    os.environ[_ONLY_WEIGHTS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_ONLY_WEIGHTS]
        else:
            os.environ[_ONLY_WEIGHTS] = before


def folder(
    model: str, system: str, *, revision: str | None, local_files_only: bool, pickled: bool
) -> Path:
    """Find a model's folder: the one named, or the snapshot of a repository of the Hub.

    Args:
        model: A path, or ``owner/name``.
        system: What to call the system in errors.
        revision: Branch, tag or commit of the repository.
        local_files_only: Take what was downloaded before and ask no network.
        pickled: Take weights in pickles, too.

    Raises:
        ExtractorError: There is no such folder, or no such repository that can be had, or it has
            no weights that may be loaded.
    """
    found = Path(model).expanduser()
    if not found.is_dir():
        if _looks_like_path(model):
            raise ExtractorError(
                f"{system}: there is no folder {model!r}; name the folder that holds config.json "
                "and the weights, or a repository of the Hugging Face Hub, owner/name"
            )
        found = _snapshot(model, system, revision, pickled=pickled, offline=local_files_only)
    kinds = {path.suffix for path in found.iterdir()}
    if SAFE in kinds or (pickled and _PICKLED in kinds):
        return found
    if _PICKLED in kinds:
        raise ExtractorError(
            f"{system}: its weights are pickles (.bin), which may hold code; convert them to "
            "safetensors, or, if you trust where they are from, make the extractor with "
            "pickled_weights=True (torch then loads tensors only)"
        )
    raise ExtractorError(
        f"{system}: no weights in {str(found)!r}; save the model with save_pretrained(), which "
        "writes model.safetensors"
    )


def digest(found: Path) -> str:
    """Hash a model's files: the first 12 hexadecimal digits of a SHA-256 over names and contents.

    The model card, which decides nothing, is left out, as are subfolders.
    """
    hashed = hashlib.sha256()
    for path in sorted(found.iterdir()):
        if path.is_file() and path.suffix in {*_FILES, _PICKLED}:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            hashed.update(f"{path.name}\0{content}\0".encode())
    return hashed.hexdigest()[:12]


def licence_in(found: Path) -> str:
    """Read the licence from the header of a model card; ``unknown`` if it does not say."""
    try:
        content = (found / _CARD).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return UNKNOWN
    if not content.startswith("---"):
        return UNKNOWN
    try:
        header = yaml.safe_load(content.split("---", 2)[1])
    except yaml.YAMLError:
        return UNKNOWN
    licence = header.get("license") if isinstance(header, dict) else None
    return licence if isinstance(licence, str) and licence else UNKNOWN


def failed(system: str, error: Exception) -> ExtractorError:
    """Make the error for a model that its library cannot load."""
    said = one_line(f"{type(error).__name__}: {error}")[:_MOST_SHOWN]
    return ExtractorError(
        f"{system}: the model cannot be loaded ({said}); check that its files are complete and "
        "made for this library and version"
    )


def _looks_like_path(model: str) -> bool:
    return model.startswith((".", "~", os.sep)) or model.count("/") > 1 or "\\" in model


def _snapshot(
    model: str, system: str, revision: str | None, *, pickled: bool, offline: bool
) -> Path:
    from huggingface_hub import snapshot_download

    wanted = [f"*{suffix}" for suffix in _FILES] + [_CARD]
    try:
        path = snapshot_download(
            model,
            revision=revision,
            local_files_only=offline,
            allow_patterns=[*wanted, f"*{_PICKLED}"] if pickled else wanted,
        )
    except (OSError, ValueError) as error:  # what the Hub's client raises is one of the two
        said = one_line(f"{type(error).__name__}: {error}")[:_MOST_SHOWN]
        raise ExtractorError(
            f"{system}: {model!r} is no folder, and cannot be had from the Hugging Face Hub "
            f"({said}); download it where there is a network (hf download {model}), or name a "
            "folder"
        ) from error
    return Path(path)
