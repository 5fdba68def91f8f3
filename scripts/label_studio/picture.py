"""What is seen in a browser, as a picture small enough for the documentation."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import FloatRect, Page


def keep(page: Page, path: Path, clip: FloatRect | None = None) -> None:
    """Keep what is seen with 256 colours, which take a third of the bytes."""
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip)))
    few = picture.convert("RGB").quantize(256, kmeans=1, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(path, f"{path.stat().st_size / 1000:.0f} kB")
