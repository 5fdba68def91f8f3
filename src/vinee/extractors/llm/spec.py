"""``llm:MODEL`` and ``llm:FILE.yaml``: a model by its name, or with its settings in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import msgspec
import yaml

from vinee.errors import ExtractorError
from vinee.extractors.base import Seen  # noqa: TC001 - read when a file is
from vinee.extractors.llm.settings import Language, Layer, Unit  # noqa: TC001 - the same
from vinee.extractors.llm.usage import Price  # noqa: TC001 - the same
from vinee.model import Level  # noqa: TC001 - the same

if TYPE_CHECKING:
    from vinee.extractors.llm.extractor import LlmExtractor

_FILES = (".yaml", ".yml")


class Keywords(TypedDict, total=False):
    """What a settings file may hold: the parameters of `LlmExtractor`."""

    model: str
    url: str | None
    shots: int
    cache: str | None
    layers: tuple[Layer, ...]
    levels: tuple[Level, ...]
    unit: Unit
    language: Language
    temperature: float | None
    seed: int | None
    options: dict[str, Any]
    price: Price | None
    token_from: str
    concurrency: int
    name: str
    version: str
    trained_on: str
    licence: str
    texts_seen: Seen
    connect: float
    timeout: float
    retries: int
    backoff: float
    longest_wait: float
    longest: int


def made(named: str) -> LlmExtractor:
    """Make the extractor that is named after ``llm:``.

    Raises:
        ExtractorError: There is no model, or the file does not hold settings.
    """
    from vinee.extractors.llm.extractor import LlmExtractor

    if not named:
        raise ExtractorError("name a model or a settings file: llm:MODEL, llm:FILE.yaml")
    if not named.endswith(_FILES):
        return LlmExtractor(named)
    keywords = read(Path(named))
    if "model" not in keywords:
        raise ExtractorError(f"{named}: it names no model; add a line such as model: NAME")
    return LlmExtractor(**keywords)


def read(path: Path) -> Keywords:
    """Read settings from a YAML file.

    A key has no place in it: it comes from the environment variable that ``token_from`` names.

    Raises:
        ExtractorError: The file cannot be read, or holds something else than settings.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise ExtractorError(f"{path}: the settings cannot be read: {error}") from error
    known = Keywords.__annotations__
    if not isinstance(raw, dict) or not raw.keys() <= known.keys():
        what = sorted(map(str, raw.keys() - known.keys())) if isinstance(raw, dict) else type(raw)
        raise ExtractorError(
            f"{path}: settings must be of {', '.join(known)} (got {what!r}); a key has no place "
            "here, put it into an environment variable and name that with token_from"
        )
    try:
        return msgspec.convert(raw, Keywords)
    except msgspec.ValidationError as error:
        raise ExtractorError(f"{path}: {error}") from error
