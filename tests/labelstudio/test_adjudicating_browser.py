"""An adjudicator at work in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from adjudications import LAO_AGAIN, PHAP, empty, passes, recorded, two_views
from annotator import Annotator
from chromium import CHROMIUM, MISSING, chromium
from msgspec.structs import replace
from playwright.sync_api import expect

from vinee.corpus.adjudication import adjudicate as offline
from vinee.corpus.adjudication import write_log
from vinee.labelstudio.adjudicating import adjudicate
from vinee.labelstudio.adjudicating.names import CHANGE_WHY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page, Response

    from vinee.corpus.adjudication import LoggedDecision
    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.server.process import RunningServer

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
PATIENCE = 120_000  # milliseconds; a page with three hundred regions is slow on a busy machine
ARTICLE = passes()[2]
MANY = 100


@pytest.fixture
def page(server: RunningServer) -> Iterator[Page]:
    """A browser in which the server's first user is logged in."""
    with chromium() as browser:
        opened = browser.new_page(viewport={"width": 1500, "height": 950})
        opened.set_default_timeout(PATIENCE)
        opened.goto(f"{server.url}/user/login/")
        opened.fill("input[name=email]", server.user)
        opened.fill("input[name=password]", server.plan.credentials.password)
        opened.click("button[type=submit]")
        opened.wait_for_url(lambda url: "/user/login" not in url)
        yield opened


def is_submission(response: Response) -> bool:
    return response.request.method == "POST" and "/annotations" in response.url


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit").click()


def hand_in(page: Page) -> None:
    with page.expect_response(is_submission) as answer:
        submit(page)
    assert answer.value.ok


def numbers(url: str) -> tuple[int, int]:
    """Give the numbers of project and task in an address."""
    project, task = map(int, re.findall(r"\d+", url.partition("/projects")[2]))
    return project, task


def fill(block: Locator, decision: LoggedDecision) -> None:
    told = {"first": "a1: ", "second": "a2: ", "other": "Neither: I put it right"}
    block.locator("label", has_text=told[str(decision.take)]).click()
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


def test_items_are_compared_by_their_pages_and_a_third_one_is_written_at_a_mention(
    page: Page, server: RunningServer, connection: Connection, tmp_path: Path
) -> None:
    article = two_views()
    (before,) = adjudicate(connection, [article], "items", tmp_path)
    assert before.undecided == 1
    person = Annotator(page, server.url, tmp_path)
    person.open(*numbers(before.url))

    [block] = page.locator(".vinee-block").all()
    link = block.get_by_role("link", name="Q819")
    expect(link).to_have_attribute("href", "https://www.wikidata.org/wiki/Q819")
    expect(block.locator(".vinee-versions")).to_contain_text("minh NIL")
    block.locator("label", has_text="Neither: I write it at one of its mentions").click()
    block.get_by_role("textbox").first.click()
    page.keyboard.type("the kingdom is meant")
    at = {(each.start, each.end): each for each in person.regions()}
    person.select(at[PHAP])
    assert person.written("entity_wikidata") == ["Q142"]
    person.select(at[LAO_AGAIN])
    person.write("entity_wikidata", "Q853477")
    person.submit()

    (after,) = adjudicate(connection, [article], "items", tmp_path)
    assert after.open == ()
    assert after.document is not None
    assert [e.wikidata for e in after.document.entities or ()] == ["Q853477", "Q142"]
    assert [(c.id, c.why) for c in after.log.sweep] == [
        ("entity lao wikidata", "the kingdom is meant")
    ]


@pytest.mark.slow
def test_third_answer_is_set_in_the_text_and_what_both_missed_is_drawn_there(
    page: Page, server: RunningServer, connection: Connection, tmp_path: Path
) -> None:
    log = replace(recorded(ARTICLE), sweep=())
    index = next(n for n, each in enumerate(ARTICLE.found) if each.what == "modality")
    third = replace(log.decisions[index], take="other", why="R3: neither fits here")
    open_ = [*log.decisions]
    open_[index] = replace(third, take=None, why="")
    write_log(tmp_path / f"{ARTICLE.doc_id}.json", replace(log, decisions=tuple(open_)))
    (before,) = adjudicate(connection, [ARTICLE], "by hand", tmp_path)
    found = ARTICLE.found[index]
    missed = ARTICLE.text.index("ngày")
    person = Annotator(page, server.url, tmp_path)
    page.set_default_timeout(PATIENCE)

    person.open(*numbers(before.url))
    assert len(person.regions()) > MANY
    fill(page.locator(".vinee-block").nth(index), third)
    event = next(
        each
        for each in person.regions()
        if each.control == "trigger" and each.start == found.key.start
    )
    person.select(event)
    person.choose("modality", "DESIRED")
    page.get_by_text("Labels, to put something right in the text").click()
    drawn = person.label("2", missed, missed + len("ngày"))
    person.select(drawn)
    person.choose("level", "NOM")
    person.write("entity", "a-new-one")
    person.write(CHANGE_WHY, "M1: both missed it")
    person.submit()

    (after,) = adjudicate(connection, [ARTICLE], "by hand", tmp_path)
    assert after.open == ()
    assert after.log.decisions[index] == third
    assert {(c.id, c.why) for c in after.log.sweep} == {
        (found.id, third.why),
        (f"s10 mention ngày@{missed} ORG exists", "M1: both missed it"),
    }
    assert after.document is not None
    assert [
        e.modality for e in after.document.events or () if e.trigger.start == found.key.start
    ] == ["DESIRED"]
    assert [(m.type, m.level) for m in after.document.mentions or () if m.start == missed] == [
        ("ORG", "NOM")
    ]
