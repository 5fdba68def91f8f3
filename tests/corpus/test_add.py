"""Adding an article to a copy of the project: what is written, what is refused, all or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from vinee import resources
from vinee.corpus import add, gold, quoted, seeds
from vinee.corpus.add.sections import guess_sections
from vinee.corpus.seeds import Known
from vinee.corpus.validate import check_corpus
from vinee.errors import IntegrityError, InvalidError, MalformedError, VineeError
from vinee.formats import atomic
from vinee.model import Document, Mention

TEXT = (
    "(Báo Mới) - Ngày 7/8, Thủ tướng Lào Sonexay Siphandone thăm Hà Nội.\n\n"
    "Ông gặp Thủ tướng Việt Nam. Thủ tướng Việt Nam chúc mừng Lào."
)

LAO = (TEXT.index("Lào"), TEXT.index("Lào") + 3)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for folder in ("seeds", "annotations"):
        shutil.copytree(resources.root() / folder, root / folder)
    return root


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    path = tmp_path / "005_lao.txt"
    path.write_bytes(TEXT.encode())
    return path


def add_it(project: Path, submitted: Path, **given: Any) -> tuple[Path, ...]:
    checked = add.check(submitted, project, given.get("doc_id"))
    layout = add.layout(checked.doc_id, checked.text)
    known = add.origin(
        layout, given.get("outlet", add.Claim()), given.get("published", add.Claim())
    )
    return add.write(project, checked, known, add.draft(layout, project))


def snapshot(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


# What is written.


def test_seed_is_the_file_byte_for_byte_and_its_checksum_is_listed(
    project: Path, submitted: Path
) -> None:
    submitted.write_bytes(TEXT.replace("\n", "\r\n").encode())

    add_it(project, submitted)

    seed = project / "seeds" / "005_lao.txt"
    digest = hashlib.sha256(submitted.read_bytes()).hexdigest()
    assert seed.read_bytes() == submitted.read_bytes()
    assert (project / "seeds" / "SHA256SUMS").read_text().endswith(f"{digest}  005_lao.txt\n")
    assert seeds.checksum_problems(project / "seeds") == []


def test_entry_is_appended_and_comments_survive(project: Path, submitted: Path) -> None:
    path = project / "seeds" / "seeds.yaml"
    before = path.read_text("utf-8")

    add_it(project, submitted)

    assert path.read_text("utf-8").startswith(before)
    known = seeds.provenance(project / "seeds")["005_lao"]
    assert known.outlet == Known(None, "unknown", (), "Not given when the article was added.")
    assert known.published.basis == "unknown"


def test_entry_is_appended_where_the_last_line_has_no_end(project: Path, submitted: Path) -> None:
    path = project / "seeds" / "seeds.yaml"
    path.write_bytes(path.read_bytes().rstrip())

    add_it(project, submitted, doc_id="123")

    assert "123" in seeds.provenance(project / "seeds")


def test_validator_asks_for_the_gold_of_what_was_added_and_for_nothing_else(
    project: Path, submitted: Path
) -> None:
    before = {str(finding) for finding in check_corpus(project)}

    add_it(project, submitted)

    (new,) = [f for f in check_corpus(project) if str(f) not in before]
    assert new.id == "gold-missing"
    assert "005_lao.json: the seed has no gold document; annotate it" in str(new)


def test_draft_is_a_pass_that_resolves_to_the_layout(project: Path, submitted: Path) -> None:
    add_it(project, submitted)

    draft = quoted.read(project / "annotations" / "passes" / "draft" / "005_lao.json")
    assert draft.annotator == "draft"
    assert draft.guidelines == "1.1"
    assert [s.starts for s in draft.sentences] == [
        "(Báo Mới) -",
        "Ngày 7/8, Thủ",
        "Ông gặp Thủ",
        "Thủ tướng Việt",
    ]
    layout = add.layout("005_lao", TEXT)
    assert quoted.layout(TEXT, draft) == layout


def test_second_article_is_added_like_the_first(project: Path, submitted: Path) -> None:
    add_it(project, submitted)
    other = submitted.with_name("006_mua.txt")
    other.write_text("Hôm qua trời mưa to.\n", "utf-8")

    add_it(project, other)

    assert {"005_lao", "006_mua"} <= set(seeds.doc_ids(project / "seeds"))
    assert seeds.checksum_problems(project / "seeds") == []


# Provenance.


@pytest.mark.parametrize(
    ("value", "evidence", "basis"),
    [
        ("2025-08-07", "date 2025-08-07", "header"),
        ("2025-08-07", "hôm 7/8", "inferred"),
        ("2025-08-07", "Trong những tuần trước", "inferred"),
    ],
)
def test_basis_of_a_day_depends_on_who_states_it(value: str, evidence: str, basis: str) -> None:
    layout = gold.documents()[1]

    known = add.origin(layout, add.Claim(), add.Claim(value, (evidence,)))

    assert (known.published.value, known.published.basis) == (value, basis)
    assert known.published.evidence == (evidence,)


def test_outlet_of_the_dateline_is_stated() -> None:
    known = add.origin(gold.documents()[1], add.Claim("VTC News", ("(VTC News)",)), add.Claim())

    assert known.outlet == Known("VTC News", "header", ("(VTC News)",), "The dateline states it.")


def test_day_as_vietnamese_writes_it_is_stated() -> None:
    layout = add.layout("d", "Thứ năm, 7/8/2025, 10:30 (GMT+7)\n\nHai bên đã gặp nhau tại Lào.\n")

    known = add.origin(layout, add.Claim(), add.Claim("2025-08-07", ("7/8/2025",)))

    assert known.published.basis == "header"


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (add.Claim("2025-08-07", ("7/9",)), "'7/9' is not in the article"),
        (add.Claim("2025-08-07", ("",)), "'' is not in the article"),
        (add.Claim("2025-08-07"), "give --published-evidence"),
        (add.Claim("7/8/2025", ("7/8",)), "is no day; write it YYYY-MM-DD"),
        (add.Claim("2025-02-30", ("7/8",)), "is no day"),
        (add.Claim(None, ("không có",)), "is not in the article"),
    ],
)
def test_claim_without_evidence_in_the_article_is_refused(claim: add.Claim, message: str) -> None:
    with pytest.raises(InvalidError, match=message):
        add.origin(add.layout("d", TEXT), add.Claim(), claim)


# What is refused.


def test_same_article_is_refused_under_any_name_and_in_any_form(
    project: Path, submitted: Path
) -> None:
    add_it(project, submitted)
    before = snapshot(project)
    submitted.write_text("\n" + unicodedata.normalize("NFD", TEXT).replace("\n\n", "\n"), "utf-8")

    with pytest.raises(InvalidError, match="has this text already, as 005_lao"):
        add_it(project, submitted, doc_id="other")

    assert snapshot(project) == before


@pytest.mark.parametrize(
    ("doc_id", "code"),
    [
        ("000_050DEF64e66b55bf", "doc-id-taken"),
        ("../up", "doc-id-unsafe"),
        ("a/b", "doc-id-unsafe"),
        ("bài", "doc-id-unsafe"),
        ("", "doc-id-unsafe"),
        (".hidden", "doc-id-unsafe"),
        ("dot.", "doc-id-unsafe"),
        ("a" * 101, "doc-id-unsafe"),
    ],
)
def test_unfit_id_is_refused(doc_id: str, code: str, project: Path, submitted: Path) -> None:
    with pytest.raises(InvalidError, match="--doc-id") as caught:
        add.check(submitted, project, doc_id)

    assert caught.value.code == code


def test_id_of_a_pass_is_taken(project: Path, submitted: Path) -> None:
    (project / "annotations" / "passes" / "draft").mkdir()
    (project / "annotations" / "passes" / "draft" / "005_lao.json").touch()

    with pytest.raises(InvalidError, match="is taken by"):
        add.check(submitted, project)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "article-empty"),
        (b" \n ... \n", "article-empty"),
        (b"Xin ch\xe0o", "not-utf8"),
        ("\ufeffXin chào".encode(), "bom"),
    ],
)
def test_unfit_file_is_refused(content: bytes, code: str, project: Path, submitted: Path) -> None:
    submitted.write_bytes(content)

    with pytest.raises((InvalidError, MalformedError)) as caught:
        add.check(submitted, project)

    assert caught.value.code == code


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_form_is_told_and_kept(form: str, project: Path, submitted: Path) -> None:
    submitted.write_text(unicodedata.normalize(form, TEXT), "utf-8")  # type: ignore[arg-type]

    checked = add.check(submitted, project)

    assert checked.form == form
    assert checked.content == submitted.read_bytes()


def test_text_in_two_forms_is_mixed(project: Path, submitted: Path) -> None:
    submitted.write_text(TEXT + unicodedata.normalize("NFD", TEXT), "utf-8")

    assert add.check(submitted, project).form == "mixed"


def test_near_duplicates_are_counted(project: Path, submitted: Path) -> None:
    sentence = gold.documents()[1].sentences[9].text  # type: ignore[index]
    submitted.write_text(f"{TEXT}\n\n{sentence}\n", "utf-8")

    overlap = add.check(submitted, project).overlap

    assert [(pair.kind, pair.ours.document[:3]) for pair in overlap.pairs] == [
        ("identical", "001"),
        ("near", "000"),
    ]
    assert overlap.others[0].duplicated == 1


# The project folder.


def test_installed_data_are_not_written_to(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "root", lambda: project.rename(project.with_name("_data")))

    with pytest.raises(IntegrityError, match=r"installed package.*--root"):
        add.project_folder()


def test_checkout_is_the_default() -> None:
    assert add.project_folder() == resources.root()


def test_other_folder_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError, match=r"no project folder: annotations, seeds/seeds\.yaml"):
        add.project_folder(tmp_path)


def test_project_with_a_broken_seed_is_left_alone(project: Path) -> None:
    (project / "seeds" / "999_stray.txt").touch()

    with pytest.raises(IntegrityError, match=r"999_stray\.txt is not listed.*nothing was added"):
        add.project_folder(project)


# All or nothing.


@pytest.mark.parametrize("fails", ["005_lao.json", "005_lao.txt", "seeds.yaml", "SHA256SUMS"])
def test_nothing_is_left_if_one_file_cannot_be_written(
    fails: str, project: Path, submitted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(project)
    write_bytes = atomic.write_bytes
    failed: list[Path] = []

    def full(path: Path, content: bytes) -> None:
        if path.name == fails and not failed:
            failed.append(path)
            raise OSError(28, "No space left on device", str(path))
        write_bytes(path, content)

    monkeypatch.setattr(atomic, "write_bytes", full)

    with pytest.raises(OSError, match="No space left"):
        add_it(project, submitted)

    assert failed
    assert snapshot(project) == before
    assert not (project / "annotations" / "passes" / "draft").exists()


@pytest.mark.parametrize("content", ["{}", "a: [", "- a\n", "a: {outlet: 1}\n", "a: 1\n...\n"])
def test_provenance_that_cannot_be_appended_to_stops_all(
    content: str, project: Path, submitted: Path
) -> None:
    (project / "seeds" / "seeds.yaml").write_text(content, "utf-8")
    before = snapshot(project)

    with pytest.raises(VineeError, match=r"seeds\.yaml: .*mend the file"):
        add_it(project, submitted)

    assert snapshot(project) == before


def test_entry_of_an_article_that_is_not_there_is_not_doubled(
    project: Path, submitted: Path
) -> None:
    path = project / "seeds" / "seeds.yaml"
    path.write_text(path.read_text("utf-8").replace("004_05f14368aaeff7ba", "005_lao"), "utf-8")

    with pytest.raises(IntegrityError, match="has an entry of 005_lao already"):
        add_it(project, submitted)


# Sections by rule.


@pytest.mark.parametrize("document", gold.documents(), ids=lambda document: document.doc_id)
def test_sections_of_the_articles_are_guessed_as_they_were_annotated(document: Document) -> None:
    expected = [(section.start, section.kind) for section in document.sections or ()]

    assert list(guess_sections(document.text or "")) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ngày 7/8, ông Putin đến Alaska.", ["body"]),
        ("(Dân trí) - Ông Putin đến Alaska.", ["dateline", "body"]),
        ("2025-08-07\nÔng Putin đến Alaska.", ["dateline", "body"]),
        ("Thứ năm, 7/8/2025, 10:30\nÔng Putin đến Alaska.", ["dateline", "body"]),
        ("Tin mới về Nga\nÔng Putin đến Alaska.", ["heading", "body"]),
        ("Ông Putin đến Alaska.\nTin mới về Nga", ["caption", "body"]),
        ("Ông Putin đến Alaska hôm nay để gặp ông Trump.\nẢnh: AFP", ["body", "caption"]),
        ("date 2025-08-07", ["dateline"]),
    ],
)
def test_sections_of_other_texts(text: str, kinds: list[str]) -> None:
    assert [kind for _, kind in guess_sections(text)] == kinds


def test_credit_is_seen_in_any_form() -> None:
    text = "Ông Putin đến Alaska để gặp ông Trump, hôm thứ sáu vừa qua. (Ảnh: AFP)"

    assert [k for _, k in guess_sections(unicodedata.normalize("NFD", text))] == ["caption"]


# Drafts.


def test_draft_of_an_extractor_says_that_it_is_no_gold(project: Path, submitted: Path) -> None:
    checked = add.check(submitted, project)
    found = (Mention(*LAO, "GPE", text="Lào", id="m1"),)
    document = msgspec.structs.replace(add.layout("005_lao", TEXT), mentions=found)
    draft = add.draft(document, project, "rules 1", ["more"])
    known = add.origin(document, add.Claim(), add.Claim())

    add.write(project, checked, known, draft)

    path = project / "annotations" / "passes" / "draft" / "005_lao.json"
    written = json.loads(path.read_text("utf-8"))
    assert written["annotator"] == "draft:rules 1"
    assert "not gold" in written["notes"][0]
    assert written["notes"][2] == "more"
    assert quoted.resolve(TEXT, quoted.read(path)).mentions == found


def test_project_without_guidelines_has_drafts_of_no_edition(project: Path) -> None:
    (project / "annotations" / "GUIDELINES.md").unlink()

    assert add.draft(add.layout("d", TEXT), project).guidelines == "unknown"


def test_seeds_yaml_stays_readable_by_anyone(project: Path, submitted: Path) -> None:
    add_it(project, submitted, outlet=add.Claim("Báo Mới", ("(Báo Mới)",)))

    table = yaml.safe_load((project / "seeds" / "seeds.yaml").read_text("utf-8"))
    assert table["005_lao"]["outlet"] == {
        "value": "Báo Mới",
        "basis": "header",
        "evidence": ["(Báo Mới)"],
        "explanation": "The dateline states it.",
    }
