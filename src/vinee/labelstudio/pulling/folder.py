"""The folders of passes: what may be written, what is there, and what is set aside.

A pass is replaced only by one of the same project and user; what comes from elsewhere stays.
Nothing is written before everything was pulled, so an interrupted pull changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from vinee.errors import Where
from vinee.formats import atomic, native
from vinee.labelstudio import wire
from vinee.labelstudio.checking.found import error
from vinee.labelstudio.pulling.passes import note_of

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.labelstudio.checking import TaskFinding
    from vinee.labelstudio.projects import Project
    from vinee.labelstudio.pulling.people import Annotator

Outcome = Literal["written", "unchanged", "kept"]


@dataclass(frozen=True)
class Folder:
    """The folder of all annotators' passes.

    Attributes:
        path: The folder; what is set aside is in one beside it, where nobody takes it for passes.
        project: The project that is pulled.
    """

    path: Path
    project: Project

    def pass_path(self, annotator: Annotator, name: str) -> Path:
        """Give where an annotator's pass is."""
        return self.path / annotator.folder / f"{name}.json"

    def rejected_path(self, annotator: Annotator, name: str) -> Path:
        """Give where an annotation is set aside that is no pass."""
        aside = self.path.with_name(f"{self.path.name}-rejected")
        return aside / annotator.folder / f"{name}.json"

    def write(
        self, annotator: Annotator, name: str, content: bytes
    ) -> tuple[Outcome, TaskFinding | None]:
        """Write a pass, unless the same is there, or one that comes from elsewhere."""
        path = self.pass_path(annotator, name)
        outcome: Outcome = "written"
        if path.exists():
            there = native.read_bytes(path)
            if there == content:
                outcome = "unchanged"
            elif not self._is_ours(there, annotator):
                problem = (
                    f"a pass that was not pulled from {self.project.title!r} is in its place, and "
                    "stays; give --to another folder, or --rename the annotator"
                )
                where = Where(file=str(path), doc_id=name)
                return "kept", error("pass-taken", where, problem)
        if outcome == "written":
            atomic.write_bytes(path, content)
        self._clear(annotator, name)
        return outcome, None

    def set_aside(self, annotator: Annotator, name: str, content: dict[str, Any]) -> Path:
        """Keep what is no pass, with what was found; a pass that is there stays."""
        path = self.rejected_path(annotator, name)
        encoded = msgspec.json.format(wire.encoded(content), indent=1) + b"\n"
        if not path.exists() or native.read_bytes(path) != encoded:
            atomic.write_bytes(path, encoded)
        return path

    def without_annotation(self, annotator: Annotator, names: set[str]) -> list[Path]:
        """List passes of this project that no annotation stands behind any more."""
        paths = sorted((self.path / annotator.folder).glob("*.json"))
        others = [path for path in paths if path.stem not in names]
        return [p for p in others if self._is_ours(native.read_bytes(p), annotator)]

    def _clear(self, annotator: Annotator, name: str) -> None:
        """Remove what was set aside before the annotation was mended."""
        path = self.rejected_path(annotator, name)
        if path.exists() and self._is_ours(native.read_bytes(path), annotator):
            path.unlink()

    def _is_ours(self, content: bytes, annotator: Annotator) -> bool:
        """Tell whether a file came of this project and user; servers may change their address."""
        try:
            note = note_of(msgspec.json.decode(content, type=dict[str, Any]))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False
        project = note.get("project")
        title = project.get("title") if isinstance(project, dict) else None
        return title == self.project.title and note.get("user") == annotator.user
