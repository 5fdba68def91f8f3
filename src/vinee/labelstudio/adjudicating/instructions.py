"""What an adjudicator is told in the project itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.labelstudio.config.instructions import instructions as of_annotators

if TYPE_CHECKING:
    from vinee.ontology import Ontology


def instructions(ontology: Ontology, annotators: tuple[str, str]) -> str:
    """Write the instructions, HTML: how to adjudicate, then what annotators are told.

    Raises:
        InvalidError: The editor cannot hold a name of the ontology as it is.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("vinee.labelstudio.adjudicating", "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    first, second = annotators
    template = environment.get_template("adjudication.html.j2")
    return template.render(first=first, second=second) + of_annotators(ontology)
