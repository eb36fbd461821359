"""The store: what is written comes back, whole or not at all."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import NotReady, WenguError
from index.markdown.note import Passage
from index.markdown.parse import parse
from index.store import schema
from index.store.reader import Reader
from index.store.records import IndexedPassage, KnownFile, Problem
from index.store.writer import Store
from index.text.bilingual import TermPair

FILE = KnownFile(0, "digest", "recipe", 10, 20)
TEXT = "\ufeff---\ndate: 2024-05-01\n---\n# 茶 🍵\n\n水温八十度。\r\n[[咖啡|另]] 𠀀。\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "store")
    yield store
    store.close()


def pieces(text: str, size: int = 5) -> list[IndexedPassage]:
    """The text in pieces of so many characters, each its own content."""
    cuts = range(0, len(text), size)
    passages = [
        Passage(at, min(at + size, len(text)), text[at : at + size], ("甲",)) for at in cuts
    ]
    return [IndexedPassage(p, "上文 ", "词 语", p.text.encode("utf-8")) for p in passages]


def put(store: Store, path: str, text: str, size: int = 5) -> int:
    with store.writing() as generation:
        store.replace_note(parse(path, text), pieces(text, size), FILE, generation)
    return generation


def test_a_note_comes_back_as_it_was_written(store: Store) -> None:
    generation = put(store, "深/茶.md", TEXT)
    (note,) = store.notes()
    assert (note.path, note.title, note.date) == ("深/茶.md", "茶 🍵", "2024-05-01")
    assert [(p.key, p.values) for p in note.properties] == [("date", ("2024-05-01",))]
    assert store.text(note.id) == TEXT
    assert store.files() == {"深/茶.md": KnownFile(note.id, "digest", "recipe", 10, 20)}
    (link,) = store.links()
    assert (link.target, link.alias, TEXT[link.start : link.end]) == ("咖啡", "另", "[[咖啡|另]]")
    assert store.generation == generation


def test_every_passage_is_its_slice_of_the_file(store: Store) -> None:
    put(store, "茶.md", TEXT, size=3)
    (note,) = store.notes()
    found = store.passages_of([note.id])
    assert "".join(p.text for p in found) == TEXT
    assert all(p.text == TEXT[p.start : p.end] for p in found)


# No text that is read from a file holds a lone surrogate or a NUL.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@given(text=st.text(LETTERS, max_size=60), size=st.integers(1, 9))
def test_any_text_is_sliced_as_python_slices_it(text: str, size: int) -> None:
    store = Store(sqlite3.connect(":memory:", isolation_level=None))
    store._db.executescript(schema.TABLES)
    put(store, "a.md", text, size)
    (note,) = store.notes()
    assert store.text(note.id) == text
    assert [p.text for p in store.passages_of([note.id])] == [
        text[at : at + size] for at in range(0, len(text), size)
    ]
    store.close()


def test_what_is_embedded_is_the_context_and_the_slice(store: Store) -> None:
    put(store, "茶.md", "一二三四五六七")
    own = "六七".encode()
    assert store.to_embed([own, b"unknown"]) == {own: ("上文 ", "六七", "text")}


def test_a_replaced_note_has_new_ids_and_the_old_ones_are_tombstones(store: Store) -> None:
    before = put(store, "茶.md", "一二三四五六七")
    (old,) = store.notes()
    gone = store.passage_ids([old.id])
    put(store, "茶.md", "新")
    (new,) = store.notes()
    assert new.id > old.id
    assert min(store.passage_ids([new.id])) > max(gone)
    assert store.tombstones(before) == (gone, [old.id])
    assert store.passages(gone) == {}
    assert store.text(old.id) == ""


def test_an_id_is_not_used_again_after_a_deletion(store: Store) -> None:
    put(store, "茶.md", "一二三")
    (old,) = store.notes()
    (gone,) = store.passage_ids([old.id])
    with store.writing() as generation:
        store.delete_note("茶.md", generation)
    put(store, "别的.md", "四五六")
    (new,) = store.notes()
    assert new.id > old.id
    assert store.passage_ids([new.id])[0] > gone


def test_a_deletion_takes_everything_of_the_note_along(store: Store) -> None:
    with store.writing() as generation:
        gloss = TermPair("tea", "茶", True)
        store.replace_note(parse("茶.md", TEXT), pieces(TEXT), FILE, generation, [gloss])
        store.set_warnings("茶.md", ["奇怪"])
    assert store.glosses() == [(gloss, 1)]
    with store.writing() as generation:
        store.delete_note("茶.md", generation)
    assert (store.files(), store.links(), store.glosses(), store.problems()) == ({}, [], [], [])
    assert store.counts("m") == dict.fromkeys(store.counts("m"), 0)


def test_deleting_what_is_unknown_changes_nothing(store: Store) -> None:
    put(store, "茶.md", "一")
    with store.writing() as generation:
        store.delete_note("无.md", generation)
    assert list(store.files()) == ["茶.md"]
    assert store.tombstones(0) == ([], [])


def test_every_write_raises_the_generation_by_one(store: Store) -> None:
    first = store.generation
    assert [put(store, "a.md", "一"), put(store, "b.md", "二")] == [first + 1, first + 2]
    assert [note.path for note in store.notes(since=first + 1)] == ["b.md"]
    assert [text for _, text in store.new_texts(first + 1)] == ["二"]
    assert [terms for *_, terms in store.new_terms(first + 1)] == ["词 语"]


def test_a_write_that_does_not_count_leaves_the_generation(store: Store) -> None:
    before = store.generation
    with store.writing(counts=False):
        store.set_meta("key", "value")
    assert (store.generation, store.meta("key")) == (before, "value")


def test_an_error_undoes_the_whole_transaction(store: Store) -> None:
    put(store, "茶.md", "一二三")
    before = store.generation
    with pytest.raises(KeyboardInterrupt), store.writing() as generation:
        store.delete_note("茶.md", generation)
        store.replace_note(parse("新.md", "新"), pieces("新"), FILE, generation)
        store.set_meta("key", "value")
        raise KeyboardInterrupt
    assert list(store.files()) == ["茶.md"]
    assert (store.generation, store.meta("key"), store.tombstones(0)) == (before, "", ([], []))
    put(store, "新.md", "新")  # and the next one is not disturbed


def test_a_reader_sees_one_state_while_a_writer_works(store: Store, tmp_path: Path) -> None:
    put(store, "a.md", "一")
    reader = Reader.open(tmp_path / "store")
    with reader.reading():
        assert list(reader.files()) == ["a.md"]
        put(store, "b.md", "二")
        assert list(reader.files()) == ["a.md"]
    assert sorted(reader.files()) == ["a.md", "b.md"]
    reader.close()


def test_a_reader_does_not_see_what_is_not_committed(store: Store, tmp_path: Path) -> None:
    reader = Reader.open(tmp_path / "store")
    with store.writing() as generation:
        store.replace_note(parse("a.md", "一"), pieces("一"), FILE, generation)
        assert reader.files() == {}
    assert list(reader.files()) == ["a.md"]
    reader.close()


def test_vectors_come_back_at_half_precision_for_every_passage_of_their_content(
    store: Store,
) -> None:
    put(store, "a.md", "同样")
    put(store, "b.md", "同样")
    assert store.waiting("m") == ["同样".encode()]
    vectors = np.eye(1, 8, 3, dtype=np.float32)
    with store.writing() as generation:
        store.add_vectors("m", ["同样".encode()], vectors, generation)
    [(ids, found)] = store.new_vectors("m", 0)
    assert sorted(ids) == sorted(store.passage_ids([n.id for n in store.notes()]))
    assert np.array_equal(found, np.concatenate([vectors, vectors]))
    assert store.waiting("m") == []
    assert store.waiting("another") == ["同样".encode()]
    assert store.counts("m")["embedded"] == 2
    assert list(store.new_vectors("m", generation)) == []


def test_vectors_outlive_their_passages(store: Store) -> None:
    put(store, "a.md", "同样")
    with store.writing() as generation:
        store.add_vectors("m", ["同样".encode()], np.ones((1, 4), np.float32), generation)
    with store.writing() as generation:
        store.delete_note("a.md", generation)
    assert list(store.new_vectors("m", 0)) == []
    put(store, "b.md", "同样")
    assert store.waiting("m") == []


def resolve(store: Store, path: str) -> int:
    """Have all links mean one note."""
    with store.writing() as generation:
        rows = [(path, row) for row, *_ in store.link_targets()]
        store.resolve_links(rows, "", generation)
    return generation


def test_links_that_say_what_they_said_keep_what_they_mean(store: Store) -> None:
    put(store, "茶.md", "见 [[水]] 与 [[杯]]。")
    resolve(store, "水.md")
    put(store, "茶.md", "改了：见 [[水]] 与 [[杯|碗]]。")
    assert [link.target_path for link in store.links()] == ["水.md", "水.md"]
    assert store.links_resolved


@pytest.mark.parametrize(
    "edit", ["见 [[水]]。", "见 [[杯]] 与 [[水]]。", "# 题\n\n见 [[水]] 与 [[杯]]。"]
)
def test_links_that_differ_or_move_to_another_section_are_resolved_again(
    store: Store, edit: str
) -> None:
    put(store, "茶.md", "见 [[水]] 与 [[杯]]。")
    resolve(store, "水.md")
    put(store, "茶.md", edit)
    assert {link.target_path for link in store.links()} == {None}
    assert not store.links_resolved


def test_no_link_is_kept_before_all_are_resolved(store: Store) -> None:
    put(store, "茶.md", "见 [[水]]。")
    resolve(store, "水.md")
    put(store, "水.md", "水。")
    put(store, "茶.md", "再见 [[水]]。")
    assert [link.target_path for link in store.links()] == [None]
    assert not store.links_resolved


def test_links_are_asked_for_since_they_were_written_or_moved(store: Store) -> None:
    first = put(store, "茶.md", "见 [[水]]。")
    second = put(store, "水.md", "见 [[茶]]。")
    assert [link.target for link in store.links(first)] == ["茶"]
    assert store.links(second) == []
    resolve(store, "水.md")
    assert len(store.links(second)) == 2


def test_newest_and_most_linked_notes_wait_in_front(store: Store) -> None:
    day = 86_400_000_000_000
    ages = {"旧.md": 1, "新.md": 9, "新且有名.md": 9}
    with store.writing() as generation:
        for path, age in ages.items():
            file = KnownFile(0, "d", "r", 1, age * day)
            note = parse(path, f"{path} [[新且有名]]")
            passage = IndexedPassage(Passage(0, 1, path[0]), "", "", path.encode())
            store.replace_note(note, [passage], file, generation)
        rows = [("新且有名.md", row) for row, *_ in store.link_targets()]
        store.resolve_links(rows, "", generation)
    assert [c.decode() for c in store.waiting("m")] == ["新且有名.md", "新.md", "旧.md"]


def test_skipped_files_are_replaced_as_a_list_and_warnings_by_note(store: Store) -> None:
    with store.writing():
        store.set_skipped([Problem("x.md", "binary", True)])
        store.set_warnings("a.md", ["one", "two"])
    with store.writing():
        store.set_skipped([Problem("y.md", "huge", True)])
        store.set_warnings("a.md", ["three"])
    assert store.problems() == [Problem("a.md", "three", False), Problem("y.md", "huge", True)]


def broken(path: Path, how: str) -> None:
    if how == "garbage":
        path.write_bytes(b"no database at all" * 500)
    elif how == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    elif how == "empty":
        path.write_bytes(b"")
    else:
        with sqlite3.connect(path) as db:
            db.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
        db.close()


@pytest.mark.parametrize("how", ["garbage", "cut", "empty", "another schema"])
def test_a_file_that_cannot_be_used_is_replaced(tmp_path: Path, how: str) -> None:
    path = tmp_path / "store"
    store = Store.create(path)
    put(store, "茶.md", "一二三" * 2000)
    store.close()
    broken(path, how)
    with pytest.raises(NotReady, match="run: wengu index"):
        Reader.open(path)
    store = Store.create(path)
    assert store.files() == {}
    put(store, "茶.md", "一")
    store.close()
    assert list(Reader.open(path).files()) == ["茶.md"]


def test_a_sound_file_is_kept(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store")
    put(store, "茶.md", "一")
    store.close()
    again = Store.create(tmp_path / "store")
    assert list(again.files()) == ["茶.md"]
    again.close()


def test_a_folder_that_cannot_be_made_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WenguError, match="choose another with --index"):
        Store.create(tmp_path / "file" / "store")


def test_no_index_is_told_apart_from_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="there is no index"):
        Reader.open(tmp_path / "none")


def test_an_index_where_nothing_can_be_written_is_not_called_broken(tmp_path: Path) -> None:
    Store.create(tmp_path / "wengu.sqlite").close()
    (tmp_path / "wengu.sqlite-wal").mkdir()  # which SQLite cannot write then
    with pytest.raises(NotReady, match="cannot be opened where nothing can be written"):
        Reader.open(tmp_path / "wengu.sqlite")
