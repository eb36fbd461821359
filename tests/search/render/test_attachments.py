from pathlib import Path

import pytest

from index.errors import NotFound
from search.render.attachments import Attachments, image


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    for name in (
        "甲/图.png",
        "甲/深/图.png",
        "乙/Photo.JPG",
        ".hidden/x.png",
        "乙/x.pdf",
        "根.svg",
    ):
        place = tmp_path / "notes" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"x")
    (tmp_path / "outside.png").write_bytes(b"x")
    return tmp_path / "notes"


@pytest.mark.parametrize(
    ("target", "source", "found"),
    [
        ("根.svg", "乙/n.md", "根.svg"),
        ("甲/深/图.png", "乙/n.md", "甲/深/图.png"),
        ("图.png", "甲/深/n.md", "甲/深/图.png"),
        ("../图.png", "甲/深/n.md", "甲/图.png"),
        ("图.png", "乙/n.md", "甲/图.png"),
        ("photo.jpg", "甲/n.md", "乙/Photo.JPG"),
        ("x.png", "n.md", None),
        ("x.pdf", "乙/n.md", None),
        ("../outside.png", "n.md", None),
        ("../../outside.png", "甲/n.md", None),
        ("", "n.md", None),
        ("nul\0.png", "n.md", None),
    ],
)
def test_a_picture_is_found_as_obsidian_finds_it(
    notes: Path, target: str, source: str, found: str | None
) -> None:
    assert Attachments(notes, source).find(target) == found


def test_a_link_out_of_the_vault_is_not_followed(notes: Path) -> None:
    (notes / "link.png").symlink_to(notes.parent / "outside.png")
    (notes / "folder").symlink_to(notes.parent)
    assert Attachments(notes, "n.md").find("link.png") != "link.png"
    for path in ("link.png", "folder/outside.png"):
        with pytest.raises(NotFound):
            image(notes, path)


def test_a_backslash_opens_no_hidden_folder(notes: Path) -> None:
    typed = "乙\\..\\.hidden\\x.png"  # a path on Windows; here a link of that name leads there
    (notes / typed).symlink_to(notes / ".hidden" / "x.png")
    assert Attachments(notes, "n.md").find(typed) is None
    with pytest.raises(NotFound):
        image(notes, typed)


def test_a_loop_of_links_is_no_picture(notes: Path) -> None:
    (notes / "loop.png").symlink_to(notes / "loop.png")
    with pytest.raises(NotFound):
        image(notes, "loop.png")


def test_a_link_shows_only_what_is_itself_a_picture_of_the_vault(notes: Path) -> None:
    (notes / ".git").mkdir()
    (notes / ".git" / "secret.png").write_bytes(b"x")
    (notes / "text.txt").write_bytes(b"x")
    for name, target in (("git", ".git/secret.png"), ("text", "text.txt"), ("good", "根.svg")):
        (notes / f"{name}.png").symlink_to(notes / target)
    for hidden in ("git.png", "text.png"):
        with pytest.raises(NotFound):
            image(notes, hidden)
    assert image(notes, "good.png") == notes / "根.svg"


def test_what_the_vault_ignores_is_not_shown(notes: Path) -> None:
    (notes / ".wenguignore").write_text("甲/深/\n", "utf-8")
    with pytest.raises(NotFound):
        image(notes, "甲/深/图.png")
    assert image(notes, "甲/图.png")
