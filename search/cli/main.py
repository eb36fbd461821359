"""Defines the command line: parse, one call, print. The work is imported where it is done.

Exit status: 0 done, 1 an error that one line on stderr explains, 2 wrong usage.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import WenguError
from search.cli import options
from search.cli.exit_status import failed, leave, never_fail_to_print, unexpected
from search.cli.understand import understand

if TYPE_CHECKING:
    from index.settings import Settings

app = typer.Typer(
    name="wengu",
    help="Ask your own notes: search and cited answers over a folder of Markdown.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The entry point of the ``wengu`` command."""
    never_fail_to_print()
    leave(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit status; every error becomes one line."""
    try:
        status = app(args=list(arguments), prog_name="wengu", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return failed("stopped; what was done is kept, and the next run goes on from there")
    except WenguError as error:
        return failed(str(error))
    except OSError as error:
        return failed(f"{error}; mend that and run it again")
    except Exception as error:
        return unexpected(error)
    return status if isinstance(status, int) else 0


@app.command()
def serve(
    notes: options.Notes = None,
    index: options.IndexFolder = None,
    store: options.Store = None,
    host: options.Host = None,
    port: options.Port = None,
    update: options.Update = None,
    watch: options.Watch = None,
    open: options.Open = None,
    model: options.Model = None,
    rerank: options.Rerank = None,
    token: options.Token = None,
    log: options.LogFormat = None,
) -> None:
    """Update the index, follow edits, and serve the page and the API."""
    from search.cli import progress
    from search.cli.listen import listen

    settings = _settings(
        notes=notes, index=index, store=store, host=host, port=port, update=update,
        watch=watch, open=open, model=model, rerank=rerank, token=token, log=log,
    )  # fmt: skip
    shown = progress.shown(settings.log)
    with listen(settings.host, settings.port) as listening, shown as show:
        from search.cli.serve import serve as run_server

        run_server(settings, listening, show)


@app.command("index")
def update_index(
    notes: options.Notes = None,
    index: options.IndexFolder = None,
    store: options.Store = None,
    rebuild: options.Rebuild = False,
    dry_run: options.DryRun = False,
    model: options.Model = None,
    json: options.Json = False,
) -> None:
    """Bring the index up to date with the notes."""
    from search.cli import output, progress
    from search.diagnostics import status
    from search.service.updates import IndexUpdater
    from search.store.models import Models

    settings = _settings(notes=notes, index=index, store=store, model=model)
    if dry_run:
        behind = status.pending_changes(settings)
        output.json_line(asdict(behind)) if json else output.changes(**asdict(behind))
        return
    with progress.shown() as show:
        models = Models(settings.model_cache, show.say)
        report = IndexUpdater(settings, models)("rebuild" if rebuild else "all", show.progress)
    output.json_line(asdict(report)) if json else output.report(report)


@app.command()
def search(
    query: str,
    k: options.Count = 10,
    mode: options.Mode = options.Modes.HYBRID,
    notes: options.NotesOption = None,
    index: options.IndexFolder = None,
    store: options.Store = None,
    rerank: options.Rerank = None,
    json: options.Json = False,
) -> None:
    """Ranked passages for a question."""
    from search.cli import output
    from search.cli.catch_up import current_searcher

    searcher = current_searcher(_settings(notes=notes, index=index, store=store, rerank=rerank))
    found = searcher.search(query, k=k, mode=mode.value)
    output.json_line(asdict(found)) if json else output.results(found)


@app.command()
def ask(
    question: str,
    notes: options.NotesOption = None,
    index: options.IndexFolder = None,
    store: options.Store = None,
    rerank: options.Rerank = None,
    json: options.Json = False,
) -> None:
    """A cited answer to a question."""
    from search.answerer import Answerer
    from search.cli import output
    from search.cli.catch_up import current_searcher
    from search.llm.load_writer import writer

    searcher = current_searcher(_settings(notes=notes, index=index, store=store, rerank=rerank))
    model = writer(searcher.index.settings, searcher.index)
    answer = Answerer(searcher).ask(question)
    if model is not None:
        answer = model.write(answer).final()
    output.json_line(asdict(answer)) if json else output.answer(answer)


app.command()(understand)


@app.command()
def status(
    notes: options.NotesOption = None,
    index: options.IndexFolder = None,
    store: options.Store = None,
    file: options.OneNote = None,
    json: options.Json = False,
) -> None:
    """What is indexed, with which model, how fresh, how big."""
    from search.cli import output
    from search.diagnostics.status import file_status, vault_status

    settings = _settings(notes=notes, index=index, store=store)
    if file is not None:
        told = file_status(settings, file)
        output.json_line(asdict(told)) if json else output.file_status(told)
        return
    whole = vault_status(settings)
    output.json_line(asdict(whole)) if json else output.status(whole)


@app.command()
def doctor(
    notes: options.NotesOption = None,
    index: options.IndexFolder = None,
    store: options.Store = None,
) -> int:
    """Check that machine, model, index and notes agree."""
    from search.cli import output
    from search.diagnostics.doctor import run_checks

    findings = run_checks(_settings(notes=notes, index=index, store=store))
    output.findings(findings)
    return 1 if findings else 0


@app.command("mcp")
def serve_programs(
    notes: options.Notes = None,
    index: options.IndexFolder = None,
    store: options.Store = None,
    update: options.Update = None,
    watch: options.Watch = None,
    model: options.Model = None,
    rerank: options.Rerank = None,
    log: options.LogFormat = None,
) -> None:
    """Offer the notes to other programs: a Model Context Protocol server on stdio."""
    from search.cli import progress

    settings = _settings(
        notes=notes, index=index, store=store, update=update, watch=watch, model=model,
        rerank=rerank, log=log,
    )  # fmt: skip
    with progress.shown(settings.log) as show:
        from search.cli.serve import serve_stdio as run_server

        run_server(settings, show)


@app.command("eval")
def evaluate_questions(
    file: Annotated[Path, typer.Argument(help="Questions, one JSON object on each line.")],
    notes: options.NotesOption = None,
    index: options.IndexFolder = None,
    store: options.Store = None,
    rerank: options.Rerank = None,
    ablate: options.Ablate = False,
    failures: options.Failures = False,
    json: options.Json = False,
) -> None:
    """The figures of retrieval and answers on a question file."""
    from search.cli import output
    from search.diagnostics.evaluate import evaluate

    settings = _settings(notes=notes, index=index, store=store, rerank=rerank)
    figures = evaluate(settings, file, ablate, failures)
    output.json_line(asdict(figures)) if json else output.lines(figures.table())


def _settings(**given: Any) -> "Settings":
    from index.settings import load

    return load(**given)
