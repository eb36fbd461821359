"""What a server tells Prometheus, read with the parser of Prometheus' own client."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from api_services import BASE, services
from copied_index import copied_index
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from index.settings import Settings, load
from search.api.app import build_app
from search.mcp.tools import Tools
from search.service.metrics import Metrics
from search.service.overview import Overview
from search.service.services import Services


@pytest.fixture
def behind(vault: Settings) -> Services:
    return services(vault)


@pytest.fixture
def client(behind: Services) -> Iterator[TestClient]:
    with TestClient(build_app(behind), base_url=BASE) as client:
        yield client


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Values by name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def read(client: TestClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answered = client.get("/metrics")
    assert answered.status_code == 200
    assert answered.headers["content-type"].startswith("text/plain; version=0.0.4")
    return samples(answered.text)


def test_questions_are_counted_by_kind_however_they_are_asked(
    client: TestClient, behind: Services
) -> None:
    answer = client.post("/api/ask", json={"question": "模型一的网络安全评级是什么？"}).json()
    events = {"Accept": "text/event-stream"}
    client.post("/api/ask", json={"question": "模型一的网络安全评级是什么？"}, headers=events)
    Tools(behind).ask_notes("模型一的网络安全评级是什么？")
    told = read(client)
    kind = (("kind", answer["kind"]), ("lang", "zh"))
    assert told["wengu_questions_total", kind] == 3
    assert told["wengu_ask_seconds_count", ()] == 3
    assert told["wengu_ask_seconds_sum", ()] > 0
    assert told["wengu_ask_seconds_bucket", (("le", "+Inf"),)] == 3


def test_searches_are_counted_by_mode_and_mistaken_ones_are_not(
    client: TestClient, behind: Services
) -> None:
    assert client.get("/api/search?q=评级&mode=keyword").status_code == 200
    assert client.get("/api/search?q=评级").status_code == 200
    assert client.get("/api/search?q=after:soon").status_code == 400
    Tools(behind).search_notes("评级")
    told = read(client)
    assert told["wengu_searches_total", (("mode", "keyword"),)] == 1
    assert told["wengu_searches_total", (("mode", "hybrid"),)] == 2
    assert told["wengu_search_seconds_count", ()] == 3


def test_coverage_and_age_of_the_index_are_told(client: TestClient) -> None:
    told = read(client)
    state = client.get("/api/index").json()
    assert told["wengu_notes_indexed", ()] == told["wengu_notes", ()] == state["indexed"] == 4
    assert told["wengu_passages", ()] == told["wengu_passages_embedded", ()] == state["passages"]
    assert told["wengu_index_bytes", ()] == state["size_bytes"]
    assert told["wengu_index_updating", ()] == 0
    age = datetime.now(UTC) - datetime.fromisoformat(state["updated_at"])
    assert 0 <= told["wengu_index_age_seconds", ()] <= age.total_seconds() + 1


def test_an_index_grows_old() -> None:
    now = datetime.now(UTC)
    told = samples(Metrics(lambda: overview(now - timedelta(hours=2))).text().decode())
    assert told["wengu_index_age_seconds", ()] == pytest.approx(7200, abs=60)


def overview(updated: datetime) -> Overview:
    return Overview(
        state="idle", vault="notes", notes=1, indexed=1, skipped=0, passages=1, embedded=1,
        model="", dimensions=1, updated_at=updated.isoformat(), size_bytes=1, progress=None,
        warnings=(), error=None, watching=False,
    )  # fmt: skip


def test_before_anything_is_indexed_there_is_no_age(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    empty = services(load(notes=tmp_path / "notes", index=tmp_path / "index"))
    told = samples(empty.metrics.text().decode())
    assert told["wengu_notes", ()] == 0
    assert ("wengu_index_age_seconds", ()) not in told


def test_two_servers_in_one_process_count_for_themselves(
    client: TestClient, vault: Settings, tmp_path: Path
) -> None:
    copied_index(vault.index_dir, tmp_path / "index")
    other = services(load(notes=vault.notes, index=tmp_path / "index"))
    client.get("/api/search?q=评级")
    assert read(client)["wengu_search_seconds_count", ()] == 1
    assert samples(other.metrics.text().decode())["wengu_search_seconds_count", ()] == 0


def test_nothing_that_was_said_is_told(client: TestClient) -> None:
    client.get("/api/search?q=网络安全")
    client.post("/api/ask", json={"question": "星河的网络安全评级是什么？"})
    text = client.get("/metrics").text
    assert text.isascii()


def test_it_stands_behind_the_same_guard_as_the_api(vault: Settings) -> None:
    settings = load(notes=vault.notes, index=vault.index_dir, host="0.0.0.0", token="s3cret")
    with TestClient(build_app(services(settings)), base_url=BASE) as guarded:
        assert guarded.get("/metrics").status_code == 401
        bearer = {"Authorization": "Bearer s3cret"}
        assert guarded.get("/metrics", headers=bearer).status_code == 200
        foreign = {**bearer, "Origin": "http://elsewhere.example"}
        assert guarded.get("/metrics", headers=foreign).status_code == 403
        assert guarded.get("/metrics?x=1", headers=bearer).status_code == 400
    with TestClient(build_app(services(vault)), base_url="http://evil.example") as rebound:
        assert rebound.get("/metrics").status_code == 403
