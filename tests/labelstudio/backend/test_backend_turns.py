import asyncio
import threading
import time
from typing import Any

import httpx
import msgspec
from steered import Found, Steered, asked, first_word

from vinee.labelstudio.backend import Model, application


class Watched:
    """Waits in each document until it is let go, and notes how many are worked on at once."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.order: list[str] = []
        self.most = 0
        self._now = 0
        self._started = threading.Event()

    async def begun(self) -> None:
        """Wait until the first document is worked on, in a thread of its own."""
        await asyncio.to_thread(self._started.wait, 10)

    def __call__(self, text: str) -> Found:
        self._now += 1
        self.most = max(self.most, self._now)
        self.order.append(text)
        self._started.set()
        self.go.wait(10)
        time.sleep(0.01)
        self._now -= 1
        return first_word(text)


def http(found: Steered, seconds: float = 20) -> httpx.AsyncClient:
    app = application(Model.ready(found), seconds=seconds)
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://backend", timeout=30)


def test_requests_at_once_are_served_one_after_the_other_and_health_answers_meanwhile() -> None:
    watched = Watched()

    async def scene() -> tuple[httpx.Response, list[httpx.Response]]:
        async with http(Steered(watched)) as client:
            asking = [
                asyncio.create_task(client.post("/predict", json={"tasks": asked(f"{name} đến.")}))
                for name in ("Putin", "Trump", "Vance")
            ]
            await watched.begun()
            health = await client.get("/health")
            watched.go.set()
            return health, await asyncio.gather(*asking)

    health, answers = asyncio.run(scene())

    assert health.status_code == 200
    assert watched.most == 1
    found = [each.json()["results"][0]["result"][0]["value"]["text"] for each in answers]
    assert found == ["Putin", "Trump", "Vance"]


def test_whoever_opens_a_task_does_not_wait_until_thousands_are_done() -> None:
    watched = Watched()

    async def scene() -> None:
        async with http(Steered(watched)) as client:
            many = asked(*(f"số{number} đến." for number in range(30)))
            batch = asyncio.create_task(client.post("/predict", json={"tasks": many}))
            await watched.begun()
            opened = {"tasks": asked("Putin đến.")}
            one = asyncio.create_task(client.post("/predict", json=opened))
            await asyncio.sleep(0.2)
            watched.go.set()
            await asyncio.gather(batch, one)

    asyncio.run(scene())

    assert watched.order.index("Putin đến.") < 5
    assert len(watched.order) == 31


def test_what_is_not_done_in_time_is_left_out_of_the_answer() -> None:
    def slow(text: str) -> Found:
        time.sleep(0.15)
        return first_word(text)

    async def scene() -> httpx.Response:
        async with http(Steered(slow), seconds=0.5) as client:
            return await client.post("/predict", json={"tasks": asked(*["Putin đến."] * 20)})

    answer = asyncio.run(scene()).json()

    done = [each for each in answer["results"] if each]
    assert 1 <= len(done) <= 4
    assert len(answer["results"]) == 20
    assert len(answer["failures"]) == 20 - len(done)
    assert "--timeout" in answer["failures"][0]["detail"]


def test_extractor_that_hangs_makes_an_answer_and_no_queue_without_end() -> None:
    watched = Watched()

    async def scene() -> tuple[httpx.Response, httpx.Response, httpx.Response]:
        async with http(Steered(watched), seconds=0.3) as client:
            first = await client.post("/predict", json={"tasks": asked("Putin đến.")})
            second = await client.post("/predict", json={"tasks": asked("Trump đến.")})
            watched.go.set()
            await asyncio.sleep(0.1)
            third = await client.post("/predict", json={"tasks": asked("Vance đến.")})
            return first, second, third

    first, second, third = asyncio.run(scene())

    assert [each.status_code for each in (first, second, third)] == [503, 503, 200]
    assert watched.order == ["Putin đến.", "Vance đến."]


def test_work_stops_when_whoever_asked_has_gone() -> None:
    watched = Watched()
    app = application(Model.ready(Steered(watched)))

    async def scene() -> None:
        body = msgspec.json.encode({"tasks": asked(*["Putin đến."] * 50)})
        sent = [
            {"type": "http.request", "body": body, "more_body": False},
            {"type": "http.disconnect"},
        ]

        async def receive() -> Any:
            return sent.pop(0) if len(sent) > 1 else sent[0]

        async def send(_: object) -> None: ...

        headers = [(b"content-type", b"application/json")]
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/predict",
            "headers": headers,
            "query_string": b"",
        }
        watched.go.set()
        await app(scope, receive, send)

    asyncio.run(scene())

    assert len(watched.order) < 50
