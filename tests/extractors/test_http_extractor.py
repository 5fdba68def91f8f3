from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from threading import Barrier, Event, Lock

import pytest
from command_scripts import DOCUMENTS, TEXT
from http_server import Handler, putin, serving

from vinee.bench.run import describe
from vinee.errors import ExtractorError
from vinee.extractors import Extractor, resolve
from vinee.extractors.http import HttpExtractor
from vinee.model import Document, Mention


def test_each_document_is_posted_and_answered() -> None:
    with serving() as server, HttpExtractor(server.url) as extractor:
        found = list(extractor.extract(DOCUMENTS))

    assert [each.doc_id for each in found] == ["a", "b", "c"]
    assert found[0].mentions == (Mention(4, 9, "PER", text="Putin", id="m1"),)
    assert [(path, doc_id) for path, doc_id, _ in server.seen] == [
        ("/extract", "a"),
        ("/extract", "b"),
        ("/extract", "c"),
    ]


def test_it_is_given_text_and_layout_and_no_layer_of_the_gold() -> None:
    given = []

    def look(request: Handler) -> None:
        given.append(request.document)
        putin(request)

    gold = Document("a", text=TEXT, mentions=(Mention(4, 9, "PER"),), meta={"outlet": "x"})
    with serving(look) as server, HttpExtractor(server.url) as extractor:
        list(extractor.extract([gold]))

    assert given == [{"doc_id": "a", "text": TEXT}]


def test_an_article_comes_through_unchanged(article: str) -> None:
    given = []

    def look(request: Handler) -> None:
        given.append(request.document["text"])
        putin(request)

    with serving(look) as server, HttpExtractor(server.url) as extractor:
        list(extractor.extract([Document("a", text=article)]))

    assert given == [article]


def test_a_large_document_goes_both_ways() -> None:
    text = "Hà Nội, " * 130_000

    def repeat(request: Handler) -> None:
        request.reply(b'{"mentions": [], "meta": {"x": "%s"}}' % text.encode())

    with serving(repeat) as server, HttpExtractor(server.url) as extractor:
        (found,) = extractor.extract([Document("a", text=text)])

    assert found.meta == {"x": text}


def test_one_document_at_a_time_unless_more_are_asked_for() -> None:
    under_way, most, lock = 0, 0, Lock()

    def count(request: Handler) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.02)
        with lock:
            under_way -= 1
        putin(request)

    with serving(count) as server, HttpExtractor(server.url) as extractor:
        list(extractor.extract(DOCUMENTS))

    assert most == 1


def test_several_documents_are_really_under_way_at_a_time() -> None:
    # Nobody is answered before three are there.
    barrier = Barrier(3, timeout=5)

    def wait(request: Handler) -> None:
        barrier.wait()
        putin(request)

    documents = [Document(f"d{n}", text=TEXT) for n in range(9)]
    with serving(wait) as server, HttpExtractor(server.url, concurrency=3) as extractor:
        found = list(extractor.extract(documents))

    assert [each.doc_id for each in found] == [f"d{n}" for n in range(9)]


def test_answers_come_in_the_order_of_the_documents() -> None:
    def slow_first(request: Handler) -> None:
        time.sleep(0.2 if request.document["doc_id"] == "a" else 0)
        putin(request)

    with serving(slow_first) as server, HttpExtractor(server.url, concurrency=3) as extractor:
        found = list(extractor.extract(DOCUMENTS))

    assert [each.doc_id for each in found] == ["a", "b", "c"]


def test_answers_before_a_failure_are_given_first() -> None:
    def refuse_b(request: Handler) -> None:
        if request.document["doc_id"] == "b":
            request.reply(b"no", 400)
        else:
            putin(request)

    with serving(refuse_b) as server, HttpExtractor(server.url, concurrency=3) as extractor:
        answers = iter(extractor.extract(DOCUMENTS))
        first = next(answers)
        with pytest.raises(ExtractorError, match=r"document 'b': .*answered 400"):
            next(answers)

    assert first.doc_id == "a"


def test_who_stops_listening_stops_the_sending() -> None:
    def slow(request: Handler) -> None:
        time.sleep(0.01)
        putin(request)

    documents = [Document(f"d{n}", text=TEXT) for n in range(200)]
    with serving(slow) as server, HttpExtractor(server.url, concurrency=2) as extractor:
        answers = extractor.extract(documents)
        next(answers)
        answers.close()  # type: ignore[attr-defined]  # it is a generator
        time.sleep(0.2)  # for what was under way
        sent = len(server.seen)
        time.sleep(0.2)

        assert len(server.seen) == sent < 200


def test_no_documents_are_no_requests() -> None:
    with serving() as server, HttpExtractor(server.url) as extractor:
        assert list(extractor.extract([])) == []

    assert server.seen == []


def test_it_can_be_used_again_after_closing() -> None:
    with serving() as server:
        extractor = HttpExtractor(server.url)
        for _ in range(2):
            assert len(list(extractor.extract(DOCUMENTS))) == 3
            extractor.close()
            extractor.close()


def test_proxies_of_the_environment_are_not_used_on_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound, but nobody listens
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{unused.getsockname()[1]}")
        with serving() as server:
            for host in ("127.0.0.1", "localhost"):
                url = server.url.replace("127.0.0.1", host)
                with HttpExtractor(url, retries=0) as extractor:
                    assert len(list(extractor.extract(DOCUMENTS[:1]))) == 1


def test_proxies_of_the_environment_are_used_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/extract"))
        with HttpExtractor("http://vinee.invalid/extract", retries=0) as extractor:
            list(extractor.extract(DOCUMENTS[:1]))

    assert proxy.seen[0][0] == "http://vinee.invalid/extract"


@pytest.mark.parametrize("spec", ["http://127.0.0.1:8000/extract", "https://example.org/ner"])
def test_an_address_is_an_extractor_of_that_name(spec: str) -> None:
    found = resolve(spec)

    assert isinstance(found, HttpExtractor)
    assert isinstance(found, Extractor)
    assert (found.name, found.version) == (spec, "unknown")


def test_the_card_can_be_given() -> None:
    found = HttpExtractor("http://localhost/", name="mine", version="2", trained_on="VLSP")

    assert (found.name, found.version, found.trained_on) == ("mine", "2", "VLSP")


def test_licence_and_texts_seen_are_in_the_results_card() -> None:
    found = HttpExtractor("http://localhost/", licence="MIT", texts_seen="no")

    system = describe(found, documents=5)

    assert (system.licence, system.texts_seen) == ("MIT", "no")


@pytest.mark.parametrize(
    "spec",
    [
        "http:",
        "http:8000/x",
        "https://",
        "http://[::1/x",
        "http://h:99999/",
        "http://h:x/",
        "http:/x",
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_sent(spec: str) -> None:
    with pytest.raises(ExtractorError, match="must be http://host/path"):
        resolve(spec)


@pytest.mark.parametrize("spec", ["http://h/a b", "http://h/\n", "http://h/\u202e"])
def test_an_address_with_strange_characters_is_refused(spec: str) -> None:
    with pytest.raises(ExtractorError, match="white space or control characters"):
        resolve(spec)


def test_port_zero_is_refused() -> None:
    with pytest.raises(ExtractorError, match="port 0"):
        resolve("http://127.0.0.1:0/")


def test_no_document_under_way_is_refused() -> None:
    with pytest.raises(ExtractorError, match=r"at least 1 \(got 0\)"):
        HttpExtractor("http://127.0.0.1/", concurrency=0)


# What runs in the background may have been told to ignore interrupts, and its children with it.
HUNG = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from vinee.extractors.http import HttpExtractor
from vinee.model import Document
list(HttpExtractor({url!r}).extract([Document("a", text="x")]))
"""


@pytest.mark.skipif(os.name != "posix", reason="interrupts a process by its signal")
def test_an_interrupt_does_not_wait_for_the_network() -> None:
    arrived = Event()

    def hang(_: Handler) -> None:
        arrived.set()
        time.sleep(10)

    with serving(hang) as server:
        code = HUNG.format(url=server.url)
        with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) as waiting:
            assert arrived.wait(10)
            waiting.send_signal(signal.SIGINT)
            _, complaint = waiting.communicate(timeout=9)

    assert complaint.rstrip().endswith(b"KeyboardInterrupt")
