"""Projects on a real server, filled by the SDK alone, as anybody's program would fill them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from full_documents import canonical
from msgspec.structs import replace

from vinee import ontology
from vinee.corpus import gold
from vinee.formats import label_studio, native
from vinee.formats.label_studio import controls
from vinee.labelstudio import projects, pulling
from vinee.labelstudio.connection import Connection
from vinee.model import Document

GOLD = {document.doc_id: document for document in gold.documents()}


def config() -> str:
    """Give the plainest configuration that has all our controls, and a comment."""
    known = ontology.default()
    labels = {
        controls.MENTION: known.fine_labels,
        controls.EXTENT: (controls.EXTENT_LABEL,),
        controls.TIMEX: (controls.TIMEX_LABEL, *known.timexes),
        controls.TRIGGER: known.event_labels,
        controls.SPAN: (controls.SPAN_LABEL,),
    }
    choices = {
        controls.LEVEL: known.levels,
        controls.GPE_ROLE: known.gpe_roles,
        controls.TIMEX_MOD: known.timex_mods,
        controls.POLARITY: known.polarities,
        controls.REALIS: known.realis,
        controls.MODALITY: known.modalities,
    }
    parts = ['<Text name="text" value="$text"/><Relations choice="multiple"/>']
    for name, values in labels.items():
        inner = "".join(f'<Label value="{value}"/>' for value in values)
        parts.append(f'<Labels name="{name}" toName="text">{inner}</Labels>')
    for name, each in choices.items():
        inner = "".join(f'<Choice value="{value}"/>' for value in each)
        parts.append(f'<Choices name="{name}" toName="text" perRegion="true">{inner}</Choices>')
    texts = [*(controls.ATTRIBUTES.keys() - controls.CHOICES), "comment"]
    parts += [f'<TextArea name="{name}" toName="text" perRegion="true"/>' for name in texts]
    return f"<View>{''.join(parts)}</View>"


def project(connection: Connection, tasks: Iterable[dict[str, Any]]) -> str:
    """Make a project of tasks, and give its title."""
    title = f"pull {uuid.uuid4().hex[:12]}"
    sdk: Any = connection.sdk
    made = sdk.projects.create(title=title, label_config=config())
    sdk.projects.import_tasks(made.id, request=list(tasks))
    return title


def number(connection: Connection, title: str) -> int:
    """Give a project's number."""
    return projects.find(connection, title).id


def tasks_of(connection: Connection, title: str) -> dict[str, int]:
    """Give the numbers of a project's tasks by document."""
    listed: Any = connection.sdk.tasks.list(project=number(connection, title), page_size=1000)
    return {task.data["doc_id"]: int(task.id) for task in listed}


def bare(document: Document) -> dict[str, Any]:
    """Give a document as a task that nobody has annotated."""
    task = label_studio.task(document)
    return {"data": {k: v for k, v in task["data"].items() if k != "layers"}}


def result(document: Document) -> list[Any]:
    """Give what an annotator would submit who finds what the document has."""
    items: list[Any] = label_studio.task(document)["annotations"][0]["result"]
    return items


def somebody(connection: Connection, email: str) -> int:
    """Give the number of a user, who is made if need be."""
    for user in connection.sdk.users.list():
        if user.email == email:
            return int(user.id or 0)
    made: Any = connection.sdk.users.create(email=email, username=email.partition("@")[0])
    return int(made.id)


def pull(connection: Connection, title: str, to: Path, **asked: Any) -> pulling.Summary:
    """Pull a project."""
    return pulling.pull(connection, pulling.Asked(title, to, **asked))


def ids(summary: pulling.Summary) -> list[str]:
    """Give the findings' ids."""
    return sorted(finding.id for finding in summary.findings)


def plain(path: Path, like: Document | None = None) -> Document:
    """Read a pass as a document without the note of who made it.

    Sections and sentences, which a pass always has, go where ``like`` has none.
    """
    document = native.read(path)
    meta = {key: value for key, value in (document.meta or {}).items() if key != "pass"}
    document = replace(document, meta=meta or None)
    for layer in ("sections", "sentences"):
        if like is not None and getattr(like, layer) is None:
            document = replace(document, **{layer: None})
    return canonical(document)


def close(connection: Connection) -> None:
    """Close the SDK's client, which leaves that to the garbage collector."""
    client: Any = connection.sdk
    client._client_wrapper.httpx_client.httpx_client.close()  # noqa: SLF001
