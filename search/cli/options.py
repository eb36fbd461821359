"""Defines the options that commands share; each has an environment variable."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Notes = Annotated[
    Path | None,
    typer.Argument(
        envvar="WENGU_NOTES", help="Folder of notes; by default ./notes or this folder."
    ),
]
NotesOption = Annotated[
    Path | None,
    typer.Option("--notes", envvar="WENGU_NOTES", help="Folder of notes; as for serve."),
]
IndexFolder = Annotated[
    Path | None,
    typer.Option("--index", envvar="WENGU_INDEX", help="Folder for the index; else the cache."),
]
Model = Annotated[
    str | None,
    typer.Option("--model", envvar="WENGU_MODEL", help="Embedding model: a name or a folder."),
]
Rerank = Annotated[
    str | None,
    typer.Option("--rerank", envvar="WENGU_RERANK", help="Cross-encoder for the first results."),
]
Store = Annotated[
    str | None,
    typer.Option("--store", envvar="WENGU_STORE", help="milvus+http://host:19530; else files."),
]
Json = Annotated[bool, typer.Option("--json", envvar="WENGU_JSON", help="Print JSON.")]
Host = Annotated[
    str | None, typer.Option("--host", envvar="WENGU_HOST", help="Address; else 127.0.0.1.")
]
Port = Annotated[
    int | None, typer.Option("--port", envvar="WENGU_PORT", help="Port; else 8765. 0: any.")
]
Watch = Annotated[
    bool | None,
    typer.Option("--watch/--no-watch", envvar="WENGU_WATCH", help="Follow edits; on by default."),
]
Update = Annotated[
    bool | None,
    typer.Option(
        "--update/--no-update", envvar="WENGU_UPDATE", help="Update the index; on by default."
    ),
]
Open = Annotated[
    bool | None, typer.Option("--open", envvar="WENGU_OPEN", help="Open the page in the browser.")
]


class LogFormats(StrEnum):
    """How a server logs."""

    PLAIN = "plain"
    JSON = "json"


LogFormat = Annotated[
    LogFormats | None,
    typer.Option("--log-format", envvar="WENGU_LOG", help="Lines, or each event as JSON."),
]
Token = Annotated[
    str | None,
    typer.Option("--token", envvar="WENGU_TOKEN", help="Secret to ask for; a must beyond here."),
]
Rebuild = Annotated[
    bool, typer.Option("--rebuild", envvar="WENGU_REBUILD", help="Read every note again.")
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", envvar="WENGU_DRY_RUN", help="Only list what would change."),
]
Count = Annotated[
    int, typer.Option("-k", min=1, max=10_000, envvar="WENGU_K", help="How many passages.")
]


class Modes(StrEnum):
    """Which of the two ways of searching are used."""

    HYBRID = "hybrid"
    KEYWORD = "keyword"
    SEMANTIC = "semantic"


Mode = Annotated[
    Modes, typer.Option("--mode", envvar="WENGU_MODE", help="By words, by meaning, or both.")
]
OneNote = Annotated[
    str | None, typer.Option("--file", envvar="WENGU_FILE", help="Tell of this note only.")
]
Ablate = Annotated[
    bool,
    typer.Option("--ablate", envvar="WENGU_ABLATE", help="Also what each signal is worth."),
]
Failures = Annotated[
    bool,
    typer.Option("--failures", envvar="WENGU_FAILURES", help="Also each miss, and why."),
]
