"""Asking a server again, or not."""

from collections.abc import Iterator

import embeddings_server
import pytest
from embeddings_server import Embeddings

from index.errors import WenguError
from index.post import Server

QUESTION = {"model": "m", "input": ["a"]}


@pytest.fixture
def server() -> Iterator[Embeddings]:
    with embeddings_server.running() as running:
        yield running


def asking(server: Embeddings, key: str | None = None) -> tuple[Server, list[float]]:
    pauses: list[float] = []
    return Server(f"{server.url}/embeddings", key, pauses.append), pauses


def test_failures_that_pass_are_tried_again_with_longer_pauses(server: Embeddings) -> None:
    server.script = [(503, {}, {}), (500, {}, {}), (429, {}, {})]
    asker, pauses = asking(server)
    assert len(asker.post(QUESTION)["data"]) == 1
    assert pauses == [0.5, 1.0, 2.0]


def test_the_server_may_ask_for_a_longer_pause(server: Embeddings) -> None:
    server.script = [(429, {"Retry-After": "7"}, {}), (429, {"Retry-After": "soon"}, {})]
    asker, pauses = asking(server)
    asker.post(QUESTION)
    assert pauses == [7.0, 1.0]


def test_failures_that_stay_end_in_one_error(server: Embeddings) -> None:
    server.script = [(503, {}, {"error": "asleep"})] * 20
    asker, pauses = asking(server)
    with pytest.raises(WenguError, match=r"503 .*asleep"):
        asker.post(QUESTION)
    assert len(server.asked) == len(pauses) + 1 < 10


@pytest.mark.parametrize(
    ("status", "advice"), [(401, "WENGU_EMBEDDINGS_KEY"), (404, "name"), (400, "check"), (418, "")]
)
def test_a_refusal_is_not_tried_again(server: Embeddings, status: int, advice: str) -> None:
    server.script = [(status, {}, {})]
    asker, pauses = asking(server)
    with pytest.raises(WenguError, match=f"{status}.*{advice}"):
        asker.post(QUESTION)
    assert pauses == []


def test_a_redirect_is_refused_so_that_the_key_stays(server: Embeddings) -> None:
    with embeddings_server.running() as other:
        server.script = [(307, {"Location": f"{other.url}/embeddings"}, {})]
        with pytest.raises(WenguError, match="307"):
            asking(server, "secret")[0].post(QUESTION)
        assert other.asked == []


def test_the_key_is_sent_and_never_told(server: Embeddings) -> None:
    server.script = [(401, {}, {})]
    with pytest.raises(WenguError) as refused:
        asking(server, "secret")[0].post(QUESTION)
    assert server.headers[0]["Authorization"] == "Bearer secret"
    assert "secret" not in str(refused.value)


def test_an_answer_that_is_not_json_is_named(server: Embeddings) -> None:
    server.script = [(200, {}, b"<html>")]
    with pytest.raises(WenguError, match="JSON"):
        asking(server)[0].post(QUESTION)


def test_a_server_that_is_not_there_is_named() -> None:
    with embeddings_server.running() as gone:
        asker, pauses = asking(gone)
    with pytest.raises(WenguError, match="cannot be reached"):
        asker.post(QUESTION)
    assert len(pauses) >= 3
