"""How much memory a process of its own needs at most; the other scripts call it.

    python scripts/speed/memory.py tags FILE
    python scripts/speed/memory.py lines GOLD PREDICTIONS

Prints the highest resident set in megabytes, as Linux or macOS counted it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def peak(*arguments: str | Path) -> float:
    """Do some work in a process of its own, and return the megabytes that it took at most."""
    command = [sys.executable, __file__, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return float(done.stdout)


def main(work: str, *files: str) -> None:
    """Do the work, and print what it took."""
    if work == "tags":
        import tags

        tags.from_file(Path(files[0]))
    else:
        import lines

        lines.from_files(*map(Path, files))
    print(_highest())


def _highest() -> float:
    """Return the most megabytes that this process had at a time."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says begins with what the parent had.
        found = next(line for line in status.read_text().splitlines() if "VmHWM" in line)
        return int(found.split()[1]) / 1_000
    from resource import RUSAGE_SELF, getrusage

    return getrusage(RUSAGE_SELF).ru_maxrss / 1_000_000


if __name__ == "__main__":
    main(*sys.argv[1:])
