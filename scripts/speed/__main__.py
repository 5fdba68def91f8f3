"""How fast the scores are: every work that is measured, as a table.

    make speed
    python scripts/speed [--quick] [--rounds N] [--json]

Each script of this folder can be run by itself, too.
"""

from __future__ import annotations

import chains
import draws
import events
import lines
import partial as spans
import tags
from measuring import run

if __name__ == "__main__":
    run([tags, spans, chains, events, draws, lines], __doc__)
