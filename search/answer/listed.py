"""What the frontmatter of listed notes says, so that a list can be a table of properties."""

from dataclasses import replace

from search.catalogue import Catalogue
from search.result import Answer, PropertyView, Row


def with_properties(answer: Answer, catalogue: Catalogue) -> Answer:
    """The answer; where it is a list, each row with the properties of the note it quotes."""
    if answer.kind != "list":
        return answer
    paths = {citation.id: citation.path for citation in answer.citations}
    made = (
        _described(row, paths[row.citations[0]], catalogue) if row.citations else row
        for row in answer.rows
    )
    return replace(answer, rows=tuple(made))


def _described(row: Row, path: str, catalogue: Catalogue) -> Row:
    note = catalogue.notes[catalogue.by_path[path]]
    return replace(row, properties=tuple(PropertyView(p.key, p.values) for p in note.properties))
