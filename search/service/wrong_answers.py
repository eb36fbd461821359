"""Keeps questions whose answers were wrong, as a question file that ``wengu eval`` reads."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.text.language import language

FILE = "wrong-answers.jsonl"
"""Beside the index, outside the vault."""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A question and what was answered to it."""

    question: str
    answer: str
    answerable: bool
    citations: Sequence[str] = ()
    """Paths of the notes quoted."""


class WrongAnswers:
    """Appends to one file; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._lock = threading.Lock()

    def keep(self, wrong: WrongAnswer) -> Path:
        """Add the question, once; what it should have said is for its user to fill in."""
        with self._lock:
            lines = self.path.read_text("utf-8").splitlines() if self.path.exists() else []
            if any(json.loads(line)["question"] == wrong.question for line in lines):
                return self.path
            line = {
                "id": f"W{len(lines) + 1:03}",
                "lang": language(wrong.question),
                "type": "wrong",
                "question": wrong.question,
                "gold_notes": [],
                "must": [],
                "answerable": True,
                "was_answered": wrong.answer if wrong.answerable else "",
                "was_cited": list(wrong.citations),
            }
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        return self.path
