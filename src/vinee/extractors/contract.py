"""Whether what an extractor says of itself can be taken at its word."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard, get_args

from vinee import ontology
from vinee.errors import ExtractorError
from vinee.extractors.base import SEEN, UNKNOWN, Claims
from vinee.model import Level
from vinee.ontology import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.extractors.base import Extractor


def is_name(name: object) -> TypeGuard[str]:
    """Tell whether something can stand in a table as the name of a system."""
    return isinstance(name, str) and bool(name.strip()) and name.isprintable()


def check(extractor: Extractor) -> None:
    """Check an extractor's card: name, version, what it was trained on, and its claims.

    Raises:
        ExtractorError: One of these is not what it must be; labels must be the ontology's.
        MissingExtraError: The version is that of a package which is not installed.
    """
    name: object = extractor.name
    if not is_name(name):
        raise ExtractorError(
            f"extractor {name!r}: its name must be a str of printable characters; give it one"
        )
    for attribute in ("version", "trained_on"):
        value: object = getattr(extractor, attribute)
        if not isinstance(value, str) or not value:
            raise ExtractorError(
                f"extractor {name!r}: its {attribute} must be a str (got {value!r}); "
                "write 'unknown' if you cannot tell"
            )
    licence: object = getattr(extractor, "licence", UNKNOWN)
    if not isinstance(licence, str) or not licence:
        raise ExtractorError(
            f"extractor {name!r}: its licence must be a str (got {licence!r}); "
            "write its SPDX name, or leave it out"
        )
    seen: object = getattr(extractor, "texts_seen", UNKNOWN)
    if seen not in SEEN:
        raise ExtractorError(
            f"extractor {name!r}: texts_seen must be one of {_listed(SEEN)} (got {seen!r})"
        )
    _check_claims(name, extractor.claims)


def _check_claims(name: str, claims: object) -> None:
    if not isinstance(claims, Claims):
        raise ExtractorError(
            f"extractor {name!r}: its claims must be vinee.extractors.Claims (got {claims!r}); "
            "write Claims(entities=('PER', …)), or Claims() if it finds nothing that is scored"
        )
    if claims.scheme not in get_args(Scheme):
        raise ExtractorError(
            f"extractor {name!r}: the scheme of its claims must be one of "
            f"{_listed(get_args(Scheme))} (got {claims.scheme!r})"
        )
    for field in ("timexes", "chains", "event_chains", "links"):
        value: object = getattr(claims, field)
        if not isinstance(value, bool):
            raise ExtractorError(
                f"extractor {name!r}: claims.{field} must be True or False (got {value!r})"
            )
    _check_labels(
        f"extractor {name!r}: claims.levels",
        claims.levels,
        get_args(Level),
        "claim the levels of mentions that it gives",
    )
    labels = ontology.default()
    other = "coarse" if claims.scheme == "fine" else "fine"
    _check_labels(
        f"extractor {name!r}: claims.entities",
        claims.entities,
        labels.labels(claims.scheme),
        f"claim such labels, or name the other scheme with Claims(…, scheme={other!r})",
    )
    remedy = "claim such labels, and map your own onto them"
    _check_labels(f"extractor {name!r}: claims.events", claims.events, labels.event_labels, remedy)
    _check_labels(f"extractor {name!r}: claims.roles", claims.roles, labels.role_labels, remedy)


def _check_labels(what: str, claimed: object, known: Iterable[str], remedy: str) -> None:
    if not isinstance(claimed, tuple | list):
        raise ExtractorError(
            f"{what} must be a tuple of labels (got {claimed!r}); "
            "write a single one as a tuple too, ('PER',)"
        )
    known = tuple(known)
    unknown = [label for label in claimed if label not in known]
    if unknown:
        raise ExtractorError(
            f"{what} must be labels of the ontology, {_listed(known)} "
            f"(got {_listed(map(repr, unknown))}); {remedy}"
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
