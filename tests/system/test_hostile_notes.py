"""Notes that are broken or made to harm: each is named, and the others are indexed."""

import os
from collections.abc import Callable

import pytest
from small_vault import SmallVault

from index.ingest import ingest_note
from index.progress import Report
from index.vault.read_note import Source, Vanished, read

GOOD = "# 绿茶\n\n绿茶的水温是八十度。\n"
CHINESE = "# 手冲\n\n手冲咖啡的水温是九十二度，豆子要新鲜，磨得不要太细。\n"
BOMB = "---\na: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{n}: &{n} [{','.join(['*' + o] * 10)}]\n" for o, n in zip("abcdefgh", "bcdefghi", strict=True)
) + "---\n咖啡的水温。\n"  # fmt: skip


@pytest.fixture
def vault(small: SmallVault) -> SmallVault:
    small.write("好.md", GOOD)
    return small


def messages(report: Report) -> dict[str, str]:
    return dict(report.warnings)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("---\ntitle: [未关\ndate: 2024-05-01\n---\n咖啡的水温。\n", "line"),
        (BOMB, "line"),
        (CHINESE.encode("utf-16"), "UTF-16"),
        (CHINESE.encode("gb18030"), "GB18030"),
    ],
    ids=["broken frontmatter", "alias bomb", "UTF-16", "GB18030"],
)
def test_what_can_be_read_all_the_same_is_indexed_with_a_warning(
    vault: SmallVault, content: str | bytes, message: str
) -> None:
    vault.write("坏.md", content)
    report = vault.update()
    assert (report.total, report.skipped) == (2, 0)
    assert message in messages(report)["坏.md"]
    assert vault.passages_with_all("水温") == {"好.md", "坏.md"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("café crème à l'été, dès Noël\n".encode("latin-1"), "not UTF-8"),
        (bytes(range(256)) * 9, "binary"),
        (b"x" * 5000, "limit"),
    ],
    ids=["another encoding", "binary", "too large"],
)
def test_what_cannot_be_read_is_skipped_with_a_reason(
    small: SmallVault, content: bytes, message: str
) -> None:
    vault = SmallVault(small.notes.parent, small.encoder, max_note_bytes=4096)
    vault.write("好.md", GOOD)
    vault.write("坏.md", content)
    report = vault.update()
    assert (report.total, report.skipped) == (1, 1)
    assert message in messages(report)["坏.md"]
    assert vault.passages_with_all("水温") == {"好.md"}


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("\ufeff" + CHINESE, "手冲"),
        ("", "坏"),
        (" \n\n\t\n", "坏"),
        ("---\ntitle: 2024\n---\n咖啡。\n", "2024"),
        ("---\ntitle: [一, 二]\n---\n咖啡。\n", None),
        ("---\n---\n", "坏"),
        ("- " * 1000 + "深\n", "坏"),
        ("[[" * 3000 + "]]" * 3000, "坏"),
        ("[[好]]\n" * 10_000, "坏"),
    ],
    ids=["mark", "empty", "blank", "number", "list", "bare", "nested", "brackets", "links"],
)
def test_odd_notes_are_indexed_as_notes(vault: SmallVault, content: str, title: str | None) -> None:
    vault.write("坏.md", content)
    report = vault.update()
    assert (report.total, report.skipped) == (2, 0)
    if title is not None:
        assert {note.title for note in vault.store().notes()} == {"绿茶", title}
    assert "好.md" in vault.passages_with_all("水温")


def test_a_line_of_megabytes_is_cut_into_passages_that_the_model_can_read(
    vault: SmallVault,
) -> None:
    vault.write("坏.md", "data:image/png;base64," + "iVBORw0KGgo" * 180_000 + "\n\n水温在这。\n")
    report = vault.update()
    assert report.total == 2
    assert "坏.md" in vault.passages_with_all("水温")


@pytest.mark.parametrize("name", ["行\n尾.md", "\u202egnp.md", "铃\a.md"])
def test_a_name_of_control_characters_is_warned_of_and_found(vault: SmallVault, name: str) -> None:
    vault.write(name, CHINESE)
    report = vault.update()
    assert "name" in messages(report)[name]
    assert vault.passages_with_all("九十二度") == {name}


def loop(vault: SmallVault) -> None:
    (vault.notes / "深").mkdir()
    (vault.notes / "深" / "圈").symlink_to(vault.notes)


def outside(vault: SmallVault) -> None:
    (vault.notes.parent / "密.md").write_text("水温是秘密。", "utf-8")
    (vault.notes / "坏.md").symlink_to(vault.notes.parent / "密.md")


def pipe(vault: SmallVault) -> None:
    os.mkfifo(vault.notes / "坏.md")


@pytest.mark.parametrize(
    ("make", "warned"), [(loop, set()), (outside, {"坏.md"}), (pipe, {"坏.md"})]
)
def test_what_is_no_plain_file_is_not_followed_nor_opened(
    vault: SmallVault, make: Callable[[SmallVault], None], warned: set[str]
) -> None:
    make(vault)
    report = vault.update()
    assert report.total == 1
    assert messages(report).keys() == warned
    assert vault.passages_with_all("水温") == {"好.md"}


def test_a_note_that_vanishes_while_the_folder_is_read_is_skipped(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write("坏.md", CHINESE)

    def vanishing(root: object, path: str, *rest: object) -> Source:
        if path == "坏.md":
            (vault.notes / path).unlink(missing_ok=True)
        return read(root, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(ingest_note, "read", vanishing)
    report = vault.update()
    assert report.total == 1
    assert "removed" in messages(report)["坏.md"]
    assert vault.passages_with_all("水温") == {"好.md"}
    monkeypatch.undo()
    assert vault.update().warnings == ()


def test_a_note_that_was_indexed_and_vanishes_is_deleted(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write("坏.md", CHINESE)
    vault.update()

    def vanished(root: object, path: str, *rest: object) -> Source:
        if path == "坏.md":
            raise Vanished("was removed while it was read")
        return read(root, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(ingest_note, "read", vanished)
    assert vault.update().deleted == 1
    assert vault.passages_with_all("水温") == {"好.md"}
