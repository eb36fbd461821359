"""Holds one connection to Milvus: rows in, rows out, and errors that say what to do."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from index.errors import WenguError
from index.milvus.address import Address

Row = dict[str, Any]
_PAGE = 1000
"""Rows asked for or sent at a time: some megabytes, below gRPC's limit of 64."""
_PATIENT = {"grpc.keepalive_time_ms": 300_000}
"""Milvus Lite takes more frequent pings, as while it thinks about a long question, for abuse."""
_CONNECTING = 10.0
"""Seconds in which a server must be there; some releases of pymilvus wait for ever by default."""
MOST = 16_384
"""Rows that Milvus gives to one question at most."""


@dataclass(frozen=True, slots=True)
class Side:
    """One way of searching: a field, what is looked for in it, and within which rows."""

    field: str
    wanted: Any
    """A text for BM25, a sequence of floats for vectors."""
    where: str
    limit: int


class Milvus:
    """A client; safe to share between threads."""

    def __init__(self, place: Address, client: Any) -> None:
        self.place = place
        self.client = client
        self._ready: set[str] = set()

    @classmethod
    def open(cls, place: Address) -> Self:
        """Connect.

        Raises:
            WenguError: the extra is not installed, or nothing answers there.
        """
        try:
            from pymilvus import MilvusClient
        except ImportError as error:
            raise WenguError(
                "the store needs pymilvus; install it with: pip install 'wengu[milvus]'"
            ) from error
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # errors are told below
        logging.getLogger("jieba").disabled = True  # of Milvus Lite: it tells how it loads
        if place.is_file:
            Path(place.uri).parent.mkdir(parents=True, exist_ok=True)
        with _told(place):
            client = MilvusClient(
                place.uri,
                token=place.token,
                db_name=place.database,
                timeout=_CONNECTING,
                grpc_options=_PATIENT,
            )
        return cls(place, client)

    @property
    def is_lite(self) -> bool:
        """Whether it is Milvus Lite, also behind a port."""
        with _told(self.place):
            return "lite" in self.client.get_server_version()

    def close(self) -> None:
        self.client.close()

    def has(self, table: str) -> bool:
        """Whether there is such a collection."""
        with _told(self.place):
            return table in self._ready or bool(self.client.has_collection(table))

    def query(
        self, table: str, where: str, fields: Sequence[str], *, newest: bool = False
    ) -> list[Row]:
        """Rows that pass, in no order; what the last seconds brought only if asked for."""
        level = {"consistency_level": "Strong"} if newest else {}
        with self._asked(table):
            found = self.client.query(table, where, output_fields=list(fields), limit=MOST, **level)
            return [dict(row) for row in found]

    def pages(self, table: str, where: str, fields: Sequence[str]) -> Iterator[list[Row]]:
        """All rows that pass as of now, some at a time."""
        with self._asked(table):
            rows = self.client.query_iterator(
                table,
                batch_size=_PAGE,
                filter=where,
                output_fields=list(fields),
                consistency_level="Strong",
            )
        try:
            while True:
                with self._asked(table):
                    page = [dict(row) for row in rows.next()]
                if not page:
                    return
                yield page
        finally:
            rows.close()

    def upsert(self, table: str, rows: Sequence[Row]) -> None:
        """Put rows in place of those with the same keys."""
        for start in range(0, len(rows), _PAGE):
            with self._asked(table):
                self.client.upsert(table, list(rows[start : start + _PAGE]))

    def delete(self, table: str, where: str) -> None:
        """Take out the rows that pass."""
        with self._asked(table):
            self.client.delete(table, filter=where)

    def search(self, table: str, sides: Sequence[Side], fields: Sequence[str]) -> list[Row]:
        """Rows that any of the sides names, each once; hybrid search where there are several."""
        with self._asked(table):
            found = self._one(table, sides[0], fields) if len(sides) == 1 else None
            if found is None:
                found = self._hybrid(table, sides, fields)
        return [{"id": hit["id"], **hit["entity"]} for hit in found]

    @contextmanager
    def _asked(self, table: str) -> Iterator[None]:
        """A collection that can be asked: Milvus Lite forgets which ones were in use."""
        with _told(self.place):
            if table not in self._ready:
                if self.client.get_load_state(table)["state"].name != "Loaded":
                    self.client.load_collection(table, replica_number=self.place.replicas)
                self._ready.add(table)
            yield

    def _one(self, table: str, side: Side, fields: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = self.client.search(
            table,
            data=[side.wanted],
            filter=side.where,
            anns_field=side.field,
            limit=side.limit,
            output_fields=list(fields),
        )[0]
        return found

    def _hybrid(
        self, table: str, sides: Sequence[Side], fields: Sequence[str]
    ) -> Sequence[Mapping[str, Any]]:
        from pymilvus import AnnSearchRequest, RRFRanker

        asked = [
            AnnSearchRequest([side.wanted], side.field, {}, side.limit, side.where or None)
            for side in sides
        ]
        most = min(sum(side.limit for side in sides), MOST)
        found: Sequence[Mapping[str, Any]] = self.client.hybrid_search(
            table, asked, RRFRanker(), limit=most, output_fields=list(fields)
        )[0]
        return found


@contextmanager
def _told(place: Address) -> Iterator[None]:
    """Milvus' errors as ours."""
    from grpc import RpcError
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except (MilvusException, RpcError) as error:
        said = " ".join(str(getattr(error, "message", "") or error).split())[:200]
        raise WenguError(f"the store {place} failed ({said}); see that it runs") from error
