"""The whole cycle with a real server and a real browser: from a new article to a release.

An article enters a copy of the project, is pushed with what `rules` finds in it, annotated by two
people, one of them with mouse and keyboard, pulled, compared, adjudicated, linked, released and
scored; each step is the command that a corpus owner would type.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from adjudications import answer
from annotator import Annotator
from chromium import CHROMIUM, MISSING, chromium
from sessions import log_in, sign_up

from vinee import resources
from vinee.corpus.adjudication import read_log
from vinee.formats import label_studio, native
from vinee.labelstudio.adjudicating.names import TAKE, WHY
from vinee.labelstudio.connection import Connection, connect
from vinee.labelstudio.projects import find
from vinee.labelstudio.server.process import RunningServer
from vinee.model import Argument, Chain, Document, Entity, Event, Mention, Span, Timex

TEXT = "Ngày 7/8/2025, Thủ tướng Lào Sonexay Siphandone thăm Hà Nội.\n"
DOC = "005_lao"
# Nobody else on the server that tests share is called so.
LAN, MINH = "lan@cycle.example.org", "minh@cycle.example.org"
PASSWORD = "annotating-1"  # noqa: S105 - of people of this test alone
REASON = "read again: the visit takes place, and the title belongs to the name"
ARTICLE, DECIDING = "New article", "New article, decided"
DATE, TITLE, LAO = (0, 13), (15, 24), (25, 28)
NAME, WHOLE, VISIT, HA_NOI = (29, 47), (15, 47), (48, 52), (53, 59)
# What Lan reads in the article, and what gold is to be in the end.
READ = Document(
    DOC,
    TEXT,
    mentions=(
        Mention(*TITLE, "TITLE", id="m1"),
        Mention(*LAO, "GPE", id="m2", entity="lao"),
        Mention(*NAME, "PER", id="m3", extent=Span(*WHOLE), entity="sonexay"),
        Mention(*HA_NOI, "GPE", id="m4", gpe_role="LOC", entity="ha-noi"),
    ),
    entities=(
        Entity("lao", "GPE", corpus_id="laos", wikidata="Q819"),
        Entity("sonexay", "PER", corpus_id="sonexay-siphandone"),
        Entity("ha-noi", "GPE", corpus_id="hanoi", wikidata="Q1858"),
    ),
    timexes=(Timex(*DATE, id="t1", type="DATE", value="2025-08-07"),),
    events=(
        Event(
            "Diplomacy.Visit",
            Span(*VISIT),
            id="ev1",
            arguments=(
                Argument("Visitor", ref="m3"),
                Argument("Destination", ref="m4"),
                Argument("Time", ref="t1"),
            ),
            polarity="POSITIVE",
            realis="ACTUAL",
            chain="c1",
        ),
    ),
    chains=(Chain("c1"),),
)


class Project:
    """A copy of the project, and the commands that are typed in it."""

    def __init__(self, root: Path, server: RunningServer) -> None:
        self.root = root
        self.passes = root / "annotations" / "passes"
        self.logs = root / "annotations" / "adjudication"
        self.seeds = root / "seeds"
        self.server = server

    def vinee(self, *arguments: object, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-c", "from vinee.cli import main; main()", *map(str, arguments)],
            cwd=self.root,
            env={
                **os.environ,
                "LABEL_STUDIO_URL": self.server.url,
                "LABEL_STUDIO_API_KEY": self.server.key,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def project(server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("cycle") / "project"
    for folder in ("seeds", "annotations"):
        shutil.copytree(resources.root() / folder, root / folder)
    return Project(root, server)


@pytest.fixture(scope="module")
def owner(server: RunningServer) -> Connection:
    return connect(server.url, server.key)


@pytest.fixture(scope="module")
def lan(server: RunningServer) -> Connection:
    """Two people accept the owner's invitation; one of them works by the interface for programs."""
    with log_in(server.url, server.user, server.plan.credentials.password) as owner:
        invitation = owner.invitation()
    with sign_up(server.url, invitation, MINH, PASSWORD):
        pass
    with sign_up(server.url, invitation, LAN, PASSWORD) as signed_up:
        return connect(server.url, signed_up.personal_access_token())


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, owner: Connection) -> Iterator[Annotator]:
    if CHROMIUM is None:
        pytest.skip(MISSING)
    with chromium() as browser:
        shown = browser.new_page(viewport={"width": 1600, "height": 1000})
        yield Annotator(shown, owner.url, tmp_path_factory.mktemp("pictures"))


def test_article_becomes_a_release(
    project: Project, owner: Connection, lan: Connection, page: Annotator
) -> None:
    """One test, since each step needs the one before it."""
    enter(project)
    number, task = push(project, owner)
    annotate_by_program(lan, task)
    annotate_by_hand(page, number, task)
    pull(project)
    compare(project)
    adjudicate(project, owner)
    release(project)
    score(project)


def enter(project: Project) -> None:
    """The article gets a seed, a checksum and what is known of its origin."""
    (project.root / f"{DOC}.txt").write_text(TEXT, "utf-8")
    evidence = ("--published", "2025-08-07", "--published-evidence", "Ngày 7/8/2025")
    told = project.vinee("corpus", "add", f"{DOC}.txt", "--root", project.root, *evidence)
    assert f"seeds/{DOC}.txt" in told


def push(project: Project, owner: Connection) -> tuple[int, int]:
    """The article becomes a task with the suggestions of `rules`; a second push sends nothing."""
    command = ("label-studio", "push", project.seeds / f"{DOC}.txt", "--articles", "--json")
    asked = (*command, "--project", ARTICLE, "--predict", "rules")
    first, second = (json.loads(project.vinee(*asked)) for _ in range(2))
    number = find(owner, ARTICLE).id
    tasks: Any = owner.sdk.tasks.list(project=number, fields="all")
    [task] = tasks
    [prediction] = task.predictions
    assert [(each["new"], each["there"], each["predictions"]) for each in (first, second)] == [
        (1, 0, 1),
        (0, 1, 0),
    ]
    assert prediction.model_version == "rules 1"
    return number, int(task.id)


def annotate_by_program(lan: Connection, task: int) -> None:
    sdk: Any = lan.sdk
    result = label_studio.task(READ)["annotations"][0]["result"]
    sdk.annotations.create(task, result=result)


def annotate_by_hand(page: Annotator, number: int, task: int) -> None:
    """Minh mends the suggestions: a new region, a relation, attributes; and takes one away."""
    page.log_in(MINH, PASSWORD)
    assert page.open_next(number) == task
    at = {(each.start, each.end): each for each in page.regions()}
    page.delete(at[DATE])
    date = page.label("d", *DATE)
    page.select(date)
    page.write("timex_value", "2025-08-07")
    page.relate(at[VISIT], date, "Time")
    for span, name in ((LAO, "nuoc-lao"), (NAME, "ong-sonexay"), (HA_NOI, "thu-do")):
        page.select(at[span])
        page.write("entity", name)
    for span, item in ((HA_NOI, "Q1858"), (LAO, "NIL")):
        page.select(at[span])
        page.write("entity_wikidata", item)
    page.select(at[VISIT])
    page.choose("realis", "OTHER")
    page.choose("modality", "PLANNED")
    saved = page.submit()
    # After the last task the editor asks for another, and is told that there is none.
    assert [said for said in page.complaints() if "id=next_task" not in said] == []
    assert saved["completed_by"]


def pull(project: Project) -> None:
    names = ("--rename", f"{LAN}=lan", "--rename", f"{MINH}=minh")
    where = ("--to", project.passes, "--seeds", project.seeds)
    project.vinee("label-studio", "pull", "--project", ARTICLE, *where, *names)
    ours = native.read(project.passes / "lan" / f"{DOC}.json")
    theirs = native.read(project.passes / "minh" / f"{DOC}.json")
    assert [t.value for t in theirs.timexes or ()] == [t.value for t in ours.timexes or ()]
    [theirs_of_visit], [ours_of_visit] = theirs.events or (), ours.events or ()
    assert len(theirs_of_visit.arguments) == len(ours_of_visit.arguments)
    assert (theirs_of_visit.realis, ours_of_visit.realis) == ("OTHER", "ACTUAL")


def compare(project: Project) -> None:
    """The spots are where the two differ, and the page shows them."""
    both = (project.passes / "lan", project.passes / "minh", "--seeds", project.seeds)
    page = project.root / "agreement.html"
    told = project.vinee("label-studio", "agreement", *both, "--spots", "--html", page)
    assert "events.realis: lan: [48, 52) “thăm” ACTUAL; minh: [48, 52) “thăm” OTHER" in told
    assert "thăm" in page.read_text("utf-8")


def adjudicate(project: Project, owner: Connection) -> None:
    """Nothing is written or released before everything is decided, with a reason."""
    both = (project.passes / "lan", project.passes / "minh", "--seeds", project.seeds)
    gold = project.root / "annotations" / "gold"
    where = ("--log", project.logs, "--to", gold, "--project", DECIDING)
    command = ("label-studio", "adjudicate", *both, *where)
    assert "5 disagreements, 5 undecided" in project.vinee(*command, code=1)
    assert project.vinee(*release_command(project), code=1).count("decide it [undecided]") == 5
    result = opened(owner)
    result += [answer(f"{TAKE}{index}", "first") for index in range(5)]
    result += [answer(f"{WHY}{index}", REASON) for index in range(4)]
    annotation = hand_in(owner, result)
    assert "5 disagreements, 1 undecided" in project.vinee(*command, code=1)
    assert not (gold / f"{DOC}.json").exists()
    hand_in(owner, [*result, answer(f"{WHY}4", REASON)], annotation)
    assert "1 of 1 articles are decided" in project.vinee(*command)
    log = read_log(project.logs / f"{DOC}.json")
    assert [(each.take, each.why) for each in log.decisions] == [("first", REASON)] * 5
    last = log.decisions[-1]
    assert (last.id, last.first, last.second) == ("entity laos wikidata", "Q819", "NIL")


def opened(owner: Connection) -> list[Any]:
    """Give what somebody finds who opens the task: what both annotators state."""
    tasks: Any = owner.sdk.tasks.list(project=find(owner, DECIDING).id, fields="all")
    [task] = tasks
    [prediction] = task.predictions
    return list(prediction.result)


def hand_in(owner: Connection, result: list[Any], annotation: int | None = None) -> int:
    sdk: Any = owner.sdk
    if annotation is not None:
        return int(sdk.annotations.update(annotation, result=result).id)
    [task] = list(sdk.tasks.list(project=find(owner, DECIDING).id))
    return int(sdk.annotations.create(task.id, result=result).id)


def release_command(project: Project) -> tuple[object, ...]:
    return ("corpus", "release", "1.1.0", "--root", project.root)


def release(project: Project) -> None:
    """Entities are described with the items that annotators gave, and the edition is raised."""
    told = project.vinee("corpus", "link", "--root", project.root)
    assert "new entity laos (GPE Lào): Q819" in told
    assert "new entity sonexay-siphandone (PER Sonexay Siphandone): no item" in told
    assert "the edition is 1.1.0" in project.vinee(*release_command(project))
    document = native.read(project.root / "annotations" / "gold" / f"{DOC}.json")
    assert [(m.start, m.end, m.type, m.extent) for m in document.mentions or ()] == [
        (m.start, m.end, m.type, placed(m.extent)) for m in READ.mentions or ()
    ]


def placed(extent: Span | None) -> Span | None:
    if extent is None:
        return None
    return Span(extent.start, extent.end, TEXT[extent.start : extent.end])


def score(project: Project) -> None:
    """A system is scored on the new gold, the new article included."""
    gold, out = project.root / "annotations" / "gold", project.root / "benchmark"
    project.vinee("run", "rules", "--gold", gold, "--out", out, "--task", "ner_fine")
    predictions = out / "predictions" / "rules.jsonl"
    asked = ("score", predictions, "--gold", gold, "--task", "ner_fine", "--json")
    [told] = json.loads(project.vinee(*asked))
    assert told["corpus"]["scored"][-1] == DOC
    counts = told["metrics"][0]["all"]["counts"]
    # `rules` finds each of the four names: gold, predicted and matched are equal.
    assert sorted(counts["table"][-1]) == [[0, 0, 0]] * 6 + [[1, 1, 1]] * 2 + [[2, 2, 2]]
