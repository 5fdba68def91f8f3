"""What annotators are told in the project itself: how to work, every label, and the guidelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.formats.label_studio import controls
from vinee.labelstudio.config import guidelines as full
from vinee.labelstudio.config import hotkeys
from vinee.labelstudio.config.attributes import TITLES
from vinee.labelstudio.config.labels import choices, labels
from vinee.labelstudio.config.palette import palette

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.labelstudio.config.guidelines import Guidelines
    from vinee.ontology import Ontology


def instructions(ontology: Ontology, guidelines: Iterable[Guidelines] | None = None) -> str:
    """Write the instructions, HTML, in Vietnamese and English.

    Args:
        ontology: Whose labels to explain.
        guidelines: What stands in full at the end; those of this installation if none are given.

    Raises:
        InvalidError: The editor cannot hold a name of the ontology as it is.
    """
    import jinja2
    from markupsafe import Markup

    known = labels(ontology)
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("vinee.labelstudio.config", "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    shown = full.guidelines() if guidelines is None else guidelines
    return environment.get_template("instructions.html.j2").render(
        labels=known,
        choices=choices(ontology),
        keys=hotkeys.hotkeys(ontology),
        colours=palette(known),
        attributes={control: TITLES[control] for control in TITLES if control in controls.CHOICES},
        extent=next(label for label in known if label.control == controls.EXTENT),
        span=next(label for label in known if label.control == controls.SPAN),
        extent_relation=controls.EXTENT_RELATION,
        places=[entity.name for entity in ontology.entities if entity.gpe_role],
        filter=Markup("<kbd>{}</kbd>").format(hotkeys.FILTER),
        guidelines=[
            # The renderer has escaped what was HTML in the files.
            {"title": each.title, "html": Markup(each.html)}  # noqa: S704
            for each in shown
        ],
    )
