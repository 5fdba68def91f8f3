"""Signatures: everything that two scores must share to be comparable, on one line.

The idea is sacreBLEU's (Post 2018, "A Call for Clarity in Reporting BLEU Scores"). The long form
has every value in full; the short one abbreviates names and lists, for tables.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from vinee import __version__, ontology
from vinee.errors import SchemaError, Where

if TYPE_CHECKING:
    from vinee.bench.resampling import Resampling
    from vinee.metrics.base import Metric
    from vinee.metrics.tally import Tally

HASH_DIGITS = 12
_SHORT = {
    "corpus": "c",
    "hash": "h",
    "task": "t",
    "metric": "m",
    "labels": "l",
    "types": "ty",
    "roles": "ro",
    "unit": "u",
    "match": "ma",
    "label": "la",
    "span": "sp",
    "levels": "lv",
    "nesting": "n",
    "nested": "nd",
    "duplicates": "d",
    "scheme": "sc",
    "mode": "mo",
    "across-sentences": "ac",
    "without-token": "wt",
    "arguments": "ar",
    "implicit": "im",
    "compared": "co",
    "pairing": "pa",
    "fillers": "fi",
    "triggers": "tr",
    "items": "it",
    "nil": "ni",
    "over": "ov",
    "threshold": "th",
    "chains": "ch",
    "scope": "so",
    "mentions": "me",
    "singletons": "si",
    "repeated": "re",
    "unicode": "uc",
    "interval": "i",
    "resampled": "rs",
    "draws": "dr",
    "seed": "s",
    "level": "le",
    "version": "v",
}
_LONGEST_SHORT_VALUE = 32
_DIGEST_DIGITS = 6


class Difference(NamedTuple):
    """A field in which two signatures differ; None where a signature lacks it."""

    field: str
    left: str | None
    right: str | None

    def __str__(self) -> str:
        """Give ``field: left, right`` in words."""
        return f"{self.field}: {self.left or 'absent'} against {self.right or 'absent'}"


class Signature(msgspec.Struct, frozen=True):
    """Ordered fields, ``(name, value)``; names hold no ``:`` and values no ``|``."""

    fields: tuple[tuple[str, str], ...]

    def long(self) -> str:
        """Give every field in full, ``name:value|name:value``."""
        return "|".join(f"{name}:{value}" for name, value in self.fields)

    def short(self) -> str:
        """Give abbreviated names; a long value becomes its first letters and a digest of it.

        The metric is always named in full.
        """
        return "|".join(
            f"{_SHORT.get(name, name)}:{value if name == 'metric' else _brief(value)}"
            for name, value in self.fields
        )

    @classmethod
    def parse(cls, long: str) -> Signature:
        """Read the long form.

        Raises:
            SchemaError: A part of it has no ``:``.
        """
        pairs = [part.partition(":") for part in long.split("|")]
        if not all(colon for _, colon, _ in pairs):
            raise SchemaError(
                "signature", Where(), f"a signature is name:value|name:value|… (got {long!r})"
            )
        return cls(tuple((name, value) for name, _, value in pairs))


def differences(left: Signature, right: Signature) -> list[Difference]:
    """Name the fields in which two signatures differ, in the order of the first.

    An empty list means that the two scores may be compared.
    """
    ours, theirs = dict(left.fields), dict(right.fields)
    names = dict.fromkeys((*ours, *theirs))
    return [
        Difference(name, ours.get(name), theirs.get(name))
        for name in names
        if ours.get(name) != theirs.get(name)
    ]


def build(  # noqa: PLR0913 -- a signature is made of what a score depends on
    metric: Metric,
    tally: Tally,
    resampling: Resampling,
    *,
    task: str,
    corpus: str,
    content_hash: str,
) -> Signature:
    """Collect the signature of one score.

    Args:
        metric: Its name and parameters are fields.
        tally: What it counted: its units.
        resampling: How the interval is made.
        task: Name of the task.
        corpus: Version of the gold, or ``user`` for a gold that is not ours.
        content_hash: SHA-256 of the gold, in hexadecimal digits.
    """
    fields = {
        "corpus": corpus,
        "hash": content_hash[:HASH_DIGITS],
        "task": task,
        "metric": metric.name,
        **_parameters(metric),
        "unicode": "raw",
        **resampling.fields(tally.unit, len(tally.units)),
        "version": __version__,
    }
    known = [*_SHORT]
    # A metric's parameter that is not known here keeps its name, after those that are.
    ordered = sorted(fields, key=lambda name: known.index(name) if name in known else len(known))
    return Signature(tuple((name, fields[name].replace("|", "/")) for name in ordered))


def _parameters(metric: Metric) -> dict[str, str]:
    # All labels are named only where they are a gold's own, so that "all" means ours.
    labels = ontology.default()
    sizes = {"types": len(labels.event_labels), "roles": len(labels.role_labels)}
    return {
        name: f"all[{sizes[name]}]" if value == "all" and name in sizes else value
        for name, value in metric.parameters.items()
    }


def _brief(value: str) -> str:
    if len(value) <= _LONGEST_SHORT_VALUE:
        return value
    digest = hashlib.sha256(value.encode("utf-8")).hexdigest()[:_DIGEST_DIGITS]
    return f"{value[:_DIGEST_DIGITS]}~{digest}"
