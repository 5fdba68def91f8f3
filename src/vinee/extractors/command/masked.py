"""A command as a name that is published: without what may be a secret in it."""

from __future__ import annotations

import hashlib
import re

from vinee.errors import printable

_DIGITS = 8
# A value as a shell reads it, up to white space; inside quotation marks that began before it, up
# to their end. Where that cannot be told, more is masked rather than less.
_VALUE = r"""(?:\\"[^"]*"|"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s'"\\])+"""
_OPTION = "token|(?:api|access|secret)?[-_]?key|secret|password|passwd|passphrase|pass|pwd|auth"
_PLACES = (
    # A variable, or any other NAME=value.
    re.compile(rf"(?<![\w.-])(\w+=){_VALUE}"),
    # As --token X, --api-key=X, -password X, --hf-token X; not --max-tokens or --tokenizer.
    re.compile(
        rf"(?<![\w-])(--?(?:[^\W_]+[-_])*?(?:{_OPTION})(?:=|\s+(?!--)))(?:{_VALUE})", re.IGNORECASE
    ),
    # The header of a request.
    re.compile(r"(\b(?:Bearer|Basic)\s+)[^\s'\"]+", re.IGNORECASE),
    # The user of an address.
    re.compile(r"(://)[^\s/@'\"]+(?=@)"),
)


def name_of(prefix: str, command: str) -> str:
    """Name a command by its text, its secrets masked.

    These are values of ``NAME=value``, of options such as ``--token``, ``--api-key`` and
    ``--password``, of ``Bearer …`` and the user of an address. Where something was masked, a
    hash of the whole command follows, so that different commands keep different names.
    """
    shown = command
    for secret in _PLACES:
        shown = secret.sub(r"\1…", shown)
    if shown == command:
        return printable(f"{prefix}{command}")
    digest = hashlib.sha256(command.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return printable(f"{prefix}{shown} [{digest}]")
