"""What the documents show: their blocks, their tables, and the commands they tell of."""

import re
from pathlib import Path
from typing import Any

from typer.main import get_command

from search.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh.md")


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text(name), re.DOTALL | re.MULTILINE)


def block(word: str) -> str:
    """The one block of commands of the README that holds this word."""
    (found,) = [each for each in blocks("README.md", "sh") if word in each]
    return found


def rows(name: str, start: str) -> list[list[str]]:
    """Cells of all table rows whose first cell starts so."""
    lines = [line.strip("| ") for line in text(name).splitlines() if line.startswith(f"| {start}")]
    return [[cell.strip() for cell in line.split(" |")] for line in lines]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def typed(name: str) -> list[str]:
    """What the table of the search syntax types."""
    table = next(part for part in text(name).split("\n\n") if "\n| `tag:" in part)
    return [code for line in table.splitlines()[2:] for code in codes(line.split("|")[1])]


def commands() -> dict[str, Any]:
    """The program's commands by name."""
    return dict(get_command(app).commands)  # type: ignore[attr-defined]
