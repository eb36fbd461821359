"""Questions over HTTP have an end, and only so many wait."""

import asyncio
import threading
import time
from collections.abc import Callable

import pytest
from fastapi import Request
from starlette.types import Message

from index.errors import TookTooLong, TooMany
from search import deadline
from search.api.questions import Questions


def asking(gone: Callable[[], bool] = lambda: False) -> Request:
    async def receive() -> Message:
        while not gone():
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "GET", "path": "/", "headers": []}, receive)


def work_for_ever() -> str:
    while True:
        deadline.check()


def test_an_answer_is_given() -> None:
    questions = Questions(lambda: None)
    assert asyncio.run(questions.answered(asking(), lambda: "yes")) == "yes"


def test_a_question_that_takes_too_long_says_so() -> None:
    questions = Questions(lambda: None, seconds=0.1)
    with pytest.raises(TookTooLong, match="no answer within"):
        asyncio.run(questions.answered(asking(), work_for_ever))


def test_a_question_whose_asker_has_gone_is_given_up() -> None:
    began = threading.Event()

    def work() -> str:
        began.set()
        return work_for_ever()

    questions = Questions(lambda: None, seconds=600)
    with pytest.raises(TookTooLong):
        asyncio.run(questions.answered(asking(began.is_set), work))


def test_what_is_indexed_meanwhile_is_taken_in_on_nobody_s_time() -> None:
    def busy() -> None:
        until = time.thread_time() + 0.2
        while time.thread_time() < until:
            pass

    questions = Questions(busy, seconds=0.1)
    assert asyncio.run(questions.answered(asking(), lambda: "yes")) == "yes"


def test_only_so_many_wait() -> None:
    go = threading.Event()

    async def ask_ten() -> list[str | BaseException]:
        questions = Questions(lambda: None, most=4)
        asked = [
            asyncio.create_task(questions.answered(asking(), lambda: str(go.wait(60))))
            for _ in range(10)
        ]
        await asyncio.sleep(0.05)
        go.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    answers = asyncio.run(ask_ten())
    assert answers[:4] == ["True"] * 4
    assert all(isinstance(each, TooMany) for each in answers[4:])
