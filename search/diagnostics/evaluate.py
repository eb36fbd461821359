"""Measures ranking and answers on a question file, and what each signal is worth."""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from index.settings import Settings
from search.diagnostics.scores import Figures, Question, answering, interval, load, mean, ranking
from search.ranking.fusion import SIGNALS, Signal
from search.searcher import Searcher

COLUMNS = ("recall@5", "recall@10", "ndcg@10", "mrr", "facts", "complete", "cites_ok",
           "cite_prec", "overrefuse", "abstain")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What one question scored."""

    question: Question
    ranked: tuple[str, ...]
    figures: Figures
    search_ms: float
    ask_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Ablation:
    """What a signal is worth: the figure with it less the figure without."""

    signal: Signal
    figure: str
    gain: float
    low: float
    high: float
    """The 95 % interval of the gain."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold note that is not among the first ten."""

    question: Question
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that was measured."""

    rows: tuple[Row, ...]
    ablation: tuple[Ablation, ...] = ()
    misses: tuple[Miss, ...] = ()
    groups: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    """Mean figures of all questions, of each type and of each language."""

    def table(self) -> str:
        """The figures as lines of text, and what else was asked for below them."""
        sizes = {"all": len(self.rows)}
        for row in self.rows:
            for name in (row.question.type, row.question.lang):
                sizes[name] = sizes.get(name, 0) + 1
        lines = [f"{'':14}{'n':>4} " + " ".join(f"{name:>10}" for name in COLUMNS)]
        for name, figures in self.groups.items():
            cells = (_cell(figures.get(column)) for column in COLUMNS)
            lines.append(f"{name:14}{sizes[name]:>4} " + " ".join(f"{cell:>10}" for cell in cells))
        lines.append(_times("search", [row.search_ms for row in self.rows]))
        asked = [row.ask_ms for row in self.rows if row.ask_ms is not None]
        if asked:
            lines.append(_times("ask", asked))
        lines += [
            f"{a.signal:14}{a.figure:10} {a.gain:+.3f}  [{a.low:+.3f}, {a.high:+.3f}]"
            for a in self.ablation
        ]
        lines += [
            f"{m.question.id} {m.question.type}: {m.path}\n    {m.reason}" for m in self.misses
        ]
        return "\n".join(lines)


def evaluate(
    settings: Settings,
    file: Path,
    ablate: bool = False,
    failures: bool = False,
    answers: bool = True,
) -> Evaluation:
    """Score the index of ``settings`` on the questions in ``file``.

    Raises:
        BadRequest: the file holds something that is no question.
        NotReady: nothing is indexed yet.
    """
    questions = load(file)
    searcher = Searcher(settings)
    searcher.search("warm")
    rows = [_searched(searcher, question) for question in questions]
    if answers and find_spec("search.answerer") is not None:
        rows = _answered(settings, searcher, rows)
    return Evaluation(
        rows=tuple(rows),
        ablation=tuple(_ablation(searcher, rows)) if ablate else (),
        misses=tuple(_misses(searcher, rows)) if failures else (),
        groups=_groups(rows),
    )


def _searched(searcher: Searcher, question: Question) -> Row:
    started = time.perf_counter()
    found = searcher.search(question.text, group="note")
    took = (time.perf_counter() - started) * 1000
    ranked = tuple(dict.fromkeys(hit.path for hit in found.results))
    return Row(question, ranked, ranking(question, ranked), took)


def _answered(settings: Settings, searcher: Searcher, rows: Sequence[Row]) -> list[Row]:
    from search.answerer import Answerer

    @cache
    def text_of(path: str) -> str:
        file = settings.notes / path
        return file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""

    answerer = Answerer(searcher)
    answered = []
    for row in rows:
        started = time.perf_counter()
        answer = answerer.ask(row.question.text)
        took = (time.perf_counter() - started) * 1000
        figures = {**row.figures, **answering(row.question, answer, text_of)}
        answered.append(Row(row.question, row.ranked, figures, row.search_ms, took))
    return answered


def _groups(rows: Sequence[Row]) -> dict[str, dict[str, float | None]]:
    members: dict[str, list[Row]] = {"all": list(rows)}
    for key in ("type", "lang"):
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            found[getattr(row.question, key)].append(row)
        members |= dict(sorted(found.items()))
    return {
        name: {column: mean(row.figures.get(column) for row in group) for column in COLUMNS}
        for name, group in members.items()
    }


def _ablation(searcher: Searcher, rows: Sequence[Row]) -> list[Ablation]:
    """Every signal off in turn, all else as it is."""
    measured = []
    scored = [row for row in rows if row.question.answerable]
    unused = frozenset[Signal]() if searcher.reranker else frozenset[Signal](("rerank",))
    for signal in sorted(SIGNALS - unused):
        without = searcher.without(signal)
        others = [_searched(without, row.question) for row in scored]
        for figure in ("ndcg@10", "recall@10"):
            gains = [
                (row.figures[figure] or 0.0) - (other.figures[figure] or 0.0)
                for row, other in zip(scored, others, strict=True)
            ]
            gain = sum(gains) / len(gains) if gains else 0.0
            measured.append(Ablation(signal, figure, gain, *interval(gains)))
    return measured


def _misses(searcher: Searcher, rows: Sequence[Row]) -> list[Miss]:
    misses = []
    for row in rows:
        absent = [path for path in row.question.gold if path not in row.ranked]
        enough = row.question.any_of and len(absent) < len(row.question.gold)
        if absent and not enough:
            deep = searcher.search(row.question.text, k=1000, group="note").results
            places = {hit.path: hit for hit in deep}
            for path in absent:
                hit = places.get(path)
                reason = "not a candidate"
                if hit is not None:
                    last = deep[min(len(deep), 10) - 1]
                    reason = (
                        f"rank {hit.rank}, score {hit.score:.3f} against {last.score:.3f} at rank"
                        f" {last.rank}; {_signals(hit.signals)} against {_signals(last.signals)}"
                    )
                misses.append(Miss(row.question, path, reason))
    return misses


def _signals(signals: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in signals.items())


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _times(name: str, milliseconds: Sequence[float]) -> str:
    ordered = sorted(milliseconds) or [0.0]
    half, most = (ordered[min(len(ordered) - 1, int(q * len(ordered)))] for q in (0.5, 0.95))
    return f"{name}: p50 {half:.0f} ms, p95 {most:.0f} ms"
