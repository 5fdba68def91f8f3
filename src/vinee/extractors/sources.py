"""The files that decide what a function does: its own, and those of local modules it imports."""

from __future__ import annotations

import ast
import hashlib
import inspect
import sys
import sysconfig
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import resolve_name
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FunctionType

_INSTALLED = {"site-packages", "dist-packages"}
_OURS = "vinee"  # its version stands in every signature


def digest(function: FunctionType) -> str | None:
    """Hash the files that decide what a function does; None where one of them is gone.

    These are the file that defines it and, transitively, those of the modules imported there,
    without what is installed and the standard library. What is imported by a computed name, and
    data that is read, is not seen.
    """
    source = inspect.getsourcefile(function)
    try:
        # One that was typed into an interpreter has no file.
        content = b"" if source is None else Path(source).read_bytes()
        if source is None or not content:
            return None
        modules = _modules(function, Path(source), content)
    except OSError:
        return None
    whole = hashlib.sha256(content)
    for name, imported in sorted(modules.items()):
        whole.update(b"\0%s\0%s" % (name.encode(), hashlib.sha256(imported).digest()))
    return whole.hexdigest()


def _modules(function: FunctionType, source: Path, content: bytes) -> dict[str, bytes]:
    """Read the local modules that a function's module imports, by name."""
    found: dict[str, bytes] = {}
    package = str(function.__globals__.get("__package__") or "")
    waiting = [*_with_parents(package), *_imported(content, package)]
    seen = {str(function.__module__)}
    while waiting:
        name = waiting.pop()
        if name in seen or name.partition(".")[0] == _OURS:
            continue
        seen.add(name)
        spec = _spec(name)
        path = None if spec is None else _local(spec)
        if spec is None or path is None or path == source:
            continue
        found[name] = path.read_bytes()
        if path.suffix == ".py":
            waiting.extend(_imported(found[name], spec.parent or ""))
    return found


def _imported(content: bytes, package: str) -> Iterator[str]:
    """Name the modules that a source imports, their packages, and what may be modules."""
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError):  # it fails when it is imported, if it ever is
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                yield from _with_parents(each.name)
        elif isinstance(node, ast.ImportFrom):
            try:
                base = resolve_name("." * node.level + (node.module or ""), package)
            except ImportError:  # it leads out of its package
                continue
            yield from _with_parents(base)
            yield from (f"{base}.{each.name}" for each in node.names)


def _with_parents(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]


def _spec(name: str) -> ModuleSpec | None:
    """Find a module without importing it."""
    if (module := sys.modules.get(name)) is not None:
        return module.__spec__
    package = name.rpartition(".")[0]
    if not package:
        return PathFinder.find_spec(name)
    parent = _spec(package)
    if parent is None or parent.submodule_search_locations is None:
        return None
    return PathFinder.find_spec(name, [*parent.submodule_search_locations])


def _local(spec: ModuleSpec) -> Path | None:
    """Give the file of a module that is neither installed nor of the standard library."""
    if not spec.has_location or spec.origin is None:
        return None
    path = Path(spec.origin)
    if _INSTALLED & {*path.parts}:
        return None
    standard = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib"))
    return None if any(path.is_relative_to(folder) for folder in standard) else path
