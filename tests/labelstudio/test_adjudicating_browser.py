"""An adjudicator at work in a real browser."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from adjudications import empty, passes, recorded
from msgspec.structs import replace
from playwright.sync_api import expect, sync_playwright

from vinee.corpus.adjudication import adjudicate as offline
from vinee.corpus.adjudication import write_log
from vinee.labelstudio.adjudicating import adjudicate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page, Response

    from vinee.corpus.adjudication import LoggedDecision
    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.server.process import RunningServer

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium in the path: apt-get install chromium"
)
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE = 120_000  # milliseconds; a page with three hundred regions is slow on a busy machine
ARTICLE = passes()[2]


@pytest.fixture
def page(server: RunningServer) -> Iterator[Page]:
    """A browser in which the server's first user is logged in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        opened = browser.new_page(viewport={"width": 1500, "height": 950})
        opened.set_default_timeout(PATIENCE)
        opened.goto(f"{server.url}/user/login/")
        opened.fill("input[name=email]", server.user)
        opened.fill("input[name=password]", server.plan.credentials.password)
        opened.click("button[type=submit]")
        opened.wait_for_url(lambda url: "/user/login" not in url)
        yield opened
        browser.close()


def is_submission(response: Response) -> bool:
    return response.request.method == "POST" and "/annotations" in response.url


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit").click()


def hand_in(page: Page) -> None:
    with page.expect_response(is_submission) as answer:
        submit(page)
    assert answer.value.ok


def fill(block: Locator, decision: LoggedDecision) -> None:
    who = "a1: " if decision.take == "first" else "a2: "
    block.locator("label", has_text=who).click()
    block.get_by_role("textbox").first.click()
    block.page.keyboard.type(decision.why)


def test_answers_given_in_a_browser_arrive_and_nothing_else_has_changed(
    page: Page, connection: Connection, tmp_path: Path
) -> None:
    (before,) = adjudicate(connection, [ARTICLE], "in a browser", tmp_path)
    decisions = recorded(ARTICLE).decisions

    page.goto(before.url)
    blocks = page.locator(".vinee-block")
    expect(blocks).to_have_count(len(decisions), timeout=PATIENCE)
    for number, decision in enumerate(decisions):
        fill(blocks.nth(number), decision)
    hand_in(page)

    (after,) = adjudicate(connection, [ARTICLE], "in a browser", tmp_path)
    assert after.open == ()
    assert after.log == replace(recorded(ARTICLE), sweep=())
    assert after.document == offline(
        ARTICLE.first, ARTICLE.second, ARTICLE.naming, after.log.decided()
    )


def test_browser_does_not_submit_what_has_no_answer_and_keeps_what_the_log_had(
    page: Page, connection: Connection, tmp_path: Path
) -> None:
    log = recorded(ARTICLE)
    open_ = (replace(log.decisions[0], take=None, why=""), *log.decisions[1:])
    write_log(tmp_path / f"{ARTICLE.doc_id}.json", replace(log, decisions=open_))
    (before,) = adjudicate(connection, [ARTICLE], "required", tmp_path)

    page.goto(before.url)
    expect(page.locator(".vinee-block")).to_have_count(len(log.decisions), timeout=PATIENCE)
    submit(page)

    warning = "Choose an answer in the block that follows number 0"
    expect(page.get_by_text(warning)).to_be_visible(timeout=PATIENCE)
    (after,) = adjudicate(connection, [ARTICLE], "required", tmp_path)
    assert after.undecided == 1
    assert empty(ARTICLE).decisions[0] == after.log.decisions[0]

    page.get_by_role("button", name="OK").click()
    fill(page.locator(".vinee-block").first, log.decisions[0])
    hand_in(page)

    (after,) = adjudicate(connection, [ARTICLE], "required", tmp_path)
    assert after.open == ()
    assert after.log.decisions == log.decisions
    # The later change, set with its reason, came back from the browser as it was.
    assert [(c.id, c.after, c.why) for c in after.log.sweep] == [
        (c.id, c.after, c.why) for c in log.sweep
    ]
