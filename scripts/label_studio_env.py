"""Make the environment of Label Studio's server in a folder: label_studio_env.py FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from vinee.errors import ServerError
from vinee.labelstudio.server.environment import ensure
from vinee.labelstudio.server.waiting import Waiting

if __name__ == "__main__":
    try:
        print(ensure(Path(sys.argv[1]), Waiting(say=print)))
    except ServerError as error:
        sys.exit(str(error))
