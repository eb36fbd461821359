"""An embeddings endpoint as an encoder, against a real server. Asking a server again, or not."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import embeddings_server
import numpy as np
import pytest
from embeddings_server import WIDTH, Embeddings, vector
from small_vault import Remembering, SmallVault

from index.errors import WenguError
from index.model.embeddings_endpoint import JsonClient
from index.model.load import load

QUESTION = {"model": "m", "input": ["a"]}


@pytest.fixture
def server() -> Iterator[Embeddings]:
    with embeddings_server.running() as running:
        yield running


def test_vectors_come_in_order_and_with_length_one(server: Embeddings, tmp_path: Path) -> None:
    encoder = load(f"{server.url}#m", tmp_path)
    texts = [f"text {number}" for number in range(150)]
    expected = np.array([vector(text) for text in texts])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(encoder.passages(texts), expected, atol=1e-6)
    np.testing.assert_allclose(encoder.query("text 3"), expected[3], atol=1e-6)
    assert encoder.dimensions == WIDTH and encoder.passages([]).shape == (0, WIDTH)


def test_several_requests_are_in_flight(server: Embeddings, tmp_path: Path) -> None:
    encoder = load(f"{server.url}#m", tmp_path)
    server.gate = threading.Barrier(3)  # nobody is answered before three have asked
    assert len(encoder.passages(["text"] * 96)) == 96


def test_the_model_may_be_named_in_the_environment(
    server: Embeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENGU_EMBEDDINGS_MODEL", "from-outside")
    monkeypatch.setenv("WENGU_EMBEDDINGS_KEY", "secret")
    load(server.url, tmp_path)
    assert server.asked[0]["model"] == "from-outside"
    assert server.headers[0]["Authorization"] == "Bearer secret"


def test_a_model_must_be_named(server: Embeddings, tmp_path: Path) -> None:
    with pytest.raises(WenguError, match="#name"):
        load(server.url, tmp_path)


def test_models_and_addresses_never_share_a_fingerprint(server: Embeddings, tmp_path: Path) -> None:
    with embeddings_server.running() as other:
        names = [f"{server.url}#a", f"{server.url}#b", f"{other.url}#a"]
        assert len({load(name, tmp_path).fingerprint for name in names}) == 3


def test_tokens_are_estimated_from_above(server: Embeddings, tmp_path: Path) -> None:
    encoder = load(f"{server.url}#m", tmp_path)
    assert encoder.count_tokens(["北京 GPT-5", "", "internationalisation"]) == [5, 0, 7]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"data": []},
        {"data": [{"index": 0, "embedding": "abc"}]},
        {"data": [{"index": 0, "embedding": [1.0, None]}]},
        {"data": [{"index": 0, "embedding": [[1.0]]}]},
        [],
    ],
)
def test_an_answer_of_another_shape_is_one_error(
    server: Embeddings, tmp_path: Path, answer: Any
) -> None:
    server.script = [(200, {}, answer)]
    with pytest.raises(WenguError, match="check that it serves embeddings"):
        load(f"{server.url}#m", tmp_path)


def test_a_vector_of_another_length_than_before_is_an_error(
    server: Embeddings, tmp_path: Path
) -> None:
    encoder = load(f"{server.url}#m", tmp_path)
    server.script = [(200, {}, {"data": [{"index": 0, "embedding": [1.0, 2.0]}]})]
    with pytest.raises(WenguError, match="vectors of 2 instead of 8"):
        encoder.query("a")


def vault(server: Embeddings, folder: Path, notes: int) -> SmallVault:
    """Short notes, and the endpoint to embed them with."""
    made = SmallVault(folder, load(f"{server.url}#m", folder), model=f"{server.url}#m")
    for number in range(notes):
        made.write(f"{number}.md", f"# {number}\n\nNote number {number}.\n")
    return made


def test_a_vault_is_embedded_with_as_many_requests_in_flight_as_are_set(
    server: Embeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENGU_EMBEDDINGS_REQUESTS", "8")
    many = vault(server, tmp_path, 256)  # two batches of four requests each
    server.gate = threading.Barrier(8, lambda: setattr(server, "gate", None))
    assert many.update().embedded == 256


def test_a_number_of_requests_that_is_none_is_an_error(
    server: Embeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENGU_EMBEDDINGS_REQUESTS", "many")
    with pytest.raises(WenguError, match="WENGU_EMBEDDINGS_REQUESTS"):
        load(f"{server.url}#m", tmp_path)


def test_embedding_that_was_cut_off_goes_on_where_it_stood(
    server: Embeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENGU_EMBEDDINGS_REQUESTS", "1")  # so that the first batch ends first
    half = vault(server, tmp_path, 300)
    before = len(server.asked)
    good = server.embed

    def ends(texts: list[str]) -> list[list[float]]:
        if len(server.asked) - before > 6 and len(texts) > 1:
            server.script = [(401, {}, {})] * 100  # refused, which is not tried again
        return good(texts)

    server.embed = ends
    with pytest.raises(WenguError, match="401"):
        half.update()
    server.embed, server.script = good, []
    known = half.store().counts(half.encoder.fingerprint)["embedded"]
    assert 0 < known < 300
    assert half.update().embedded == 300 - known


def test_the_same_model_behind_an_endpoint_finds_the_same(
    server: Embeddings, tmp_path: Path, encoder: Remembering
) -> None:
    """Served as the model is used here: the endpoint is given texts as they are."""
    server.embed = lambda texts: encoder.passages(texts).tolist()
    notes = {"茶.md": "# 绿茶\n\n水温八十度。\n", "咖啡.md": "# 咖啡\n\n水温九十二度。\n"}
    there = SmallVault(tmp_path / "there", load(f"{server.url}#m", tmp_path))
    here = SmallVault(tmp_path / "here", encoder)
    for made in (there, here):
        for path, text in notes.items():
            made.write(path, text)
        made.update()
    assert (
        there.paths("泡茶用多热的水", "semantic")[0] == here.paths("泡茶用多热的水", "semantic")[0]
    )


def asking(server: Embeddings, key: str | None = None) -> tuple[JsonClient, list[float]]:
    pauses: list[float] = []
    return JsonClient(f"{server.url}/embeddings", key, pauses.append), pauses


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
