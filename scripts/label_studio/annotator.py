"""A person who annotates in Label Studio's editor, with mouse and keyboard.

Used by the tests of the whole cycle and by the scripts that make the guides' screenshots. It does
what an annotator does, and looks into the editor only to know when to go on, and where a character
stands on the screen. Offsets are half-open code points of the text.
"""

from __future__ import annotations

import json
import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from editor import Drawn, Editor, EditorError, Tie

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Page

__all__ = ("Annotator", "Drawn", "EditorError", "Tie")

# Seconds and pixels, somewhat more than the editor's own.
_DOUBLE_CLICK = 0.5
_SAME_PLACE = 10
_ATTEMPTS = 5


@dataclass
class Annotator:
    """A person in front of the editor.

    Attributes:
        page: A page of the browser, used by nobody else.
        url: Address of the server, without a slash at its end.
        pictures: Where a screenshot goes if something fails.
        editor: What is on the page.
    """

    page: Page
    url: str
    pictures: Path | None = None
    editor: Editor = field(init=False, repr=False)
    _released: tuple[tuple[float, float], float] = field(default=((0, 0), 0), repr=False)

    def __post_init__(self) -> None:
        self.editor = Editor(self.page, self.url, self.pictures)

    @property
    def errors(self) -> list[str]:
        """What the page complained about so far."""
        return self.editor.errors

    def log_in(self, email: str, password: str) -> None:
        """Log in on the server's page for that."""
        self.page.goto(f"{self.url}/user/login/")
        self.page.locator("input[name=email]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.page.keyboard.press("Enter")
        with self.editor.expecting("the start page after logging in"):
            self.page.wait_for_url(lambda url: "/user/login" not in url)

    def open(self, project: int, task: int) -> None:
        """Open a task by its address, and wait until all of its regions are shown.

        It is opened again, as a person would, if the editor shows none of what was annotated: the
        list of tasks, which comes without annotations, came after the task and took its place.

        Raises:
            EditorError: The page stays blank, or regions stay out of sight.
        """
        for _ in range(_ATTEMPTS):
            with self.editor.loading(f"task {task}"):
                self.page.goto(f"{self.url}/projects/{project}/data?task={task}")
            self.editor.settle(task)
            if not self.page.evaluate("task => vinee.lost(task)", task):
                return
        raise self.editor.failure(f"task {task} is shown without what the server has of it")

    def open_next(self, project: int) -> int:
        """Open the next task in the way of ``Label All Tasks``, and give its number.

        Raises:
            EditorError: There is none, or it is not shown as it should be.
        """
        with self.editor.loading("the next task"):
            self.page.goto(f"{self.url}/projects/{project}/data?labeling=1")
        self.editor.settle(None)
        if self.page.evaluate("!!Htx.noTask"):
            raise self.editor.failure("there is no task left to annotate")
        return int(self.page.evaluate("Htx.task.id"))

    def text(self) -> str:
        r"""Give the text as it is on the page; ``\r`` cannot be told from ``\n`` there."""
        return str(self.page.evaluate("vinee.text()"))

    def regions(self) -> list[Drawn]:
        """Give the regions in the order of the editor."""
        return [Drawn(**each) for each in self.page.evaluate("vinee.regions()")]

    def relations(self) -> list[Tie]:
        """Give the relations in the order of the editor."""
        return [Tie(**each) for each in self.page.evaluate("vinee.relations()")]

    def label(self, hotkey: str, start: int, end: int) -> Drawn:
        """Press the key of a label and drag the mouse over ``[start, end)``.

        Returns:
            The region that came of it, wherever it lies.

        Raises:
            EditorError: No region came of it.
        """
        self._leave()
        before = {each.id for each in self.regions()}
        self.page.keyboard.press(_key(hotkey))
        self._drag(start, end)
        with self.editor.expecting(f"a region from {start} to {end}"):
            self.page.wait_for_function("n => vinee.regions().length > n", arg=len(before))
        return next(each for each in self.regions() if each.id not in before)

    def select(self, region: str | Drawn) -> None:
        """Select a region by a click on its label in the text."""
        id_ = _id(region)
        self._leave()
        with self.editor.expecting(f"the region {id_!r} selected"):
            self._click(id_, "vinee.selected() !== null")
            self.page.wait_for_function("id => vinee.selected() === id", arg=id_)

    def relate(self, one: str | Drawn, other: str | Drawn, *roles: str) -> None:
        """Draw a relation from a region to another, and choose its roles in the list of them."""
        ends = [_id(one), _id(other)]
        self.select(one)
        before = len(self.relations())
        self.page.keyboard.press("Alt+r")
        with self.editor.expecting("the editor to wait for the other end of a relation"):
            self.page.wait_for_function("vinee.linking()")
        with self.editor.expecting(f"a relation from {ends[0]!r} to {ends[1]!r}"):
            self._click(ends[1], "!vinee.linking()")
            self.page.wait_for_function("n => vinee.relations().length > n", arg=before)
        self._choose_roles(before, roles)

    def choose(self, control: str, value: str) -> None:
        """Click on a value of a choice of the selected region."""
        choice = self.editor.control(control).locator(f"input[name={json.dumps(value)}]")
        was = choice.is_checked()
        choice.click()
        with self.editor.expecting(f"{control} {value!r} to be {'off' if was else 'on'}"):
            self.page.wait_for_function(
                "([box, was]) => box.checked !== was", arg=[choice.element_handle(), was]
            )

    def press(self, hotkey: str) -> None:
        """Press a key where no field has the focus, such as the key of a choice."""
        self.page.keyboard.press(_key(hotkey))

    def write(self, control: str, text: str) -> None:
        """Fill in a text of the selected region, or write over what is there."""
        area = self.editor.control(control)
        edit = area.get_by_test_id("htx-textbox-edit-button")
        if edit.count():
            edit.click()
            box = area.get_by_test_id("htx-textbox-input")
        else:
            box = area.get_by_test_id("textarea-input")
        box.fill(text)
        box.press("Enter")
        with self.editor.expecting(f"{control} to be {text!r}"):
            area.get_by_test_id("htx-textbox-content").filter(has_text=text).wait_for()

    def written(self, control: str) -> list[str]:
        """Give the texts of the selected region."""
        contents = self.editor.control(control).get_by_test_id("htx-textbox-content")
        return [each.inner_text() for each in contents.all()]

    def delete(self, region: str | Drawn) -> None:
        """Delete a region with the Backspace key."""
        id_ = _id(region)
        self.select(id_)
        self.page.keyboard.press("Backspace")
        with self.editor.expecting(f"the region {id_!r} to be gone"):
            self.page.wait_for_function("id => vinee.regions().every(r => r.id !== id)", arg=id_)

    def submit(self) -> dict[str, Any]:
        """Press Submit, or Update where the annotation was submitted before.

        Returns:
            The annotation as the server gives it back.

        Raises:
            EditorError: The button cannot be pressed, as Update before any change, or the server
                refuses.
        """
        button = self.page.locator("button[name=submit]")
        with self.editor.expecting("a button Submit or Update that can be pressed"):
            button.and_(self.page.locator(":enabled")).wait_for()
        return self.editor.sent(button)

    def skip(self) -> dict[str, Any]:
        """Press Skip, which there is only in the way of ``Label All Tasks``."""
        button = self.page.get_by_test_id("bottombar-skip-button")
        with self.editor.expecting("a button Skip that can be pressed"):
            button.and_(self.page.locator(":enabled")).wait_for()
        return self.editor.sent(button)

    def complaints(self) -> list[str]:
        """Give what the page complained about, to the console, in messages or in the editor."""
        return self.editor.complaints()

    def picture(self, path: Path) -> None:
        """Write a screenshot of what is in the window."""
        self.page.screenshot(path=path)

    def _leave(self) -> None:
        """Select nothing, so that the key of a label does not change a region's label."""
        self.page.evaluate("document.activeElement?.blur()")
        if self.page.evaluate("vinee.selected()") is not None:
            self.page.keyboard.press("Escape")
            with self.editor.expecting("no region selected"):
                self.page.wait_for_function("vinee.selected() === null")

    def _drag(self, start: int, end: int) -> None:
        mouse = self.page.mouse
        together = self.editor.look("([a, b]) => vinee.show(a, b)", [start, end - 1])
        mouse.move(*self.editor.point(start, "start"))
        mouse.down()
        if not together:
            # The text may scroll once something is selected; before that, nothing ever would be.
            mouse.move(*self.editor.point(start, "end"))
            self.editor.look("([a, b]) => vinee.show(a, b)", [end - 1, end - 1])
        point = self.editor.point(end - 1, "end")
        mouse.move(*point, steps=4)
        self._take_time(point)
        mouse.up()

    def _take_time(self, point: tuple[float, float]) -> None:
        """Let go no sooner than a person could where the mouse was let go just before.

        The editor takes that for the end of a double click, and gives the region the label that
        the one before has.
        """
        last, when = self._released
        left = _DOUBLE_CLICK - (time.monotonic() - when)
        if left > 0 and math.dist(last, point) < _SAME_PLACE:
            self.page.wait_for_timeout(left * 1000)
        self._released = (point, time.monotonic())

    def _click(self, region: str, taken: str) -> None:
        """Click on a region, and again if nothing came of it.

        The first click after a region was drawn often does nothing: the editor takes it for the
        end of the drawing.
        """
        for _ in range(2):
            found = self.page.evaluate("id => vinee.label(id)", region)
            self.page.mouse.click(found["x"], found["y"])
            # The browser says that a click is over when the page has dealt with it.
            if self.page.evaluate(taken):
                return

    def _choose_roles(self, index: int, roles: Sequence[str]) -> None:
        self.page.locator("#Relations-draggable").click()
        row = self.page.locator(".lsf-relations__item").nth(index)
        row.scroll_into_view_if_needed()
        row.hover()
        row.get_by_role("button", name="Show Relation Labels").click()
        row.locator(".lsf-relation-meta button").first.click()
        for role in roles:
            self.page.get_by_test_id(f"select-option-{role}").click()
        with self.editor.expecting(f"the relation to have the roles {list(roles)}"):
            self.page.wait_for_function(
                "([n, k]) => vinee.relations()[n].roles.length === k", arg=[index, len(roles)]
            )
        self.page.keyboard.press("Escape")
        self.page.locator("#Regions-draggable").click()


def _id(region: str | Drawn) -> str:
    return region if isinstance(region, str) else region.id


def _key(hotkey: str) -> str:
    """Give the name that the browser has for a key of the configuration, such as ``shift+a``."""
    *modifiers, key = hotkey.split("+")
    named = [{"ctrl": "Control"}.get(each, each.capitalize()) for each in modifiers]
    return "+".join([*named, key.upper() if "Shift" in named and len(key) == 1 else key])
