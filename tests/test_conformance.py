"""Notes as other programs write them: each folder below is a small vault of one of them.

A ``.toml`` file beside a note says what must come out of it; only what it names is compared.
In its links ``to`` is the path of the note meant, and an empty string stands for none.
"""

import tomllib
from pathlib import Path

import pytest

from index.links import Resolver
from index.markdown import parse
from index.note import Link, Note
from index.notes import read, walk

FOLDER = Path(__file__).parent / "conformance"
EXPECTED = sorted(FOLDER.rglob("*.toml"))


def _note(file: Path) -> tuple[Note, Resolver]:
    vault = FOLDER / file.relative_to(FOLDER).parts[0]
    path = file.relative_to(vault).with_suffix(".md").as_posix()
    note = parse(path, read(vault, path).text)
    return note, _resolver(vault)


def _resolver(vault: Path) -> Resolver:
    paths = [one.path for one in walk(vault).files]
    notes = [parse(path, read(vault, path).text) for path in paths]
    return Resolver(
        paths, [(name, one.path) for one in notes for name in (one.title, *one.aliases)]
    )


def _as_written(link: Link, wanted: dict[str, object], note: Note, resolver: Resolver) -> dict:
    """The link in the terms that ``wanted`` uses."""
    known = {
        "to": resolver.resolve(link.target, note.path) or "",
        "written": note.text[link.start : link.end],
    }
    return {key: known[key] if key in known else _plain(getattr(link, key)) for key in wanted}


def _plain(value: object) -> object:
    return "" if value is None else value


@pytest.mark.parametrize("file", EXPECTED, ids=lambda file: str(file.relative_to(FOLDER))[:-5])
def test_a_note_means_here_what_it_means_to_the_program_it_was_written_in(file: Path) -> None:
    wanted = tomllib.loads(file.read_text(encoding="utf-8"))
    note, resolver = _note(file)
    found: dict[str, object] = {}
    for key, value in wanted.items():
        if key == "links":
            links = [*note.links, *[None] * (len(value) - len(note.links))]
            pairs = zip(links, [*value, *[{}] * (len(links) - len(value))], strict=True)
            found[key] = [one and _as_written(one, want, note, resolver) for one, want in pairs]
        elif key == "headings":
            found[key] = [f"{one.level} {one.title}" for one in note.headings]
        elif key == "properties":
            have = {one.key: list(one.values) for one in note.properties}
            found[key] = {name: have.get(name) for name in value}
        elif key == "warnings":
            found[key] = len(note.warnings)
        else:
            have = getattr(note, key)
            found[key] = list(have) if isinstance(have, tuple) else have
    assert found == wanted


@pytest.mark.parametrize("vault", sorted(one for one in FOLDER.iterdir() if one.is_dir()))
def test_only_notes_are_read_from_a_vault(vault: Path) -> None:
    beside = {file.with_suffix(".md") for file in EXPECTED}
    notes = {vault / one.path for one in walk(vault).files}
    assert notes == {file for file in beside if file.is_relative_to(vault)}
