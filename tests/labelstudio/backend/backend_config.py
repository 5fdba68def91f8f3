"""The labeling configuration that vinee makes, and what is left of it without some labels."""

from xml.etree import ElementTree as ET

from vinee import ontology
from vinee.labelstudio.config import labeling_config


def configuration(*without: str, relations: bool = True) -> str:
    """Give the configuration without some labels, and without relations if so wished."""
    tree = ET.fromstring(labeling_config(ontology.default()))  # noqa: S314 - our own
    for parent in [*tree.iter()]:
        for child in [*parent]:
            name = child.get("alias") or child.get("value")
            dropped = child.tag in {"Label", "Choice"} and name in without
            if dropped or (child.tag == "Relation" and not relations):
                parent.remove(child)
    return ET.tostring(tree, encoding="unicode")
