"""The configuration on a real server, in a real browser: what it stores, and what is shown when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from chromium import CHROMIUM, chromium
from hostile_ontology import ENTITY, hostile
from playwright.sync_api import Browser, Dialog, Page

from vinee.corpus import gold
from vinee.formats.label_studio import task
from vinee.labelstudio.config import check_config, instructions, labeling_config
from vinee.labelstudio.connection import Connection
from vinee.labelstudio.projects import Project, ensure, find
from vinee.model import Document
from vinee.ontology import default

pytestmark = pytest.mark.slow

pytest.importorskip("label_studio_sdk", reason="the SDK is in the extra `label-studio`")
in_a_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium in the path: apt-get install chromium"
)
XML = labeling_config(default())
TEXT = "Ông  Trump\tgặp bà 😀 Merkel\nở Hà Nội. Họ nói."
CREATED = 201
SELECTED = """() => [...document.querySelectorAll('.lsf-label_selected [title]')]
    .map(each => each.title)"""
# Where some words stand on the screen: the left and the right end, and the middle of the height.
PLACE = """words => {
    const texts = document.createTreeWalker(
        document.querySelector('.lsf-richtext__container'), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const at = texts.currentNode.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(texts.currentNode, at);
        range.setEnd(texts.currentNode, at + words.length);
        const box = range.getBoundingClientRect();
        return [box.left, box.right, box.top + box.height / 2];
    }
}"""


@pytest.fixture
def project(connection: Connection) -> Iterator[Project]:
    made = ensure(connection, "What annotators see", XML, instructions(default()))
    yield made
    projects: Any = connection.sdk.projects
    projects.delete(made.id)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, server: Any) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1600, "height": 1000})
    opened.goto(f"{server.url}/user/login/")
    opened.fill("input[name=email]", server.user)
    opened.fill("input[name=password]", server.plan.credentials.password)
    opened.click("button[type=submit]")
    opened.wait_for_url(lambda address: "/login" not in address)
    yield opened
    opened.close()


@pytest.fixture
def opened_task(page: Page, connection: Connection, project: Project) -> int:
    """A task without annotations, open in the browser."""
    tasks: Any = connection.sdk.tasks
    number = int(tasks.create(project=project.id, data={"doc_id": "d", "text": TEXT}).id)
    show(page, connection, project, number)
    return number


def show(page: Page, connection: Connection, project: Project, number: int) -> None:
    page.goto(f"{connection.url}/projects/{project.id}/data?task={number}")
    page.locator(".lsf-richtext__line").first.wait_for()
    # The editor binds its keys when all is drawn.
    page.wait_for_timeout(1500)


def show_annotated(page: Page, connection: Connection, project: Project, document: Document) -> int:
    """Show a document with its annotation; give how many regions that has."""
    written = task(document)
    (annotation,) = written["annotations"]
    tasks, annotations = connection.sdk.tasks, connection.sdk.annotations
    created: Any = tasks.create(project=project.id, data=written["data"])
    made: Any = annotations
    made.create(created.id, result=annotation["result"])
    show(page, connection, project, int(created.id))
    page.locator(".htx-highlight").first.wait_for()
    page.wait_for_timeout(1500)
    return sum(each["type"] == "labels" for each in annotation["result"])


def drag(page: Page, first: str, last: str | None = None) -> None:
    left, _, height = page.evaluate(PLACE, first)
    _, right, _ = page.evaluate(PLACE, last or first)
    page.mouse.move(left + 0.5, height)
    page.mouse.down()
    page.mouse.move(right - 2, height, steps=4)
    page.mouse.move(right - 0.3, height)
    page.mouse.up()
    page.wait_for_timeout(200)


def choose(page: Page, label: str) -> None:
    page.keyboard.press("Escape")
    found = f'.htx-highlight:is([data-label$=":{label}"], [data-label*=":{label} "])'
    page.locator(found).first.click()
    page.wait_for_timeout(200)


def submitted(page: Page, connection: Connection, number: int) -> list[dict[str, Any]]:
    path = f"/api/tasks/{number}/annotations"
    with page.expect_response(lambda answer: path in answer.url and answer.status == CREATED):
        page.get_by_role("button", name="Submit").click()
    tasks: Any = connection.sdk.tasks
    (annotation,) = tasks.get(number).annotations
    return list(annotation["result"])


def said(result: list[dict[str, Any]]) -> dict[tuple[str, str], Any]:
    """What was said, by the region's text and the control."""
    return {
        (TEXT[each["value"]["start"] : each["value"]["end"]], each["from_name"]): each["value"][
            "text" if each["type"] == "textarea" else each["type"]
        ]
        for each in result
        if each["type"] != "relation"
    }


def test_server_takes_the_configuration_and_gives_it_back(
    connection: Connection, project: Project
) -> None:
    stored = find(connection, str(project.id)).config

    assert check_config(stored).find_tags()
    assert stored.strip() == XML.strip()


def test_server_takes_each_gold_document_with_its_annotation(
    connection: Connection, project: Project
) -> None:
    projects: Any = connection.sdk.projects
    documents = gold.documents()

    answer = projects.import_tasks(project.id, request=[task(each) for each in documents])

    assert (answer.task_count, answer.annotation_count) == (len(documents), len(documents))


@in_a_browser
@pytest.mark.usefixtures("opened_task")
def test_every_key_selects_its_label_and_no_other_label_has_one(page: Page) -> None:
    labels = list(ET.fromstring(XML).iter("Label"))  # noqa: S314
    keys = {each.attrib["value"]: each.get("hotkey") for each in labels}
    found = {}
    for value, key in keys.items():
        if key is None:
            continue
        pressed = f"Shift+Key{key[-1].upper()}" if key.startswith("shift+") else key
        page.keyboard.press(pressed)
        found[value] = page.evaluate(SELECTED)
        page.keyboard.press(pressed)

    assert found == {value: [value] for value, key in keys.items() if key is not None}
    shown = page.locator(".vinee-labels .lsf-label:has(.lsf-label__hotkey)").count()
    assert shown == len(found)


@in_a_browser
def test_an_article_is_annotated_by_keys_and_mouse(
    page: Page, connection: Connection, opened_task: int
) -> None:
    for key, words in (("1", "Trump"), ("4", "Hà Nội"), ("d", "Họ")):
        page.keyboard.press(key)
        drag(page, words)
    page.keyboard.press("0")
    drag(page, "Ông", "Trump")
    page.keyboard.press("f")
    page.keyboard.type("gặp mặt")
    page.keyboard.press("Enter")
    drag(page, "gặp")
    choose(page, "Contact.Meet")
    for key in ("o", "p", "v"):
        page.keyboard.press(key)
    page.locator("input[name=chain]:visible").fill("c1")
    choose(page, "GPE")
    page.keyboard.press("l")
    page.locator("input[name=entity]:visible").fill("e1")
    page.locator("input[name=entity_wikidata]:visible").click()
    page.keyboard.press("Alt+n")
    choose(page, "PER")
    page.keyboard.press("Alt+r")
    page.locator('.htx-highlight[data-label$=":EXTENT"]').click(position={"x": 6, "y": 8})
    page.locator("#Relations-draggable").click()
    page.locator(".lsf-relations__item").hover()
    page.get_by_label("Show Relation Labels").click()
    page.locator(".lsf-relation-meta button").first.click()
    page.get_by_role("option", name="extent", exact=True).click()
    page.keyboard.press("Escape")

    result = submitted(page, connection, opened_task)

    assert said(result) == {
        ("Trump", "mention"): ["PER"],
        ("Hà Nội", "mention"): ["GPE"],
        ("Hà Nội", "gpe_role"): ["LOC"],
        ("Hà Nội", "entity"): ["e1"],
        ("Hà Nội", "entity_wikidata"): ["NIL"],
        ("Họ", "timex"): ["DATE"],
        ("Ông  Trump", "extent"): ["EXTENT"],
        ("gặp", "trigger"): ["Contact.Meet"],
        ("gặp", "realis"): ["OTHER"],
        ("gặp", "polarity"): ["POSITIVE"],
        ("gặp", "modality"): ["PLANNED"],
        ("gặp", "chain"): ["c1"],
    }
    (relation,) = (each for each in result if each["type"] == "relation")
    assert relation["labels"] == ["extent"]


@in_a_browser
@pytest.mark.usefixtures("opened_task")
@pytest.mark.parametrize("words", ["meet", "gặp mặt"])
def test_a_trigger_is_filtered_by_its_name_in_either_language(page: Page, words: str) -> None:
    page.keyboard.press("f")
    page.keyboard.type(words)
    page.wait_for_timeout(200)

    (shown,) = page.locator(".vinee-labels .ant-collapse .lsf-label:visible").all_inner_texts()
    assert shown.startswith("Meet Gặp mặt")


@in_a_browser
def test_an_arrow_is_drawn_in_full_while_the_mouse_is_on_its_name(
    page: Page, connection: Connection, project: Project
) -> None:
    shown = show_annotated(page, connection, project, gold.documents()[0])
    arrows = page.locator(".relations-overlay g[id]")
    # The last path of an arrow is its line; before it stands its head.
    read = """each => [getComputedStyle([...each.querySelectorAll('path')].at(-1)).opacity,
        getComputedStyle(each.querySelector('text')).fontWeight]"""
    arrow, other = (arrows.filter(has_text=role).first for role in ("Speaker", "Content"))
    before = arrow.evaluate(read)
    arrow.locator("g rect").hover()
    page.wait_for_timeout(300)

    assert shown > 0
    assert before == ["0.22", "400"]
    assert arrow.evaluate(read) == ["1", "700"]
    assert other.evaluate(read) == before

    # Whoever draws a region is not stopped by a name that lies in the way.
    left, _, height = page.evaluate(PLACE, "ông")
    page.mouse.move(left, height)
    page.mouse.down()
    blocks = "each => getComputedStyle(each).pointerEvents"
    while_drawing = arrow.locator("g rect").evaluate(blocks)
    page.mouse.up()
    assert while_drawing == "none"
    assert arrow.locator("g rect").evaluate(blocks) == "all"


@in_a_browser
def test_an_attribute_is_shown_only_where_it_belongs(page: Page, opened_task: int) -> None:
    assert opened_task
    place, modality = page.get_by_text("gpe_role"), page.get_by_text("Tình thái · Modality")
    value, chain = page.get_by_text("Value (TIMEX3)"), page.get_by_text("Mã chuỗi · Chain id")
    for key, words in (("1", "Trump"), ("4", "Hà Nội"), ("d", "Họ"), ("Shift+KeyM", "gặp")):
        page.keyboard.press(key)
        drag(page, words)
    seen = {}
    for label in ("PER", "GPE", "DATE", "Contact.Meet"):
        choose(page, label)
        seen[label] = [each.is_visible() for each in (place, value, chain, modality)]
    page.keyboard.press("o")
    page.wait_for_timeout(200)
    begun_not = modality.is_visible()
    page.keyboard.press("a")
    page.wait_for_timeout(200)

    assert seen == {
        "PER": [False, False, False, False],
        "GPE": [True, False, False, False],
        "DATE": [False, True, False, False],
        "Contact.Meet": [False, False, True, False],
    }
    assert begun_not
    assert not modality.is_visible()


@in_a_browser
def test_a_choice_for_another_layer_is_not_kept_and_a_hidden_one_is(
    page: Page, connection: Connection, opened_task: int
) -> None:
    page.keyboard.press("Shift+KeyM")
    drag(page, "gặp")
    choose(page, "Contact.Meet")
    # A level, which a trigger has not; a modality, which is hidden again after.
    for key in ("q", "o", "v", "a"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)

    result = said(submitted(page, connection, opened_task))

    assert ("gặp", "level") not in result
    assert result["gặp", "realis"] == ["ACTUAL"]
    assert result["gặp", "modality"] == ["PLANNED"]


@in_a_browser
def test_text_of_an_attribute_can_be_changed(
    page: Page, connection: Connection, opened_task: int
) -> None:
    page.keyboard.press("1")
    drag(page, "Trump")
    choose(page, "PER")
    page.locator("input[name=entity]:visible").fill("e1")
    page.keyboard.press("Enter")
    page.get_by_test_id("htx-textbox-view").hover()
    page.get_by_test_id("htx-textbox-edit-button").click()
    page.get_by_test_id("htx-textbox-input").fill("e2")
    page.keyboard.press("Enter")

    assert said(submitted(page, connection, opened_task))["Trump", "entity"] == ["e2"]


@in_a_browser
def test_instructions_are_shown_with_the_guidelines(page: Page, opened_task: int) -> None:
    assert opened_task
    page.get_by_role("button", name="Instructions").click()
    page.get_by_text("Step by step").wait_for()
    page.get_by_text("Annotation guidelines, edition 1.1").click()

    assert page.get_by_text("The longest unbroken noun phrase").first.is_visible()


@in_a_browser
@pytest.mark.parametrize("number", range(5))
def test_every_region_of_a_gold_document_is_drawn_with_its_name(
    page: Page, connection: Connection, project: Project, number: int
) -> None:
    shown_regions = show_annotated(page, connection, project, gold.documents()[number])

    tags = page.evaluate(
        """() => [...document.querySelectorAll('.htx-highlight[data-label]')].map(each =>
            [each.dataset.label.split(':')[1], getComputedStyle(each, '::after').content])"""
    )
    assert len(tags) == shown_regions
    for label, shown in tags:
        short = {"EXTENT": "none", "SPAN": '"]"'}.get(
            label, f'"{(label.partition(".")[2] or label).partition(" · ")[0]}"'
        )
        assert shown == short


@in_a_browser
def test_hostile_names_run_nothing(page: Page, connection: Connection) -> None:
    known = hostile()
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    made = ensure(connection, "Hostile", labeling_config(known), instructions(known, []))
    tasks, projects = connection.sdk.tasks, connection.sdk.projects
    created: Any = tasks.create(project=made.id, data={"doc_id": "d", "text": TEXT})
    deleting: Any = projects
    try:
        show(page, connection, made, int(created.id))
        page.keyboard.press("1")
        selected = page.evaluate(SELECTED)
        drag(page, "Trump")
        page.get_by_role("button", name="Instructions").click()
        page.get_by_text("Step by step").wait_for()
        page.keyboard.press("Escape")
        page.get_by_text("Step by step").wait_for(state="hidden")
        stored = submitted(page, connection, int(created.id))
    finally:
        deleting.delete(made.id)

    assert selected == [ENTITY]
    assert said(stored)["Trump", "mention"] == [ENTITY]
    assert asked == []
