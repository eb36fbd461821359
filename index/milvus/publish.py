"""Brings Milvus up to the store: what is new or changed is written, what is gone goes.

Nothing is remembered between two times: each note in Milvus carries a digest of what was
published of it, and its row with the digest is written last. A publication that was cut
off is so completed by the next one. Readers go by the state, which is replaced at the end.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from index.errors import Busy
from index.lexical.keyword_index import Lexical
from index.milvus import rows, schema
from index.milvus.address import address
from index.milvus.client import Milvus, Row
from index.milvus.rows import Record
from index.milvus.schema import Tables
from index.progress import Listener, Progress
from index.store.writer import Store

_NOTES = 100
"""Notes written at a time."""
_MANY = 1000
"""Notes after which Milvus is told to make its indexes at once."""


@dataclass(frozen=True, slots=True)
class Published:
    """What Milvus holds of a note."""

    digest: str
    passages: int
    words: int
    """Terms of all its passages, repeats counted."""


def publish(
    url: str,
    store: Store,
    lexical: Lexical,
    *,
    take_over: bool = False,
    progress: Listener | None = None,
) -> None:
    """Make what the store holds the state that is searched at ``url``.

    Raises:
        Busy: another index is published there, and this one is not to ``take_over``.
        WenguError: Milvus cannot be reached or refuses.
    """
    with closing(Milvus.open(address(url))) as db:
        known = schema.state(db, newest=True)
        if known.get("identity", store.identity) != store.identity and not take_over:
            raise Busy(
                f"{db.place} is written by another index; name another #vault, or take it"
                " over with: wengu index --rebuild"
            )
        model = store.meta("model")
        kind = schema.kind(f"{store.identity} {model}")
        tables = Tables.of(db.place.vault, kind)
        schema.create(db, tables, int(store.meta("dimensions", "1")))
        writer = _Writer(db, tables, store, lexical, int(known.get("generation", "0")) + 1)
        has_changed = writer.bring_up(progress)
        schema.set_problems(db, store.problems())
        _show(db, known, _state(store, kind, writer.there), has_changed)
        previous = Tables.of(db.place.vault, known.get("kind", kind))
        schema.drop_others(db, [tables, previous])


class _Writer:
    """Writes one set of collections."""

    def __init__(
        self, db: Milvus, tables: Tables, store: Store, lexical: Lexical, revision: int
    ) -> None:
        self._db, self._tables, self._store, self._lexical = db, tables, store, lexical
        self._model = store.meta("model")
        self._dimensions = int(store.meta("dimensions", "1"))
        self._revision = revision
        self._counted: set[str] = set()
        self.there = _published(db, tables.documents)

    def bring_up(self, progress: Listener | None) -> bool:
        """Write and remove; gives whether there was anything to do."""
        total = self._store.note_count()
        stale = self.there.keys() - self._store.note_ids()
        changed = 0
        for batch in _batches(self._changed()):
            self._write(batch)
            changed += len(batch)
            if progress is not None:
                progress(Progress("publishing", changed, total))
        for start in range(0, len(stale), _NOTES):
            self._remove(sorted(stale)[start : start + _NOTES])
        if changed > _MANY:
            self._db.client.flush(self._tables.passages)
            self._db.client.flush(self._tables.documents)
        return bool(changed or stale)

    def _changed(self) -> Iterator[Record]:
        for record in rows.records(self._store):
            there = self.there.get(record.note.id)
            if there is None or there.digest != record.digest:
                yield record

    def _write(self, batch: list[Record]) -> None:
        by_note = {record.note.id: record for record in batch}
        among = f"note in {list(by_note)}"
        if self.there.keys() & by_note.keys():  # a shorter record leaves parts of the longer one
            self._db.delete(self._tables.documents, f'{among} and kind == "record"')
        made, words, passages = [], dict.fromkeys(by_note, 0), dict.fromkeys(by_note, 0)
        heard: set[str] = set()
        found = {p: (t, v) for p, t, v in self._store.passage_contents(list(by_note), self._model)}
        for passage in self._store.passages_of(list(by_note)):
            terms, vector = found[passage.id]
            heard.update(own := terms.split())
            words[passage.note_id] += len(own)
            passages[passage.note_id] += 1
            record = by_note[passage.note_id]
            made.append(rows.passage_row(passage, record, terms, vector, self._dimensions))
        self._count(heard)
        self._db.upsert(self._tables.passages, made)
        documents: list[Row] = []
        for note, record in by_note.items():
            text, size = self._store.text(note), (passages[note], words[note])
            documents += rows.document_rows(record, text, *size, self._revision)
            self.there[note] = Published(record.digest, *size)
        self._db.upsert(self._tables.documents, documents)

    def _remove(self, notes: list[int]) -> None:
        among = f"note in {notes}"
        heard: set[str] = set()
        for page in self._db.pages(self._tables.passages, among, ["terms"]):
            heard.update(term for row in page for term in row["terms"].split())
        self._counted -= heard
        self._count(heard)
        self._db.delete(self._tables.passages, among)
        self._db.delete(self._tables.documents, among)
        for note in notes:
            self.there.pop(note, None)

    def _count(self, terms: Iterable[str]) -> None:
        """Write in how many passages terms stand, each once in a publication."""
        new = sorted(set(terms) - self._counted)
        self._counted.update(new)
        frequency = self._lexical.frequency
        self._db.upsert(self._tables.terms, [rows.term_row(term, frequency(term)) for term in new])


def _published(db: Milvus, documents: str) -> dict[int, Published]:
    fields = ("note", "digest", "passages", "words")
    return {
        row["note"]: Published(row["digest"], row["passages"], row["words"])
        for page in db.pages(documents, 'digest != ""', fields)
        for row in page
    }


def _state(store: Store, kind: str, there: Mapping[int, Published]) -> dict[str, str]:
    model = store.meta("model")
    centres = (f"centre:{model}:{name}" for name in ("passages", "zh", "en"))
    own = ("identity", "model", "model_name", "dimensions", "tag_folder", "updated_at")
    return {name: store.meta(name) for name in (*own, *centres)} | {
        "kind": kind,
        "notes": str(len(there)),
        "passages": str(sum(each.passages for each in there.values())),
        "words": str(sum(each.words for each in there.values())),
        "embedded": str(store.counts(model)["embedded"]),
    }


def _show(
    db: Milvus, known: Mapping[str, str], state: Mapping[str, str], has_changed: bool
) -> None:
    """Let readers see it; the time alone is no reason to read all again."""
    same = all(known.get(name) == value for name, value in state.items() if name != "updated_at")
    raised = int(known.get("generation", "0")) + (has_changed or not same)
    schema.set_state(db, {**state, "generation": str(raised)})


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == _NOTES:
            yield batch
            batch = []
    if batch:
        yield batch
