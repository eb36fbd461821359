"""Keeps a model's sentence where its quotes bear it out, and drops it else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.text.language import language
from search.llm.evidence import Evidence, GroundingJudge
from search.llm.plaintext import MARKS, numbers_of, plain
from search.llm.stream import LONGEST
from search.result import Answer


@dataclass(frozen=True, slots=True)
class GroundingCheck:
    """Checks sentences against an answer's citations."""

    evidence: Mapping[int, Evidence]
    judge: GroundingJudge

    def verified(self, sentence: str) -> str | None:
        """The sentence as plain text with its marks; None where it does not hold.

        What stands before a mark must stand in the quote that the mark names, and what follows
        the last mark in that one's quote.
        """
        text = plain(sentence) if len(sentence) <= LONGEST else ""
        if not text or not all(mark in self.evidence for mark in numbers_of(text)):
            return None
        parts = list(_statements(text))
        lang = language(MARKS.sub(" ", text))
        for place, (statement, marks) in enumerate(parts):
            evidence = Evidence.together(self.evidence[mark] for mark in marks)
            if not self.judge.supports(statement, evidence, lang, begins=place == 0):
                return None
        whole = Evidence.together(self.evidence[mark] for _, marks in parts for mark in marks)
        if not parts or not self.judge.shares_topic(MARKS.sub(" ", text), whole):
            return None
        return text


def _statements(text: str) -> Iterator[tuple[str, list[int]]]:
    """What stands before each group of marks, with the group; the rest goes with the last one."""
    found = list(MARKS.finditer(text))
    start = 0
    marks: list[int] = []
    for match in found:
        statement, start = text[start : match.start()], match.end()
        marks = numbers_of(match[1]) + ([] if _says(statement) else marks)
        yield statement, marks
    if marks and _says(text[start:]):
        yield text[start:], marks


def _says(statement: str) -> bool:
    return any(map(str.isalnum, statement))


def check_grounding(answer: Answer, judge: GroundingJudge) -> GroundingCheck:
    """What the answer's quotes state, each with title, headings and date of its note.

    These belong to a quote as they do to the reader, who sees them beside it: a system card
    seldom repeats in each sentence whose it is.
    """
    dates = {mark: row.date for row in answer.rows for mark in row.citations if row.date}
    return GroundingCheck(
        {
            each.id: Evidence.of(each.quote, each.title, *each.heading, dates.get(each.id, ""))
            for each in answer.citations
        },
        judge,
    )
