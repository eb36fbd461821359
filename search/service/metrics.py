"""Counts what is asked of a server and how it fares, for Prometheus and the log."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from search.result import Answer, SearchResult
from search.service.logs import event
from search.service.overview import Overview

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Upper ends of the buckets: a search takes tens of milliseconds, a language model seconds."""


class Metrics:
    """Counts of one server; safe to share between threads."""

    def __init__(self, now: Callable[[], Overview]) -> None:
        self._families = CollectorRegistry()
        self._families.register(_IndexState(now))
        own = ("wengu", "", "", self._families)  # namespace, subsystem, unit, and where it is kept
        self._searches = Counter("searches", "Searches answered.", ["mode"], *own)
        self._search_seconds = Histogram(
            "search_seconds", "Time that searches took.", (), *own, buckets=_SECONDS
        )
        self._questions = Counter(
            "questions", "Questions answered, by kind; none: the notes hold no answer.",
            ["kind", "lang"], *own,
        )  # fmt: skip
        self._ask_seconds = Histogram(
            "ask_seconds", "Time that answers took.", (), *own, buckets=_SECONDS
        )

    def searched(self, found: SearchResult) -> None:
        """Count a search that was answered."""
        self._searches.labels(found.mode).inc()
        self._search_seconds.observe(found.took_ms / 1000)
        event("search", mode=found.mode, results=len(found.results), ms=found.took_ms)

    def asked(self, answer: Answer) -> None:
        """Count a question that was answered, even if only with the nearest notes."""
        self._questions.labels(answer.kind, answer.lang).inc()
        self._ask_seconds.observe(answer.took_ms / 1000)
        event(
            "ask",
            kind=answer.kind, lang=answer.lang, answerable=answer.answerable,
            confidence=answer.confidence, engine=answer.engine, ms=answer.took_ms,
        )  # fmt: skip

    def text(self) -> bytes:
        """All of it in Prometheus' text format, UTF-8."""
        return generate_latest(self._families)


class _IndexState(Collector):
    """The index as it is when it is asked for."""

    def __init__(self, now: Callable[[], Overview]) -> None:
        self._now = now

    def describe(self) -> list[Metric]:
        return []  # so that nothing is read before the server is asked

    def collect(self) -> Iterator[Metric]:
        now = self._now()
        for name, about, value in (
            ("notes", "Notes of the vault, skipped ones included.", now.notes),
            ("notes_indexed", "Notes in the index.", now.indexed),
            ("passages", "Passages in the index.", now.passages),
            ("passages_embedded", "Passages that are found by meaning too.", now.embedded),
            ("index_bytes", "Size of the index on disk.", now.size_bytes),
            ("index_updating", "1 while the index is brought up to date.", now.state == "updating"),
            ("index_failed", "1 after an update failed.", now.state == "failed"),
        ):
            yield GaugeMetricFamily(f"wengu_{name}", about, float(value))
        if now.updated_at is not None:
            age = datetime.now(UTC) - datetime.fromisoformat(now.updated_at)
            about = "Time since the index was last brought up to date."
            yield GaugeMetricFamily("wengu_index_age_seconds", about, age.total_seconds())
