"""What decides how a model is asked, besides the model itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from vinee.errors import ExtractorError
from vinee.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Layer: TypeAlias = Literal["mentions", "timexes", "events"]
Unit: TypeAlias = Literal["document", "paragraph", "sentence"]
Language: TypeAlias = Literal["en", "vi"]
LEVELS: tuple[Level, ...] = get_args(Level)
LAYERS: tuple[Layer, ...] = get_args(Layer)

# What is set elsewhere, or would make the answer something else than one text.
_RESERVED = frozenset(
    {"model", "messages", "response_format", "temperature", "seed", "n", "stream"}
    | {"stream_options", "tools", "tool_choice", "functions", "function_call"}
)


@dataclass(frozen=True)
class Settings:
    """How a model is asked.

    Attributes:
        layers: What it is asked for.
        levels: Levels of the mentions that it is asked for.
        unit: How much text it is given at a time.
        language: Language of the instructions.
        shots: How many annotated sentences it is shown.
        temperature: None leaves it to the endpoint.
        seed: None leaves it to the endpoint.
        options: Further fields of each request.

    Raises:
        ExtractorError: One of these is not what it must be.
    """

    layers: tuple[Layer, ...] = LAYERS
    levels: tuple[Level, ...] = LEVELS
    unit: Unit = "paragraph"
    language: Language = "en"
    shots: int = 0
    temperature: float | None = 0.0
    seed: int | None = 1
    options: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_each("layers", self.layers, LAYERS)
        _check_each("levels", self.levels, LEVELS)
        _check_one("unit", self.unit, get_args(Unit))
        _check_one("language", self.language, get_args(Language))
        if type(self.shots) is not int or self.shots < 0:
            raise ExtractorError(f"shots must be a number from 0 (got {self.shots!r})")
        if reserved := sorted(_RESERVED & set(self.options)):
            raise ExtractorError(
                f"options must not hold {', '.join(reserved)}: these have parameters of their own, "
                "or change what an answer is; leave them out"
            )

    def sampling(self) -> dict[str, Any]:
        """Give the fields of a request that say how the model draws."""
        drawn = {"temperature": self.temperature, "seed": self.seed}
        return {**{key: value for key, value in drawn.items() if value is not None}, **self.options}

    def plain(self) -> dict[str, Any]:
        """Give all of it as what JSON can hold."""
        return asdict(self)

    def __str__(self) -> str:
        """Give what a reader of a leaderboard has to know."""
        said = [self.unit, self.language, "+".join(self.layers), "+".join(self.levels)]
        drawn = [f"{key}={value}" for key, value in self.sampling().items()]
        return ", ".join([*said, f"shots={self.shots}", *drawn])


def _check_each(name: str, given: Iterable[str], known: tuple[str, ...]) -> None:
    if not isinstance(given, tuple) or not given or len(set(given)) < len(given):
        raise ExtractorError(f"{name} must be a tuple of different names (got {given!r})")
    for each in given:
        _check_one(name, each, known)


def _check_one(name: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise ExtractorError(f"{name} must be of {', '.join(known)} (got {given!r})")
