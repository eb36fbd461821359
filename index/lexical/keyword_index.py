"""Ranks by BM25 over the store's terms, in two Tantivy indexes derived from it.

``passages`` ranks passages by their terms; ``notes`` holds the pairs of letters of whole
notes, in order, so that any substring finds its note. Each folder carries the generation
of the store that it stands for, and catches up from there; a folder that cannot be opened
is made anew by the next writer. Scores are Lucene's BM25 (k1 1.2, b 0.75), Tantivy's only
similarity.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from index.errors import unwritable
from index.file_replacement import remove
from index.lexical.keyword_writer import IndexState, KeywordWriter
from index.store.reader import Reader
from index.text.terms import grams

_TOKENIZER = "spaces"
_KINDS = (("passages", "terms", "freq"), ("notes", "grams", "position"))
"""Folder, field and what is kept of the field, of each index."""
Clause = Sequence[tuple[str, float]]
"""Terms that mean the same, each with its weight; the best of them counts.

Terms separated by spaces must all be there; they count as one, at their mean score.
"""
Ranked = list[tuple[int, float]]
"""Ids and scores, best first."""


class Lexical:
    """The two indexes of one folder, open for searching and catching up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        passages, notes = (_opened(folder, *kind) for kind in _KINDS)
        self.is_there = passages is not None and notes is not None
        """Whether both could be opened; else this is empty until it is written."""
        self._passages = passages or _empty(*_KINDS[0])
        self._notes = notes or _empty(*_KINDS[1])

    @property
    def generation(self) -> int:
        """The store's generation that both indexes stand for; 0 when they are new."""
        return IndexState.read(self._folder).generation if self.is_there else 0

    @contextmanager
    def writing(self, store: Reader) -> Iterator[KeywordWriter]:
        """What takes in what a store gains; for its writer alone.

        Indexes that are not there or cannot be read are made anew first. On leaving what was
        published is in its final form.
        """
        if not self.is_there:
            (self._folder / "generation").unlink(missing_ok=True)
            self._passages, self._notes = (_created(self._folder, *kind) for kind in _KINDS)
            self.is_there = True
        writing = KeywordWriter(self._folder, self._passages, self._notes, store)
        try:
            yield writing
            writing.finish()
            self.reload()
        finally:
            writing.close()

    def reload(self) -> None:
        """See what has been committed since."""
        self._passages.reload()
        self._notes.reload()

    def search(
        self, clauses: Iterable[Clause], k: int, notes: Sequence[int] | None = None
    ) -> Ranked:
        """The ``k`` passages with the highest BM25, within ``notes`` (ids) where given."""
        schema = self._passages.schema
        parts = [(tantivy.Occur.Should, _clause(schema, clause)) for clause in clauses]
        if not parts or k <= 0:
            return []
        query = tantivy.Query.boolean_query(parts)
        if notes is not None:
            within = tantivy.Query.term_set_query(schema, "note", list(notes))
            free = tantivy.Query.const_score_query(within, 0.0)
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, free)]
            )
        return _ranked(self._passages, query, k)

    def scores(self, clauses: Iterable[Clause], passages: Sequence[int]) -> dict[int, float]:
        """BM25 of each of these passages (ids) that any clause is in."""
        if not passages:
            return {}
        schema = self._passages.schema
        parts = [(tantivy.Occur.Should, _clause(schema, clause)) for clause in clauses]
        if not parts:
            return {}
        these = tantivy.Query.term_set_query(schema, "id", [int(p) for p in passages])
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.boolean_query(parts)),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(these, 0.0)),
            ]
        )
        return dict(_ranked(self._passages, query, len(passages)))

    def notes_containing(self, text: str, k: int) -> Ranked:
        """Notes in which the letters and digits of ``text`` stand in a row."""
        schema = self._notes.schema
        pairs = grams(text)
        if not pairs:
            return []
        if len(pairs) == 1:
            pattern = re.escape(pairs[0]) + ".?"
            query = tantivy.Query.regex_query(schema, "grams", pattern)
        elif len(pairs) == 2:
            query = tantivy.Query.term_query(schema, "grams", pairs[0])
        else:
            query = tantivy.Query.phrase_query(schema, "grams", list(pairs[:-1]))
        return _ranked(self._notes, query, k)

    @property
    def passages(self) -> int:
        """How many passages are indexed."""
        return int(self._passages.searcher().num_docs)

    def frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        return int(self._passages.searcher().doc_freq("terms", term))

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """The same of several terms."""
        return {term: self.frequency(term) for term in terms}

    def passages_with_all(self, terms: Sequence[str]) -> list[int]:
        """Passages (ids) in which all the terms stand."""
        clause = [(" ".join(dict.fromkeys(terms)), 1.0)]
        return [passage for passage, _ in self.search([clause], self.passages)] if terms else []

    def idf(self, frequency: int) -> float:
        """BM25's inverse document frequency of what stands in so many passages."""
        passages = self._passages.searcher().num_docs
        return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def _opened(folder: Path, name: str, field: str, option: str) -> tantivy.Index | None:
    """The index in a folder, which is left as it is; None where none can be read."""
    place = str(folder / name)
    try:
        if not tantivy.Index.exists(place):
            return None
        return _with_tokenizer(tantivy.Index(_schema(field, option), path=place, reuse=True))
    except ValueError:  # another schema, or files that Tantivy cannot read
        return None


def _empty(name: str, field: str, option: str) -> tantivy.Index:
    return _with_tokenizer(tantivy.Index(_schema(field, option)))


def _created(folder: Path, name: str, field: str, option: str) -> tantivy.Index:
    place = folder / name
    if place.exists():
        remove(place)
    place.mkdir(parents=True)
    try:
        index = tantivy.Index(_schema(field, option), path=str(place), reuse=False)
    except ValueError as error:  # all that Tantivy raises
        raise unwritable(folder, error) from error
    return _with_tokenizer(index)


def _schema(field: str, option: str) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", fast=True, indexed=True)
    builder.add_unsigned_field("note", indexed=True)
    builder.add_text_field(field, tokenizer_name=_TOKENIZER, index_option=option)
    return builder.build()


def _with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, analyzer)
    return index


def _clause(schema: tantivy.Schema, clause: Clause) -> tantivy.Query:
    queries = [_alternative(schema, terms.split(" "), weight) for terms, weight in clause]
    return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)


def _alternative(schema: tantivy.Schema, terms: list[str], weight: float) -> tantivy.Query:
    queries = [tantivy.Query.term_query(schema, "terms", term, "freq") for term in terms]
    if len(queries) > 1:
        both = tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])
        return tantivy.Query.boost_query(both, weight / len(queries))
    return tantivy.Query.boost_query(queries[0], weight)


def _ranked(index: tantivy.Index, query: tantivy.Query, k: int) -> Ranked:
    searcher = index.searcher()
    hits = searcher.search(query, k, count=False).hits
    ids = searcher.fast_field_values("id", [address for _, address in hits])
    return [(int(i or 0), float(score)) for i, (score, _) in zip(ids, hits, strict=True)]
