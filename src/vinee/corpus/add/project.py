"""The project folder that an article is added to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee import resources
from vinee.corpus import seeds
from vinee.errors import IntegrityError

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = ("annotations", "seeds/seeds.yaml", f"seeds/{seeds.CHECKSUMS}")


def project_folder(root: Path | None = None) -> Path:
    """Return ``root``, or the checkout that ViNEE runs from, if it can be added to.

    Raises:
        IntegrityError: It is an installation, it is no project folder, or its seeds are not
            what their checksums say.
    """
    folder = root or resources.root()
    if folder.name == "_data":
        raise IntegrityError(
            f"{folder} belongs to the installed package, which is not for writing; "
            "name a project folder with --root, such as a checkout of ViNEE"
        )
    missing = [name for name in NEEDED if not (folder / name).exists()]
    if missing:
        raise IntegrityError(
            f"{folder} is no project folder: {', '.join(missing)} is not there; "
            "name one with --root"
        )
    if problems := seeds.checksum_problems(folder / "seeds"):
        raise IntegrityError(f"{folder / 'seeds'}: {problems[0]}; nothing was added")
    return folder
