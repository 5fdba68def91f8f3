"""Debian's Chromium for playwright, without the sandbox and without calls to its makers."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
MISSING = "no chromium in the path: apt-get install chromium"
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@contextmanager
def chromium(*urls: str) -> Iterator[Browser]:
    """Start Chromium without a window, and end it.

    It finds this machine and the hosts of ``urls``, and nothing else: the pages report to their
    makers, and what is annotated here is nobody else's business.

    Raises:
        FileNotFoundError: There is none in the path.
    """
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        raise FileNotFoundError(MISSING)
    found = [urlsplit(url).hostname for url in urls]
    rules = ["MAP * ~NOTFOUND", *(f"EXCLUDE {host}" for host in ("127.0.0.1", "localhost", *found))]
    switches = [*SWITCHES, f"--host-resolver-rules={', '.join(rules)}"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=switches)
        yield opened
        opened.close()
