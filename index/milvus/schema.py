"""Describes the collections of one vault in Milvus.

A change of this module's ``VERSION`` or of the model begins a set of new ones beside the
old, which are searched until the new ones are filled.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from index.milvus.client import Milvus, Row
from index.store.records import Problem

VERSION = 2
LONGEST = 65_535
"""Bytes that Milvus takes in one string."""
LONGEST_ENTRY = 1024
"""Bytes of an entry of an array."""
MOST_ENTRIES = 4096
_UNUSED = [0.0, 0.0]
_ON_DISK = {"mmap_enabled": True}
"""Texts are read for the few rows that are shown; memory is for what is searched."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Names of a set of collections."""

    passages: str
    """Text, terms, vector, and what can be filtered by."""
    documents: str
    """Notes: in parts that are no longer than Milvus takes."""
    terms: str
    """In how many passages each term stands."""

    @classmethod
    def of(cls, vault: str, kind: str) -> Self:
        return cls(*(f"{vault}_{kind}_{name}" for name in ("passages", "documents", "terms")))


def kind(model: str) -> str:
    """What tells one set of collections from another."""
    return hashlib.blake2b(f"{VERSION} {model}".encode(), digest_size=4).hexdigest()


def state(db: Milvus, *, newest: bool = False) -> dict[str, str]:
    """What is known of the vault as a whole; empty before anything was published.

    ``generation`` is raised whenever something else can be found than before, ``kind`` says
    which set of collections is searched; the other names are those of the store's own.
    """
    return dict(json.loads(_value(db, "state", newest=newest) or "{}"))


def set_state(db: Milvus, values: Mapping[str, str]) -> None:
    """Replace it, at once for every reader."""
    _set_value(db, "state", json.dumps(values, ensure_ascii=False))


def problems(db: Milvus) -> list[Problem]:
    """Files that were passed over or complained of."""
    return [Problem(*each) for each in json.loads(_value(db, "problems") or "[]")]


def set_problems(db: Milvus, found: Iterable[Problem]) -> None:
    """Replace them; of very many the first."""
    told: list[tuple[str, str, bool]] = []
    room = LONGEST
    for each in found:
        told.append((each.path, each.message, each.skipped))
        room -= len(json.dumps(told[-1])) + 2
        if room < 0:
            told.pop()
            break
    _set_value(db, "problems", json.dumps(told))


def _value(db: Milvus, name: str, *, newest: bool = False) -> str:
    table = f"{db.place.vault}_state"
    if not db.has(table):
        return ""
    rows = db.query(table, f'name == "{name}"', ["value"], newest=newest)
    return str(rows[0]["value"]) if rows else ""


def _set_value(db: Milvus, name: str, value: str) -> None:
    table = f"{db.place.vault}_state"
    if not db.has(table):
        _create(db, table, [("name", "VARCHAR", 64), ("value", "VARCHAR", LONGEST)])
    db.upsert(table, [with_vector({"name": name, "value": value})])


def create(db: Milvus, tables: Tables, dimensions: int) -> None:
    """Make the collections that are missing."""
    if not db.has(tables.documents):
        number, text = ("INT64", 0), ("VARCHAR", LONGEST)
        fields = [("id", *number), ("note", *number), ("part", *number), ("written", *number)]
        fields += [("passages", *number), ("words", *number), ("digest", "VARCHAR", 64)]
        fields += [("kind", "VARCHAR", 16), ("body", *text), ("letters", *text)]
        _create(db, tables.documents, fields)
    if not db.has(tables.terms):
        _create(db, tables.terms, [("term", "VARCHAR", 512), ("frequency", "INT64", 0)])
    if not db.has(tables.passages):
        _create_passages(db, tables.passages, dimensions)


def drop_others(db: Milvus, kept: list[Tables]) -> None:
    """Take away the sets that are not among ``kept``."""
    names = {name for each in kept for name in (each.passages, each.documents, each.terms)}
    for name in db.client.list_collections():
        of_set = name.rpartition("_")[2] in Tables.__slots__
        if name.startswith(f"{db.place.vault}_") and of_set and name not in names:
            db.client.drop_collection(name)


def with_vector(row: Row) -> Row:
    """A row of a collection that has nothing to search by: Milvus asks for a vector."""
    return {**row, "unused": _UNUSED}


def _create(db: Milvus, name: str, fields: list[tuple[str, str, int]]) -> None:
    """A collection of rows that are found by their fields alone; the first is the key."""
    from pymilvus import DataType

    schema = db.client.create_schema(auto_id=False)
    for place, (field, kind, most) in enumerate(fields):
        size = {"max_length": most, **_ON_DISK} if most == LONGEST else {"max_length": most}
        schema.add_field(field, DataType[kind], is_primary=place == 0, **(size if most else {}))
    schema.add_field("unused", DataType.FLOAT_VECTOR, dim=len(_UNUSED))
    index = db.client.prepare_index_params()
    index.add_index("unused", index_type="FLAT", metric_type="L2")
    if "note" in (field for field, *_ in fields):
        index.add_index("note", index_type="INVERTED")
    _make(db, name, schema, index)


def _create_passages(db: Milvus, name: str, dimensions: int) -> None:
    from pymilvus import DataType, Function, FunctionType

    schema = db.client.create_schema(auto_id=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    for number in ("note", "start", "end"):
        schema.add_field(number, DataType.INT64)
    for text in ("heading", "kind", "text", "path", "title", "date"):
        schema.add_field(text, DataType.VARCHAR, max_length=LONGEST, **_ON_DISK)
    for listed in ("tags", "folders"):
        schema.add_field(
            listed,
            DataType.ARRAY,
            element_type=DataType.VARCHAR,
            max_capacity=MOST_ENTRIES,
            max_length=LONGEST_ENTRY,
        )
    schema.add_field("properties", DataType.JSON)
    # Terms come cut and folded; jieba's exact mode leaves each as it is.
    analyzer = {
        "tokenizer": {"type": "jieba", "mode": "exact", "hmm": False},
        "filter": [{"type": "stop", "stop_words": [" "]}],
    }
    schema.add_field(
        "terms",
        DataType.VARCHAR,
        max_length=LONGEST,
        **_ON_DISK,
        enable_analyzer=True,
        enable_match=True,
        analyzer_params=analyzer,
    )
    schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimensions)
    schema.add_function(Function("bm25", FunctionType.BM25, ["terms"], ["sparse"]))
    _make(db, name, schema, _passage_indexes(db))


def _passage_indexes(db: Milvus) -> Any:
    index = db.client.prepare_index_params()
    bm25 = {"bm25_k1": 1.2, "bm25_b": 0.75}
    index.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params=bm25)
    index.add_index("vector", index_type=db.place.vector_index, metric_type="IP")
    lists = () if db.is_lite else ("tags", "folders")  # Milvus Lite indexes no arrays
    for field in ("note", "date", *lists):
        index.add_index(field, index_type="INVERTED")
    return index


def _make(db: Milvus, name: str, schema: Any, index: Any) -> None:
    db.client.create_collection(
        name,
        schema=schema,
        index_params=index,
        num_shards=db.place.shards,
        consistency_level="Bounded",
    )
    if db.place.replicas > 1:
        db.client.release_collection(name)
        db.client.load_collection(name, replica_number=db.place.replicas)
