"""The command: what is asked for, the failures in their folders, and a summary by format."""

from __future__ import annotations

import argparse
import shutil
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from cases import case, put
from processes import in_processes, quiet
from valid import bases, format_names

if TYPE_CHECKING:
    from cases import Case
    from judge import Outcome


def main(doc: str | None) -> int:
    """Run the command, and give its exit code: 1 if there is a failure.

    Args:
        doc: What the command is for; its first line is shown.
    """
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=2_000, help="over all formats [%(default)s]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", action="append", choices=format_names(), help="[all]")
    parser.add_argument("--jobs", type=int, default=1, help="processes [%(default)s]")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    given = parser.parse_args()
    quiet()
    names = given.format or format_names()
    sources = bases(names)
    wanted = [(names[index % len(names)], index // len(names)) for index in range(given.files)]
    started = time.monotonic()
    found: dict[str, Counter[str]] = {name: Counter() for name in names}
    for each in in_processes(sources, wanted, given.seed, given.jobs):
        found[each.format][each.result] += 1
        if each.failure:
            made = case(sources, each.format, given.seed, each.number)
            print(f"{_saved(made, each, given.failures)}: {each.failure.splitlines()[0]}")
    print(f"{given.files} files, seed {given.seed}, {time.monotonic() - started:.0f} s")
    for name, counts in found.items():
        errors = {code: n for code, n in counts.most_common() if code not in {"scored", "failure"}}
        listed = ", ".join(f"{code} {n}" for code, n in errors.items())
        print(
            f"{name}: {counts.total()} files, {counts['scored']} scored, "
            f"{sum(errors.values())} refused ({listed}), {counts['failure']} failures"
        )
    return 1 if any(counts["failure"] for counts in found.values()) else 0


def _saved(made: Case, found: Outcome, folder: Path) -> Path:
    place = folder / f"{made.format}-{made.number}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    put(made, place)
    (place / "why.txt").write_text(
        f"{made.kinds}, named {made.named}\n{found.failure}", "utf-8", "backslashreplace"
    )
    return place
