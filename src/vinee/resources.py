"""Where the data files live: inside the installed wheel, or in the checkout for development."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from vinee.errors import IntegrityError

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """Return the folder that holds ``seeds/``, ``annotations/``, ``corpus/`` and ``benchmark/``.

    Raises:
        IntegrityError: Neither the wheel's data nor a checkout around the package is there.
    """
    for candidate in (_PACKAGE / "_data", _PACKAGE.parents[1]):
        if (candidate / "annotations" / "ontology.yaml").is_file():
            return candidate
    raise IntegrityError(
        f"ViNEE's data files are neither in {_PACKAGE / '_data'} nor in {_PACKAGE.parents[1]}; "
        "install the package again"
    )
