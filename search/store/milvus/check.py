"""Checks whether what is searched in Milvus is what the notes' own store holds."""

from collections.abc import Iterator

from index.errors import WenguError
from index.milvus import schema
from index.milvus.address import address
from index.milvus.client import Milvus
from index.store.reader import Reader

_MEND = "run: wengu index"


def differences(url: str, store: Reader | None) -> Iterator[tuple[str, str]]:
    """(problem, what mends it); ``store`` is None where only answers are given."""
    try:
        place = address(url)
        db = Milvus.open(place)
    except WenguError as error:
        yield str(error), "mend --store, or start what it names"
        return
    try:
        state = schema.state(db)
        if not state:
            yield f"nothing is published in {place} yet", _MEND
        elif store is not None and state.get("identity") != store.identity:
            yield f"{place} is written by another index", "take it over: wengu index --rebuild"
        elif store is not None and int(state.get("passages", "0")) != store.passage_count():
            passages = int(state.get("passages", "0"))
            known = store.passage_count()
            yield f"{place} holds {passages:,} passages, the index {known:,}", _MEND
    except WenguError as error:
        yield str(error), "start it again, then: wengu doctor"
    finally:
        db.close()
