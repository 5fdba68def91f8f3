"""What the pages share: templates that escape, and a policy that runs nothing but our own."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.bench.visible import plain, shortened, snippet, visible

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """Return templates in which all is escaped, with the filters for text of documents."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["visible"] = visible
    made.filters["plain"] = plain
    made.filters["snippet"] = snippet
    made.filters["short"] = shortened
    made.filters["label"] = lambda text: visible(shortened(text))
    return made


def source(name: str) -> str:
    """Read a style sheet or script of ours."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def trusted(own: str) -> Markup:
    """Mark a style sheet or script of ours as what need not be escaped."""
    from markupsafe import Markup

    return Markup(own)  # noqa: S704 - our own style sheet or script; nothing of a document is in it


def policy(style: str, script: str | None = None) -> str:
    """Write the policy by which a browser takes this style sheet and this script alone."""
    scripts = "'none'" if script is None else _hash(script)
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {scripts}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
