"""What annotators see in Label Studio, generated from the ontology."""

from __future__ import annotations

from vinee.labelstudio.config.labeling import labeling_config

__all__ = ["labeling_config"]
