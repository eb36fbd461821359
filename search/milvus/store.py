"""A vault in Milvus, open for searching: any number of servers share it."""

from functools import cached_property

from index.milvus.address import address
from index.milvus.client import Milvus
from search.engine import Engine
from search.milvus.engine import MilvusEngine
from search.milvus.records import MilvusRecords


class MilvusStore:
    """Connects when it is first asked; safe to share between threads."""

    def __init__(self, url: str) -> None:
        self._place = address(url)

    @cached_property
    def _db(self) -> Milvus:
        return Milvus.open(self._place)

    @cached_property
    def records(self) -> MilvusRecords:
        """What is stored of notes and passages."""
        return MilvusRecords(self._db)

    def engine(self, before: Engine | None) -> MilvusEngine:
        """The newest state; ``before`` saves nothing."""
        return MilvusEngine(self._db, self.records)

    def is_between(self, before: Engine) -> bool:
        """Never: a state is published when all of it is there."""
        return False

    def close(self) -> None:
        """Let go of the connection; the next use opens it anew."""
        for name in ("_db", "records"):
            self.__dict__.pop(name, None)
