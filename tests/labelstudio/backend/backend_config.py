"""A labeling configuration with all our controls, made of the ontology."""

from xml.sax.saxutils import quoteattr

from vinee import ontology
from vinee.formats.label_studio import controls


def configuration(**changed: list[str]) -> str:
    """Give the configuration; a keyword replaces the labels or choices of a control."""
    known = ontology.default()
    labels = {
        controls.MENTION: known.fine_labels,
        controls.EXTENT: [controls.EXTENT_LABEL],
        controls.TIMEX: [*known.timexes, controls.TIMEX_LABEL],
        controls.TRIGGER: known.event_labels,
        controls.SPAN: [controls.SPAN_LABEL],
    }
    choices = {
        controls.LEVEL: known.levels,
        controls.GPE_ROLE: known.gpe_roles,
        controls.POLARITY: known.polarities,
        controls.REALIS: known.realis,
        controls.MODALITY: known.modalities,
        controls.TIMEX_MOD: known.timex_mods,
    }
    roles = [role + tail for role in known.role_labels for tail in ("", controls.IMPLICIT)]
    relations = changed.get("relations", [controls.EXTENT_RELATION, *roles])
    texts = [name for name in controls.ATTRIBUTES if name not in choices]
    parts = [
        *(_control("Labels", "Label", n, changed.get(n, [*v])) for n, v in labels.items()),
        *(_control("Choices", "Choice", n, changed.get(n, [*v])) for n, v in choices.items()),
        *(f'<TextArea name="{name}" toName="text" perRegion="true"/>' for name in texts),
        f'<Relations choice="multiple">{_inner("Relation", relations)}</Relations>',
        '<Text name="text" value="$text" granularity="symbol"/>',
    ]
    return f"<View>{''.join(parts)}</View>"


def _control(tag: str, inner: str, name: str, values: list[str]) -> str:
    extra = ' perRegion="true"' if tag == "Choices" else ""
    return f'<{tag} name="{name}" toName="text"{extra}>{_inner(inner, values)}</{tag}>'


def _inner(tag: str, values: list[str]) -> str:
    return "".join(f"<{tag} value={quoteattr(value)}/>" for value in values)
