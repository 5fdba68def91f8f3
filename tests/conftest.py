"""Every test has its own `datasets` cache and never asks a network."""

from __future__ import annotations

import os
import tempfile

# `datasets` reads these when it is imported, so they are set before any test module is.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_CACHE"] = tempfile.mkdtemp(prefix="vinee-datasets-")
os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"
