"""Packages that extractors need."""

from __future__ import annotations

from vinee.errors import MissingExtraError


def package_version(package: str, extra: str) -> str:
    """Version of an installed package.

    Raises:
        MissingExtraError: It is not installed.
    """
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError as error:
        raise MissingExtraError(package, extra) from error
