"""Prints for the command line: results on stdout, progress on stderr."""

import json
import sys
import unicodedata
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from index.progress import Report
from search.diagnostics.doctor import Finding
from search.diagnostics.status import FileStatus, VaultStatus
from search.result import Answer, Hit, SearchResult

MOST_LISTED = 20


def json_line(value: Any) -> None:
    """A value as one line of JSON, in UTF-8 whatever the console's own encoding is."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    print(json.dumps(value, ensure_ascii=False))


def plain(text: str) -> None:
    """Text as it is, less what could command the terminal or end the line."""
    print(one_line(text))


def lines(text: str) -> None:
    """The same for text of several lines."""
    print(shown(text))


def one_line(text: str) -> str:
    """Text on one line, whatever the names of files hold."""
    return " ".join(shown(text).split("\n"))


def shown(text: str) -> str:
    """Text without control characters: a note must not write the terminal's title."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf") else " " for c in text
    )


def results(found: SearchResult) -> None:
    """Ranked passages, each under its note."""
    console = _console()
    _understood(console, found.understood)
    if not found.results:
        console.print("Nothing found.")
    for hit in found.results:
        console.print(Text(f"{hit.rank}. {one_line(hit.title)}", style="bold"))
        console.print(Text(_place(hit), style="dim"))
        console.print(_marked(hit), "")


def answer(given: Answer) -> None:
    """The answer, its rows as a table, and where each quote stands."""
    console = _console()
    _understood(console, given.understood)
    console.print(Text(shown(given.answer)))
    if given.builtin_answer is not None:
        console.print(Text(f"in the words of {shown(given.engine)}, from the quotes below", "dim"))
    if given.rows:
        table = Table("", "", "", show_header=False, box=None, padding=(0, 2, 0, 0))
        for row in given.rows:
            table.add_row(*(Text(shown(part)) for part in (row.subject, row.date or "", row.text)))
        console.print("", table)
    if given.citations:
        console.print("")
    for cited in given.citations:
        line = Text(f"[{cited.id}] ", style="bold").append(one_line(cited.title), "not bold")
        console.print(line.append(f"  {one_line(cited.path)}:{cited.start}-{cited.end}", "dim"))


def _understood(console: Console, read: dict[str, Any]) -> None:
    """One line that says how a question with conditions was read."""
    if read.get("conditions"):
        console.print(Text(one_line(f"understood as: {read['query']}"), "dim"))


def report(done: Report) -> None:
    """What an update did, in two lines and its warnings."""
    print(
        f"{done.total:,} notes, {done.passages:,} passages: {done.added:,} added, "
        f"{done.changed:,} changed, {done.moved:,} moved, {done.deleted:,} deleted, "
        f"{done.unchanged:,} unchanged, {done.skipped:,} skipped; "
        f"{done.embedded:,} passages embedded; {done.seconds:.1f} s"
    )
    warnings(done.warnings)


def warnings(listed: Sequence[tuple[str, str]]) -> None:
    """Files passed over or read with a complaint."""
    for path, message in listed[:MOST_LISTED]:
        plain(f"  {path}: {message}")
    if len(listed) > MOST_LISTED:
        print(f"  and {len(listed) - MOST_LISTED:,} more; wengu status --json lists them all")


def status(told: VaultStatus) -> None:
    """The index at a glance."""
    facts, behind = told.facts, told.behind
    plain(f"notes    {told.folder}")
    print(f"indexed  {facts.indexed:,} of {facts.notes:,} notes; {facts.skipped:,} skipped")
    print(f"passages {facts.passages:,}, of which {facts.embedded:,} are found by meaning too")
    print(f"model    {facts.model}, {facts.dimensions} dimensions")
    fresh = f"{len(behind):,} notes differ; run: wengu index" if behind else "nothing differs"
    print(f"updated  {facts.updated_at or 'never'}; {told.error or fresh}")
    plain(f"index    {told.index}, {told.size_bytes / 1e6:.1f} MB")
    if told.store != "files":
        plain(f"store    {told.store}")
    elif facts.search == "approximate":
        print("vectors  compared roughly first, the likely ones then closely; recall 0.98 or more")
    else:
        print("vectors  every one is compared")
    warnings([(one.path, one.message) for one in facts.warnings])


def file_status(told: FileStatus) -> None:
    """What is known of one note."""
    plain(f"{told.path}: {told.state}")
    if told.title is not None:
        plain(f"  {told.title}, {told.date or 'no date'}, {told.passages} passages")
        plain(f"  {' '.join('#' + tag for tag in told.tags)}")
    for message in told.warnings:
        plain(f"  {message}")


def changes(new: Sequence[str], changed: Sequence[str], gone: Sequence[str]) -> None:
    """What an update would do, a note on each line."""
    for sign, paths in (("+", new), ("~", changed), ("-", gone)):
        for path in paths:
            plain(f"{sign} {path}")
    print(f"{len(new)} new, {len(changed)} changed, {len(gone)} gone; nothing was written")


def findings(found: Sequence[Finding]) -> None:
    """What is wrong and what mends it, a finding on each line."""
    for one in found:
        plain(f"{one.problem}; to mend it: {one.fix}")
    if not found:
        print("machine, model, index and notes agree")


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError  # the command line knows what that means


def _console() -> Console:
    return _Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def _place(hit: Hit) -> str:
    heading = " › ".join(hit.heading)
    parts = (f"{hit.path}:{hit.start}-{hit.end}", heading, hit.date or "", f"{hit.score:.3f}")
    return one_line("  ".join(part for part in parts if part))


def _marked(hit: Hit) -> Text:
    text = Text()
    for piece, matched in hit.segments or ((hit.text, False),):
        text.append(shown(piece), "bold yellow" if matched else "")
    return text
