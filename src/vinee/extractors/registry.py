"""Extractors by name: entry points, ``module:object``, commands, addresses and models."""

from __future__ import annotations

import importlib
import inspect
import sys
from importlib.metadata import entry_points
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from vinee.errors import ExtractorError, UnknownNameError, VineeError
from vinee.extractors import contract, raised
from vinee.extractors.base import Extractor
from vinee.extractors.callables import CallableExtractor
from vinee.extractors.forms import Entry, forms, missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from importlib.metadata import EntryPoint

GROUP = "vinee.extractors"
_COMMAND = "cmd:"
_ADDRESS = ("http:", "https:")
_MODEL = "llm:"
_FORMS = (
    "a registered name (see: vinee extractors), module:object, cmd:COMMAND, http://… or https://…, "
    "llm:MODEL, gliner:MODEL, spacy:MODEL, stanza:LANGUAGE or transformers:MODEL"
)
_LIBRARIES = ("gliner:", "spacy:", "stanza:", "transformers:")


class UnknownExtractorError(UnknownNameError):
    """No extractor is registered under that name; the message has all names, and all forms."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__("extractor", name, known)
        written = ", ".join(form.name for form in forms())
        self.args = (f"{self.args[0]}; or write it as one of: {written}",)


def available() -> tuple[Entry, ...]:
    """List the registered extractors by name, without importing the packages they need.

    A class names these packages in its attribute ``requires``, a tuple of import names.
    """
    return tuple(_entry(point) for _, point in sorted(_points().items()))


def resolve(spec: str | Callable[..., Any] | Extractor) -> Extractor:
    """Turn whatever names or is an extractor into an extractor.

    An object may be an extractor, a class to be made without arguments, or a callable from a
    text to ``(start, end, label)`` triples. Modules in the current directory are found too.

    Args:
        spec: A registered name, ``module:object``, ``cmd:COMMAND``, an address ``http://…`` or
            ``https://…``, ``llm:MODEL`` or ``llm:SETTINGS.yaml``, ``gliner:MODEL``,
            ``spacy:MODEL``, ``stanza:LANGUAGE`` or ``transformers:MODEL``, or an object.

    Raises:
        UnknownExtractorError: No extractor is registered under that name.
        ExtractorError: The module or object cannot be imported, or is no extractor, or claims
            what the ontology does not have; or the command or the address is none, or there is no
            endpoint for the model, or the model cannot be had.
        MissingExtraError: It needs a package that is not installed to know its own version.
    """
    found = _found(spec)
    contract.check(found)
    return found


def _found(spec: str | Callable[..., Any] | Extractor) -> Extractor:
    if not isinstance(spec, str):
        return _as_extractor(spec, getattr(spec, "__name__", type(spec).__name__))
    points = _points()
    if spec in points:
        return _as_extractor(_loaded(points[spec]), spec)
    if (made := _prefixed(spec)) is not None:
        return made
    if ":" not in spec:
        raise UnknownExtractorError(spec, points)
    return _as_extractor(_imported(spec), spec)


def _prefixed(spec: str) -> Extractor | None:
    """Make what a prefix names; None if there is no such prefix."""
    if spec.startswith(_COMMAND):
        from vinee.extractors.command import CommandExtractor

        return CommandExtractor(spec.removeprefix(_COMMAND).strip())
    if spec.startswith(_ADDRESS):
        from vinee.extractors.http import HttpExtractor

        return HttpExtractor(spec)
    if spec.startswith(_MODEL):
        from vinee.extractors.llm import spec as models

        return models.made(spec.removeprefix(_MODEL).strip())
    if spec.startswith(_LIBRARIES):
        from vinee.extractors.models import spec as libraries

        return libraries.made(spec)
    return None


def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def _entry(point: EntryPoint) -> Entry:
    try:
        found = _loaded(point)
    except VineeError as error:
        # One broken plugin must not hide the others.
        return Entry(point.name, point.value, problem=str(error))
    requires: tuple[str, ...] = getattr(found, "requires", ())
    return Entry(point.name, point.value, missing(requires))


def _loaded(point: EntryPoint) -> object:
    try:
        return cast("object", point.load())
    except VineeError:
        raise
    except raised.ANYTHING as error:
        raise ExtractorError(
            f"extractor {point.name!r}: cannot load its entry point {point.value!r} "
            f"({raised.said(error)}); repair or uninstall the package that declares it"
        ) from error


def _imported(spec: str) -> object:
    module, _, path = spec.partition(":")
    if path.startswith("//"):
        raise ExtractorError(f"{spec!r} is no address that an extractor can have; give {_FORMS}")
    here = str(Path.cwd())
    if here not in sys.path:
        # Last, so that a file of the user's never shadows an installed package.
        sys.path.append(here)
        importlib.invalidate_caches()
    try:
        return cast("object", attrgetter(path)(importlib.import_module(module)))
    except VineeError:
        raise
    except raised.ANYTHING as error:
        wanted = f"it must be module:object, importable from {here}"
        if module.endswith(".py"):
            file = Path(module)
            folder = "" if file.parent == Path() else f" in the folder {file.parent}"
            wanted = f"give the module, not its file: {file.stem}:{path}{folder}"
        raise ExtractorError(f"cannot import {spec!r} ({raised.said(error)}); {wanted}") from error


def _as_extractor(found: object, name: str) -> Extractor:
    if inspect.isclass(found):
        try:
            found = found()
        except VineeError:
            raise
        except raised.ANYTHING as error:
            raise ExtractorError(
                f"{name!r} cannot be made without arguments ({raised.said(error)}); "
                "make it yourself and name the instance"
            ) from error
        if not isinstance(found, Extractor):
            raise ExtractorError(
                f"{name!r}: {type(found).__name__} must have {_contract()}; add what it lacks"
            )
    if isinstance(found, Extractor):
        return found
    if callable(found):
        return CallableExtractor(found, name)
    raise ExtractorError(
        f"{name!r} must be an extractor, a class of one, or a callable (got {found!r}); "
        f"an extractor has {_contract()}"
    )


def _contract() -> str:
    return "name, version, claims, trained_on and extract()"
