"""A person who annotates in Label Studio's editor, with mouse and keyboard.

Used by the tests of the whole cycle and by the scripts that make the guides' screenshots. It does
what an annotator does, and looks into the editor only to know when to go on, and where a character
stands on the screen. Offsets are half-open code points of the text.
"""

from __future__ import annotations

import json
import math
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Error as BrowserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import ConsoleMessage, Locator, Page, Response, Route

_EDITOR = Path(__file__).with_name("editor.js")
_ANSWER = re.compile(r"/api/(tasks/\d+/annotations|annotations/\d+)/?(\?|$)")
_TASK = re.compile(r"/api/tasks/\d+/?(\?|$)|/api/projects/\d+/next|[?&]id=next_task")
_MISSING = re.compile(r"/heidi-tips|[?&]id=next_task")
_LOADING = 60_000
_WAITING = 15_000
_CREATED, _OK = 201, 200
_FAULTY = 400
# Seconds and pixels, somewhat more than the editor's own.
_DOUBLE_CLICK = 0.5
_SAME_PLACE = 10


class EditorError(Exception):
    """The editor did not do what an annotator would expect; the message says what it shows."""


@dataclass(frozen=True)
class Drawn:
    """A region as the editor holds it.

    Attributes:
        id: Id of the region, without the editor's own addition.
        control: Name of the control that it was drawn with.
        label: Its label.
        start: First code point.
        end: One past the last code point.
    """

    id: str
    control: str
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Tie:
    """A relation as the editor holds it, from region ``one`` to region ``other``."""

    one: str
    other: str
    direction: Literal["left", "right", "bi"]
    roles: Sequence[str]


@dataclass
class Annotator:
    """A person in front of the editor.

    Attributes:
        page: A page of the browser, used by nobody else.
        url: Address of the server, without a slash at its end.
        pictures: Where a screenshot goes if something fails.
        errors: What the page complained about: exceptions, failed requests to the server.
    """

    page: Page
    url: str
    pictures: Path | None = None
    errors: list[str] = field(default_factory=list)
    _released: tuple[tuple[float, float], float] = field(default=((0, 0), 0), repr=False)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(_WAITING)
        self.page.add_init_script(path=_EDITOR)
        self.page.on("pageerror", lambda error: self.errors.append(f"exception: {error}"))
        self.page.on("console", self._heard)
        self.page.on("response", self._answered)
        # The interface reports to its makers; what is annotated here is nobody else's business.
        self.page.route("**/*", self._at_home)

    def log_in(self, email: str, password: str) -> None:
        """Log in on the server's page for that."""
        self.page.goto(f"{self.url}/user/login/")
        self.page.locator("input[name=email]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.page.keyboard.press("Enter")
        with self._expecting("the start page after logging in"):
            self.page.wait_for_url(lambda url: "/user/login" not in url)

    def open(self, project: int, task: int) -> None:
        """Open a task from the list of tasks, and wait until all of its regions are shown.

        Raises:
            EditorError: The page stays blank, or regions stay out of sight.
        """
        with self._loading(f"task {task}"):
            self.page.goto(f"{self.url}/projects/{project}/data?task={task}")
        self._settle(task)

    def open_next(self, project: int) -> int:
        """Open the next task in the way of ``Label All Tasks``, and give its number.

        Raises:
            EditorError: There is none, or it is not shown as it should be.
        """
        with self._loading("the next task"):
            self.page.goto(f"{self.url}/projects/{project}/data?labeling=1")
        return self._next()

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
        with self._expecting(f"a region from {start} to {end}"):
            self.page.wait_for_function("n => vinee.regions().length > n", arg=len(before))
        return next(each for each in self.regions() if each.id not in before)

    def select(self, region: str | Drawn) -> None:
        """Select a region by a click on its label in the text."""
        id_ = _id(region)
        self._leave()
        with self._expecting(f"the region {id_!r} selected"):
            self._click(id_, "vinee.selected() !== null")
            self.page.wait_for_function("id => vinee.selected() === id", arg=id_)

    def relate(self, one: str | Drawn, other: str | Drawn, *roles: str) -> None:
        """Draw a relation from a region to another, and choose its roles in the list of them."""
        ends = [_id(one), _id(other)]
        self.select(one)
        before = len(self.relations())
        self.page.keyboard.press("Alt+r")
        with self._expecting("the editor to wait for the other end of a relation"):
            self.page.wait_for_function("vinee.linking()")
        with self._expecting(f"a relation from {ends[0]!r} to {ends[1]!r}"):
            self._click(ends[1], "!vinee.linking()")
            self.page.wait_for_function("n => vinee.relations().length > n", arg=before)
        self._choose_roles(before, roles)

    def choose(self, control: str, value: str) -> None:
        """Click on a value of a choice of the selected region."""
        choice = self._control(control).locator(f"input[name={json.dumps(value)}]")
        was = choice.is_checked()
        choice.click()
        with self._expecting(f"{control} {value!r} to be {'off' if was else 'on'}"):
            self.page.wait_for_function(
                "([box, was]) => box.checked !== was", arg=[choice.element_handle(), was]
            )

    def press(self, hotkey: str) -> None:
        """Press a key where no field has the focus, such as the key of a choice."""
        self.page.keyboard.press(_key(hotkey))

    def write(self, control: str, text: str) -> None:
        """Fill in a text of the selected region, or write over what is there."""
        area = self._control(control)
        edit = area.get_by_test_id("htx-textbox-edit-button")
        if edit.count():
            edit.click()
            box = area.get_by_test_id("htx-textbox-input")
        else:
            box = area.get_by_test_id("textarea-input")
        box.fill(text)
        box.press("Enter")
        with self._expecting(f"{control} to be {text!r}"):
            area.get_by_test_id("htx-textbox-content").filter(has_text=text).wait_for()

    def written(self, control: str) -> list[str]:
        """Give the texts of the selected region."""
        contents = self._control(control).get_by_test_id("htx-textbox-content")
        return [each.inner_text() for each in contents.all()]

    def delete(self, region: str | Drawn) -> None:
        """Delete a region with the Backspace key."""
        id_ = _id(region)
        self.select(id_)
        self.page.keyboard.press("Backspace")
        with self._expecting(f"the region {id_!r} to be gone"):
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
        with self._expecting("a button Submit or Update that can be pressed"):
            button.and_(self.page.locator(":enabled")).wait_for()
        return self._sent(button)

    def skip(self) -> dict[str, Any]:
        """Press Skip, which there is only in the way of ``Label All Tasks``."""
        button = self.page.get_by_test_id("bottombar-skip-button")
        with self._expecting("a button Skip that can be pressed"):
            button.and_(self.page.locator(":enabled")).wait_for()
        return self._sent(button)

    def complaints(self) -> list[str]:
        """Give what the page complained about, to the console, in messages or in the editor."""
        shown = self.page.evaluate("vinee.errors()")
        toasts = self.page.locator("[class*=toast__content], [class*=messageToast_error]").all()
        failed = [each.inner_text() for each in toasts]
        return [*self.errors, *shown, *(each for each in failed if "success" not in each)]

    def picture(self, path: Path) -> None:
        """Write a screenshot of what is in the window."""
        self.page.screenshot(path=path)

    def _next(self) -> int:
        with self._expecting("a task to annotate"):
            self.page.wait_for_function("window.Htx?.task?.id", timeout=_LOADING)
        task = int(self.page.evaluate("Htx.task.id"))
        self._settle(task)
        return task

    def _settle(self, task: int) -> None:
        with self._expecting(f"task {task} with all of its regions"):
            self.page.wait_for_function("t => vinee.ready(t)", arg=task, timeout=_LOADING)
        self._dismiss()
        if found := self.page.evaluate("vinee.errors()"):
            raise EditorError(f"task {task} opens with errors: {'; '.join(found)}")

    def _dismiss(self) -> None:
        """Close the instructions, which a project may show before the first task."""
        window = self.page.locator("[class*=modal]").filter(has_text="Instructions")
        if window.count():
            self.page.keyboard.press("Escape")
            window.first.wait_for(state="detached")

    def _leave(self) -> None:
        """Select nothing, so that the key of a label does not change a region's label."""
        self.page.evaluate("document.activeElement?.blur()")
        if self.page.evaluate("vinee.selected()") is not None:
            self.page.keyboard.press("Escape")
            with self._expecting("no region selected"):
                self.page.wait_for_function("vinee.selected() === null")

    def _drag(self, start: int, end: int) -> None:
        mouse = self.page.mouse
        together = self._look("([a, b]) => vinee.show(a, b)", [start, end - 1])
        mouse.move(*self._point(start, "start"))
        mouse.down()
        if not together:
            # The text may scroll once something is selected; before that, nothing ever would be.
            mouse.move(*self._point(start, "end"))
            self._look("([a, b]) => vinee.show(a, b)", [end - 1, end - 1])
        point = self._point(end - 1, "end")
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

    def _point(self, offset: int, side: str) -> tuple[float, float]:
        found = self._look("([o, s]) => vinee.point(o, s)", [offset, side])
        return found["x"], found["y"]

    def _look(self, script: str, given: list[Any]) -> Any:  # noqa: ANN401 - what JavaScript gives
        try:
            return self.page.evaluate(script, given)
        except BrowserError as error:
            raise self._failure(f"{given}: {error.message.splitlines()[0]}") from error

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
        with self._expecting(f"the relation to have the roles {list(roles)}"):
            self.page.wait_for_function(
                "([n, k]) => vinee.relations()[n].roles.length === k", arg=[index, len(roles)]
            )
        self.page.keyboard.press("Escape")
        self.page.locator("#Regions-draggable").click()

    def _control(self, name: str) -> Locator:
        self.page.evaluate(
            "name => { document.querySelectorAll('[data-vinee]').forEach("
            "each => each.removeAttribute('data-vinee'));"
            " vinee.control(name)?.setAttribute('data-vinee', name) }",
            name,
        )
        found = self.page.locator(f"[data-vinee={json.dumps(name)}]")
        with self._expecting(f"the control {name!r} to be shown"):
            found.wait_for()
        return found

    def _sent(self, button: Locator) -> dict[str, Any]:
        with (
            self._loading("the task after saving"),
            self._expecting("the server's answer"),
            self.page.expect_response(_saves, timeout=_LOADING) as answer,
        ):
            button.click()
            response = answer.value
            if response.status not in {_OK, _CREATED}:
                problem = f"the server answered {response.status}: {response.text()[:300]}"
                raise self._failure(problem)
        saved: dict[str, Any] = response.json()
        with self._expecting("the editor to be ready again"):
            self.page.wait_for_function("vinee.ready(null)", timeout=_LOADING)
        return saved

    @contextmanager
    def _loading(self, what: str) -> Iterator[None]:
        """Wait until the server has answered a request for a task.

        Before that, the editor already shows the task, with an annotation that is still empty.
        """
        with self._expecting(what), self.page.expect_response(_loads, timeout=_LOADING):
            yield

    @contextmanager
    def _expecting(self, what: str) -> Iterator[None]:
        try:
            yield
        except BrowserError as error:
            raise self._failure(f"expected {what} ({error.message.splitlines()[0]})") from error

    def _failure(self, problem: str) -> EditorError:
        """Make an error that says what the editor shows, and take a picture of it."""
        try:
            state = self.page.evaluate("window.vinee?.state()")
            complaints = self.complaints()
        except BrowserError as error:
            state, complaints = None, [f"the page does not answer: {error.message}"]
        told = "; ".join(complaints) or "no complaints"
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            path = self.pictures / f"failure-{len(list(self.pictures.iterdir()))}.png"
            self.picture(path)
            told = f"{told}; see {path}"
        return EditorError(f"{problem}; the editor is at {state}: {told}")

    def _heard(self, message: ConsoleMessage) -> None:
        # Failed requests are told by `_answered`, with their address.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        # No tips of the day, and no task left to annotate.
        if response.status >= _FAULTY and not _MISSING.search(response.url):
            self.errors.append(f"{response.request.method} {response.url}: {response.status}")

    def _at_home(self, route: Route) -> None:
        wanted, home = urlsplit(route.request.url), urlsplit(self.url)
        if wanted.scheme in {"http", "https"} and wanted.netloc != home.netloc:
            route.abort()
        else:
            route.continue_()


def _saves(response: Response) -> bool:
    return response.request.method in {"POST", "PATCH"} and bool(_ANSWER.search(response.url))


def _loads(response: Response) -> bool:
    return bool(_TASK.search(response.url))


def _id(region: str | Drawn) -> str:
    return region if isinstance(region, str) else region.id


def _key(hotkey: str) -> str:
    """Give the name that the browser has for a key of the configuration, such as ``shift+a``."""
    *modifiers, key = hotkey.split("+")
    named = [{"ctrl": "Control"}.get(each, each.capitalize()) for each in modifiers]
    return "+".join([*named, key.upper() if "Shift" in named and len(key) == 1 else key])
