"""Notes as other programs write them: each folder below is a small vault of one of them.

A ``.toml`` file beside a note says what must come out of it; only what it names is compared.
``shows`` names the features that the note is there for: run as a program, this file prints
which dialect has how many notes for each.
In its links ``to`` is the path of the note meant, and an empty string stands for none.
"""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from index.links.resolver import Resolver
from index.markdown.note import Link, Note
from index.markdown.parse import parse
from index.vault.read_note import read
from index.vault.walk import walk

FOLDER = Path(__file__).parents[1] / "conformance"
EXPECTED = sorted(FOLDER.rglob("*.toml"))
DIALECTS = ("Obsidian", "Logseq", "Dendron", "Foam", "GitHub", "Hugo")
FEATURES = (
    "titles", "headings", "dates", "journals by date", "properties of each type",
    "TOML properties", "section pages", "key:: value", "aliases", "tags, nested ones too",
    "links with other words", "names in other letters", "links by path", "relative links",
    "link references", "footnotes", "links in tables", "typed links", "embeds", "block ids",
    "callouts", "comments", "code and formulas", "files that are no notes",
)  # fmt: skip
PROMISED = {
    "Obsidian": {
        "embeds", "callouts", "comments", "block ids", "tags, nested ones too",
        "properties of each type", "aliases", "links in tables", "files that are no notes",
    },
    "Logseq": {"key:: value", "properties of each type", "journals by date"},
    "Dendron": {"titles", "links by path", "embeds", "journals by date"},
    "Foam": {"link references", "embeds", "journals by date"},
    "GitHub": {"relative links", "footnotes", "links in tables"},
    "Hugo": {"TOML properties", "section pages"},
}  # fmt: skip


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
    del wanted["shows"]
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


def cases() -> Counter[tuple[str, str]]:
    """How many notes of each dialect show each feature."""
    counted: Counter[tuple[str, str]] = Counter()
    for name in DIALECTS:
        vault = FOLDER / name.lower()
        for file in vault.rglob("*"):
            if file in EXPECTED:
                shown = tomllib.loads(file.read_text(encoding="utf-8"))["shows"]
                counted.update((name, feature) for feature in shown)
            elif file.is_file() and not file.with_suffix(".toml").exists():
                counted[name, "files that are no notes"] += 1
    return counted


def table() -> str:
    """Feature by dialect, as Markdown."""
    counted = cases()
    rows = [["feature", *DIALECTS], ["---"] * (1 + len(DIALECTS))]
    rows += [[each, *(str(counted[name, each] or "") for name in DIALECTS)] for each in FEATURES]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def test_every_feature_that_is_promised_has_its_notes() -> None:
    counted = cases()
    assert {feature for _, feature in counted} == set(FEATURES)
    assert {path.name for path in FOLDER.iterdir()} == {name.lower() for name in DIALECTS}
    for name, features in PROMISED.items():
        assert [each for each in features if not counted[name, each]] == []


def test_contributors_see_the_table_as_it_is() -> None:
    told = (FOLDER.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert table() in told


if __name__ == "__main__":
    print(table(), end="")
