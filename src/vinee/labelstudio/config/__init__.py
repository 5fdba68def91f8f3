"""What annotators see in Label Studio, generated from the ontology.

``labeling_config`` is the interface as XML, ``instructions`` what the project says of it, and
``check_config`` tells whether a configuration, ours or another, has what the format needs.
"""

from __future__ import annotations

from vinee.labelstudio.config.check import check_config
from vinee.labelstudio.config.instructions import instructions
from vinee.labelstudio.config.labeling import labeling_config

__all__ = ["check_config", "instructions", "labeling_config"]
