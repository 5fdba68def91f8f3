"""The database of a server, from a URL."""

from __future__ import annotations

from pathlib import Path

import pytest

from vinee.errors import ServerError
from vinee.labelstudio.server.database import has_password, postgresql, sqlite


def test_sqlite_is_a_file_in_the_data_folder() -> None:
    made = sqlite(Path("/data"))

    assert made.shown == "SQLite, /data/label_studio.sqlite3"
    assert made.variables["LABEL_STUDIO_DJANGO_DB"] == "sqlite"


def test_postgresql_with_its_password_in_the_environment() -> None:
    made = postgresql("postgresql://lan@db.example.org:5433/corpus", {"PGPASSWORD": "secret"})

    assert made.variables == {
        "LABEL_STUDIO_DJANGO_DB": "postgresql",
        "LABEL_STUDIO_POSTGRE_USER": "lan",
        "LABEL_STUDIO_POSTGRE_PASSWORD": "secret",
        "LABEL_STUDIO_POSTGRE_NAME": "corpus",
        "LABEL_STUDIO_POSTGRE_HOST": "db.example.org",
        "LABEL_STUDIO_POSTGRE_PORT": "5433",
    }
    assert made.shown == "PostgreSQL, corpus at db.example.org:5433 as lan"


def test_postgresql_with_its_password_in_the_url() -> None:
    made = postgresql("postgres://lan:s%40cret@localhost/corpus", {"PGPASSWORD": "other"})

    assert made.password == made.variables["LABEL_STUDIO_POSTGRE_PASSWORD"] == "s" + "@cret"
    assert made.variables["LABEL_STUDIO_POSTGRE_PORT"] == "5432"


def test_password_is_never_shown() -> None:
    made = postgresql("postgresql://lan:s3cret@localhost/corpus", {})

    assert "s3cret" not in repr(made)
    assert "s3cret" not in made.shown


@pytest.mark.parametrize(
    "url",
    [
        "corpus.sqlite3",
        "mysql://lan:s3cret@localhost/corpus",
        "postgresql:///corpus",
        "postgresql://lan:s3cret@localhost",
        "postgresql://lan:s3cret@localhost:port/corpus",
        "postgresql://lan:s3cret@[/corpus",
        "postgresql://lan:s3cret@localhost/a/b",
        "postgresql://lan:s3cret@localhost/corpus?sslmode=disable",
        "postgresql://lan:s3cret@localhost/corpus#x",
        "postgresql://:s3cret@localhost/corpus",
    ],
)
def test_other_urls_are_refused_without_being_shown(url: str) -> None:
    with pytest.raises(ServerError, match="postgresql://USER@HOST:PORT/NAME") as caught:
        postgresql(url, {})

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "has"),
    [("postgresql://lan:x@h/c", True), ("postgresql://lan@h/c", False), ("//lan:x@[/c", True)],
)
def test_url_tells_whether_it_holds_a_password(url: str, has: bool) -> None:
    assert has_password(url) is has
