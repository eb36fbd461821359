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


def test_a_loop_of_links_is_no_picture(notes: Path) -> None:
    (notes / "loop.png").symlink_to(notes / "loop.png")
    with pytest.raises(NotFound):
        image(notes, "loop.png")
