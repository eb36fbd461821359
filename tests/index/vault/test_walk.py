"""Walking a folder and reading notes, on real files of every awkward kind."""

import os
from pathlib import Path

import pytest

from index.errors import WenguError
from index.vault.read_note import Unreadable, Vanished, read
from index.vault.walk import walk


def _write(root: Path, *paths: str) -> None:
    for path in paths:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("text", encoding="utf-8")


def _paths(root: Path, *ignore: str) -> list[str]:
    return [file.path for file in walk(root, ignore).files]


def test_notes_are_listed_in_order_with_their_size(tmp_path: Path) -> None:
    _write(tmp_path, "b/2.md", "a.md", "b/1.markdown", "B.MD", "c.txt", "d.md.tmp")
    found = walk(tmp_path)
    assert [file.path for file in found.files] == ["B.MD", "a.md", "b/1.markdown", "b/2.md"]
    assert {file.size for file in found.files} == {4}
    assert found.warnings == found.unlisted == ()


def test_hidden_and_usual_folders_are_passed_over(tmp_path: Path) -> None:
    _write(tmp_path, ".obsidian/a.md", ".trash/b.md", "x/.hidden.md", "x/node_modules/c.md")
    _write(tmp_path, "logseq/bak/pages/d.md", "kept.md")
    assert _paths(tmp_path) == ["kept.md"]


def test_patterns_work_as_in_gitignore(tmp_path: Path) -> None:
    _write(tmp_path, "draft/a.md", "x/draft/b.md", "x/keep.md", "x/tmp-1.md", "tmp-2.md", "top.md")
    (tmp_path / ".wenguignore").write_text("# comment\n/draft/\ntmp-*.md\n!tmp-2.md\n")
    assert _paths(tmp_path) == ["tmp-2.md", "top.md", "x/draft/b.md", "x/keep.md"]
    assert _paths(tmp_path, "x/**") == ["tmp-2.md", "top.md"]


def test_a_bad_pattern_is_named_and_the_others_hold(tmp_path: Path) -> None:
    _write(tmp_path, "a.md", "b.md")
    (tmp_path / ".wenguignore").write_text("a.md\n!\n")
    found = walk(tmp_path)
    assert [file.path for file in found.files] == ["b.md"]
    assert [path for path, _ in found.warnings] == [".wenguignore"]


@pytest.mark.parametrize("name", ["missing", "file.md"])
def test_a_missing_folder_is_an_error_and_not_an_empty_vault(tmp_path: Path, name: str) -> None:
    _write(tmp_path, "file.md")
    with pytest.raises(WenguError, match="give the path"):
        walk(tmp_path / name)


def test_links_out_of_the_folder_are_reported_and_not_followed(tmp_path: Path) -> None:
    _write(tmp_path, "vault/a.md", "secret/b.md")
    (tmp_path / "vault/out").symlink_to(tmp_path / "secret")
    (tmp_path / "vault/out.md").symlink_to(tmp_path / "secret/b.md")
    found = walk(tmp_path / "vault")
    assert [file.path for file in found.files] == ["a.md"]
    assert [path for path, _ in found.warnings] == ["out", "out.md"]
    with pytest.raises(Unreadable, match="outside"):
        read(tmp_path / "vault", "out/b.md")


def test_links_out_of_the_folder_are_followed_when_told(tmp_path: Path) -> None:
    _write(tmp_path, "vault/a.md", "other/b.md")
    (tmp_path / "vault/out").symlink_to(tmp_path / "other")
    found = walk(tmp_path / "vault", follow_links=True)
    assert [file.path for file in found.files] == ["a.md", "out/b.md"]
    assert read(tmp_path / "vault", "out/b.md", follow_links=True).text == "text"


@pytest.mark.parametrize("follow", [False, True])
def test_a_loop_of_folders_ends(tmp_path: Path, follow: bool) -> None:
    _write(tmp_path, "a/b/note.md")
    (tmp_path / "a/b/loop").symlink_to(tmp_path / "a")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = walk(tmp_path, follow_links=follow)
    assert [file.path for file in found.files] == ["a/b/note.md"]


def test_a_link_within_the_folder_lists_its_note_once_and_warns_of_nothing(tmp_path: Path) -> None:
    _write(tmp_path, "a.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert _paths(tmp_path) == ["a.md"]
    assert walk(tmp_path).warnings == ()


@pytest.mark.parametrize("path", ["../secret.md", "a/../../secret.md", "/etc/hostname"])
def test_a_path_out_of_the_folder_is_not_read(tmp_path: Path, path: str) -> None:
    _write(tmp_path, "secret.md", "vault/a/b.md")
    with pytest.raises(Unreadable):
        read(tmp_path / "vault", path, follow_links=True)


def test_a_fifo_is_neither_listed_nor_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    found = walk(tmp_path)
    assert found.files == () and [path for path, _ in found.warnings] == ["pipe.md"]
    with pytest.raises(Unreadable, match="plain file"):
        read(tmp_path, "pipe.md")


def test_a_folder_with_a_notes_name_is_entered(tmp_path: Path) -> None:
    _write(tmp_path, "folder.md/inner.md")
    assert _paths(tmp_path) == ["folder.md/inner.md"]
    with pytest.raises(Unreadable):
        read(tmp_path, "folder.md")


@pytest.mark.parametrize("name", ["line\nend.md", "bell\x07.md", "\u202egnp.md"])
def test_a_note_with_a_strange_name_is_read_and_reported(tmp_path: Path, name: str) -> None:
    _write(tmp_path, name)
    assert _paths(tmp_path) == [name]
    assert "name" in read(tmp_path, name).warnings[0]


def test_a_name_that_is_no_text_is_reported_in_a_form_that_is(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff\xfe.md", "wb") as file:  # noqa: PTH123
        file.write(b"text")
    found = walk(tmp_path)
    assert found.files == ()
    assert found.warnings[0][0].encode("utf-8") == rb"\udcff\udcfe.md"


def test_a_folder_that_cannot_be_listed_is_told_apart_from_an_empty_one(tmp_path: Path) -> None:
    _write(tmp_path, "open.md")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):  # deeper than any path may be long
        os.mkdir("d" * 250, dir_fd=here)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    found = walk(tmp_path)
    assert [file.path for file in found.files] == ["open.md"]
    assert len(found.unlisted) == 1 and found.unlisted[0].startswith("ddd")
    assert found.warnings[0][0] == found.unlisted[0]


def test_text_is_as_in_the_file_with_mark_and_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeff一\r\n二\r三\n".encode())
    source = read(tmp_path, "a.md")
    assert source.text == "\ufeff一\r\n二\r三\n" and source.warnings == ()


def test_the_digest_follows_the_bytes(tmp_path: Path) -> None:
    for name, data in (("a.md", b"x"), ("b.md", b"x"), ("c.md", b"y"), ("d.md", b"")):
        (tmp_path / name).write_bytes(data)
    digests = [read(tmp_path, name).digest for name in ("a.md", "b.md", "c.md", "d.md")]
    assert digests[0] == digests[1] and len(set(digests)) == 3


def test_a_file_over_the_limit_is_not_read_and_the_reason_names_its_size(tmp_path: Path) -> None:
    with (tmp_path / "big.md").open("wb") as file:
        file.truncate(5_000_000_000)
    with pytest.raises(Unreadable, match=r"5,000\.0 MB.*limit of 20\.0 MB"):
        read(tmp_path, "big.md")


def test_a_small_limit_is_named_in_a_small_unit(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_bytes(b"x" * 3000)
    with pytest.raises(Unreadable, match=r"is 3\.0 kB, .*limit of 1\.0 kB"):
        read(tmp_path, "note.md", 1000)


def test_a_note_that_is_gone_is_told_apart_from_one_that_is_broken(tmp_path: Path) -> None:
    with pytest.raises(Vanished):
        read(tmp_path, "gone.md")


def test_folders_of_a_mount_without_inode_numbers_are_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "note.md").write_text("x")
    real = Path.stat

    def unnumbered(path: Path, **options: bool) -> os.stat_result:
        known = list(real(path, **options))
        known[1] = 0
        return os.stat_result(known)

    monkeypatch.setattr(Path, "stat", unnumbered)
    assert [file.path for file in walk(tmp_path).files] == ["a/b/note.md"]
