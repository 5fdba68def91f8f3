"""Pages that are generated from the sources that they describe, when the site is built."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from vinee import ontology
from vinee.bench import result
from vinee.corpus import checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to those in ``docs/``."""
    for name, lines in (("ontology.md", _ontology()), ("checks.md", _checks())):
        files.append(File.generated(config, name, content="\n".join(lines) + "\n"))
    schema = json.dumps(result.json_schema(), ensure_ascii=False, indent=1)
    files.append(File.generated(config, "result.schema.json", content=schema + "\n"))
    return files


def _ontology() -> Iterator[str]:
    labels = ontology.default()
    yield f"# Ontology {labels.version}"
    yield ""
    yield "Generated from `annotations/ontology.yaml`, the only place where a label is defined."
    yield ""
    yield "## Entity types"
    yield ""
    yield "| type | Vietnamese | coarse | levels | definition | examples |"
    yield "|---|---|---|---|---|---|"
    for entity in labels.entities:
        examples = "; ".join(entity.positive)
        yield (
            f"| {entity.name} | {entity.vi} | {entity.coarse or '–'} | {', '.join(entity.levels)} "
            f"| {entity.definition} | {examples} |"
        )
    for title, glosses in (
        ("Levels", labels.levels),
        ("Metonymic roles (gpe_role)", labels.gpe_roles),
        ("Time expressions", labels.timexes),
        ("Modifiers of times (mod)", labels.timex_mods),
        ("Polarity", labels.polarities),
        ("Realis", labels.realis),
        ("Modality", labels.modalities),
    ):
        yield from ("", f"## {title}", "", "| value | Vietnamese | definition |", "|---|---|---|")
        for name, gloss in glosses.items():
            yield f"| {name} | {gloss.vi} | {gloss.definition} |"
    common = ", ".join(f"{name} ({role.definition})" for name, role in labels.common_roles.items())
    yield from ("", "## Event types", "", f"Every type also has: {common}")
    for event in labels.events:
        yield from _event(event)


def _event(event: ontology.EventType) -> Iterator[str]:
    yield from ("", f"### {event.name}", "", f"*{event.vi}.* {event.definition}", "")
    yield f"Examples: {'; '.join(event.positive)}."
    for counterexample in event.negative:
        yield f"Not: {counterexample.text} ({counterexample.why})."
    yield from ("", "| role | fillers | definition |", "|---|---|---|")
    for name, role in event.roles.items():
        yield f"| {name} | {', '.join(role.fillers)} | {role.definition} |"
    theirs = (
        f"{scheme}: {found[0]} ({found[1]})" if found else f"{scheme}: none"
        for scheme, found in event.crosswalk.items()
    )
    yield from ("", f"Counterparts: {'; '.join(theirs)}.")


def _checks() -> Iterator[str]:
    yield "# Checks"
    yield ""
    yield "What `vinee corpus validate` checks in gold; the first table holds for predictions too."
    for title, found in (("Any document", checks.CONTENT), ("Gold only", checks.GOLD)):
        yield from ("", f"## {title}", "", "| ids and meaning |", "|---|")
        for check in found:
            summary = re.split(r"\n\s*\n", check.__doc__ or "")[0]
            yield f"| {' '.join(summary.split())} |"
