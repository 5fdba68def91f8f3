"""Mutate valid prediction files in every format, and see that none is misread in silence.

    python scripts/fuzz --files 100000 --seed 1 --jobs 2 --failures /tmp/failures

Each mutated file is read strictly and leniently, and scored. It must give scores or an error of
ViNEE's that names the file or a document. A failure is any other exception, more time
or memory than `judge.py` allows, a dead process, or scores that hide that something is missing:

- a strict read gives all that the format's reader gave, and so has no findings;
- what a lenient read leaves out is in its findings, one by one;
- every gold document is predicted, or listed as unpredicted;
- each prediction that a task can see is counted as predicted, equal ones once;
- where nothing was taken out of a file, its items do not vanish without a word.

A case is fixed by seed, format and number. Failures are written to the folder given, and the
exit code is then 1.
"""

from __future__ import annotations

import sys

from command import main

if __name__ == "__main__":
    sys.exit(main(__doc__))
