"""The editor's page: when it is ready, what it complains about, where things are on it."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from playwright.sync_api import Error as BrowserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import ConsoleMessage, Locator, Page, Response

_SCRIPT = Path(__file__).with_name("editor.js")
_ANSWER = re.compile(r"/api/(tasks/\d+/annotations|annotations/\d+)/?(\?|$)")
_TASK = re.compile(r"/api/tasks/\d+/?(\?|$)|/api/projects/\d+/next|[?&]id=next_task")
# No tips of the day, and no task left to annotate.
_MISSING = re.compile(r"/heidi-tips|[?&]id=next_task")
_LOADING = 60_000
_WAITING = 15_000
_CREATED, _OK = 201, 200
_FAULTY = 400


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
class Editor:
    """The editor in a page of the browser.

    Attributes:
        page: The page.
        url: Address of the server, without a slash at its end.
        pictures: Where a screenshot goes if something fails.
        errors: What the page complained about: exceptions, failed requests to the server.
    """

    page: Page
    url: str
    pictures: Path | None = None
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(_WAITING)
        self.page.add_init_script(path=_SCRIPT)
        self.page.on("pageerror", lambda error: self.errors.append(f"exception: {error}"))
        self.page.on("console", self._heard)
        self.page.on("response", self._answered)

    def settle(self, task: int | None) -> None:
        """Wait until a task, or any where ``task`` is None, is shown with all of its regions."""
        what = "the next task" if task is None else f"task {task}"
        with self.expecting(what):
            verdict = self.page.wait_for_function(
                "t => vinee.verdict(t)", arg=task, timeout=_LOADING
            ).json_value()
        if verdict != "ready":
            raise self.failure(f"not all of {what} is shown")
        self._dismiss()
        if found := self.page.evaluate("vinee.errors()"):
            raise self.failure(f"{what} opens with errors: {'; '.join(found)}")

    def _dismiss(self) -> None:
        """Close the instructions, which a project may show before the first task."""
        window = self.page.locator("[class*=modal]").filter(has_text="Instructions")
        if window.count():
            self.page.keyboard.press("Escape")
            window.first.wait_for(state="detached")

    def point(self, offset: int, side: str) -> tuple[float, float]:
        """Give the point of the window at the start or the end of a character."""
        found = self.look("([o, s]) => vinee.point(o, s)", [offset, side])
        return found["x"], found["y"]

    def look(self, script: str, given: list[Any]) -> Any:  # noqa: ANN401 - what JavaScript gives
        """Ask the page."""
        try:
            return self.page.evaluate(script, given)
        except BrowserError as error:
            raise self.failure(f"{given}: {error.message.splitlines()[0]}") from error

    def control(self, name: str) -> Locator:
        """Give the choice or the text of that name of the region that is selected."""
        self.page.evaluate(
            "name => { document.querySelectorAll('[data-vinee]').forEach("
            "each => each.removeAttribute('data-vinee'));"
            " vinee.control(name)?.setAttribute('data-vinee', name) }",
            name,
        )
        found = self.page.locator(f"[data-vinee={json.dumps(name)}]")
        with self.expecting(f"the control {name!r} to be shown"):
            found.wait_for()
        return found

    def sent(self, button: Locator) -> dict[str, Any]:
        """Press a button that saves, and give the server's answer when the editor has taken it."""
        with (
            self.loading("the task after saving"),
            self.expecting("the server's answer"),
            self.page.expect_response(_saves, timeout=_LOADING) as answer,
        ):
            button.click()
            response = answer.value
            if response.status not in {_OK, _CREATED}:
                problem = f"the server answered {response.status}: {response.text()[:300]}"
                raise self.failure(problem)
        saved: dict[str, Any] = response.json()
        self.settle(None)
        return saved

    @contextmanager
    def loading(self, what: str) -> Iterator[None]:
        """Wait until the server has answered a request for a task.

        Before that, the editor already shows the task, with an annotation that is still empty.
        """
        with self.expecting(what), self.page.expect_response(_loads, timeout=_LOADING):
            yield

    @contextmanager
    def expecting(self, what: str) -> Iterator[None]:
        """Turn what the browser says into an `EditorError` that tells what was expected."""
        try:
            yield
        except BrowserError as error:
            raise self.failure(f"expected {what} ({error.message.splitlines()[0]})") from error

    def failure(self, problem: str) -> EditorError:
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
            self.page.screenshot(path=path)
            told = f"{told}; see {path}"
        return EditorError(f"{problem}; the editor is at {state}: {told}")

    def complaints(self) -> list[str]:
        """Give what the page complained about, to the console, in messages or in the editor."""
        shown = self.page.evaluate("vinee.errors()")
        # All at once: they go away by themselves.
        toasts = self.page.locator("[class*=toast__content], [class*=messageToast_error]")
        failed = toasts.all_inner_texts()
        return [*self.errors, *shown, *(each for each in failed if each and "success" not in each)]

    def _heard(self, message: ConsoleMessage) -> None:
        # Failed requests are told by `_answered`, with their address.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        # No tips of the day, and no task left to annotate.
        if response.status >= _FAULTY and not _MISSING.search(response.url):
            self.errors.append(f"{response.request.method} {response.url}: {response.status}")


def _saves(response: Response) -> bool:
    return response.request.method in {"POST", "PATCH"} and bool(_ANSWER.search(response.url))


def _loads(response: Response) -> bool:
    return bool(_TASK.search(response.url))
