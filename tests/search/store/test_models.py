import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.errors import WenguError
from index.model.passage_reader import PassageReader
from index.settings import Settings
from search import deadline
from search.snapshot import OpenIndex
from search.store.models import Models


def test_all_that_ask_for_a_model_share_it(vault: Settings) -> None:
    models = Models(vault.model_cache)
    with ThreadPoolExecutor(4) as pool:
        loaded = list(pool.map(models, [vault.model] * 4))
    assert all(each is loaded[0] for each in loaded)
    assert OpenIndex(vault, models=models).encoder() is loaded[0]


def test_a_model_that_cannot_be_had_is_asked_for_again(vault: Settings) -> None:
    models = Models(vault.model_cache)
    for _ in range(2):
        with pytest.raises(WenguError):
            models("no/such model")


class PreparedLong(Models):
    """Models of which the reader is to be prepared first."""

    def reader(self) -> PassageReader:
        until = time.thread_time() + 0.2
        while time.thread_time() < until:
            pass
        return super().reader()


def test_a_model_is_loaded_on_no_question_s_time(vault: Settings) -> None:
    index = OpenIndex(vault, models=PreparedLong(vault.model_cache))
    state = index.snapshot()
    with deadline.within(deadline.Deadline(0.1)):
        assert index.reader(state) is not None
        deadline.check()
