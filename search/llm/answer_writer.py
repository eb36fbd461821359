"""Words the built-in answer by a model, as far as its quotes bear the words out."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from index.errors import BadRequest
from index.settings import Settings
from search.llm.chat_endpoint import Completion, Endpoint, WriterFailed
from search.llm.evidence import GroundingJudge
from search.llm.grounding import check_grounding
from search.llm.prompt import gives_orders, messages
from search.llm.stream import model_sentences
from search.query.dictionary import Dictionary
from search.result import Answer

_WIDE_ENDS = tuple("。！？；…”」』）")
"""After these Chinese leaves no space."""
_log = logging.getLogger("wengu")


class Writer:
    """Words answers; safe to share between threads."""

    def __init__(self, settings: Settings, dictionary: Callable[[], Dictionary]) -> None:
        """Raises BadRequest where the settings name no model."""
        if not settings.llm_url or not settings.llm_model:
            raise BadRequest(
                "WENGU_LLM_URL and WENGU_LLM_MODEL belong together; set both, or neither"
            )
        key = settings.llm_key.get_secret_value() if settings.llm_key else None
        self._endpoint = Endpoint(
            settings.llm_url, settings.llm_model, key, settings.llm_silence, settings.llm_seconds
        )
        self._dictionary = dictionary

    def write(self, answer: Answer, context: str | None = None) -> "StreamedAnswer":
        """Begin to word an answer; ``context`` is the question before, for a follow-up.

        The model is asked when the result is iterated, and never about what the notes do not
        answer.
        """
        quotes = [each for each in answer.citations if not gives_orders(each)]
        if not answer.answerable or not quotes:
            return StreamedAnswer(answer)
        completion = self._endpoint.completion(messages(answer, quotes, context))
        judged = check_grounding(
            replace(answer, citations=tuple(quotes)), GroundingJudge(self._dictionary())
        )
        return StreamedAnswer(answer, completion, judged.verified, f"llm:{self._endpoint.model}")


class StreamedAnswer:
    """An answer coming into being: iterate for its text, then ``answer`` is the whole.

    Where the model's words cannot stand, that is the built-in answer, which is also what the
    text then is, unless sentences that do stand have left already.
    """

    def __init__(
        self,
        answer: Answer,
        completion: Completion | None = None,
        verified: Callable[[str], str | None] = lambda sentence: None,
        engine: str = "builtin",
    ) -> None:
        self.answer = answer
        self._completion = completion
        self._verified = verified
        self._engine = engine
        self._left = False

    def __iter__(self) -> Iterator[str]:
        """Parts of the text, a sentence each, which together are the text."""
        builtin, started, text = self.answer, time.perf_counter(), ""
        if self._completion is not None:
            try:
                for part in self._sentences(self._completion):
                    text += part
                    yield part
            except WriterFailed as error:
                level = logging.INFO if self._left else logging.WARNING
                _log.log(level, "%s %s; the answer is the quotes alone", self._engine, error)
            else:
                took = round(builtin.took_ms + (time.perf_counter() - started) * 1000, 1)
                self.answer = replace(
                    builtin, answer=text, engine=self._engine, builtin_answer=builtin.answer,
                    took_ms=took,
                )  # fmt: skip
                return
        if not text:
            yield builtin.answer

    def final(self) -> Answer:
        """The answer, once all of it is there."""
        for _ in self:
            pass
        return self.answer

    def stop(self) -> None:
        """Nobody listens any more, so the model is asked for no more; from any thread."""
        self._left = True
        if self._completion is not None:
            self._completion.stop()

    def _sentences(self, pieces: Completion) -> Iterator[str]:
        """The sentences that hold, each with what parts it from the one before."""
        parting, is_first = "", True
        for sentence in model_sentences(pieces):
            if sentence.begins:
                parting = "\n- " if sentence.is_item else "\n\n"
            text = self._verified(sentence.text)
            if text is not None:
                yield (parting.lstrip("\n") if is_first else parting) + text
                parting, is_first = "" if text.endswith(_WIDE_ENDS) else " ", False
        if is_first:
            raise WriterFailed("said nothing that the quotes bear out")
