"""The command line as it is run: arguments in, output and exit status out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.settings import Settings
from search.cli.main import app, run

PROGRAM = "from search.cli.main import main; main()"


def arguments(vault: Settings) -> list[str]:
    return ["--notes", str(vault.notes), "--index", str(vault.index_dir)]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> "Said":
    return Said(capsys)


class Said:
    """Runs a command line and keeps what it said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        status = run(words)
        told = self._capsys.readouterr()
        return status, told.out, told.err


def test_help_comes_without_loading_anything_heavy() -> None:
    heavy = ["pydantic", "numpy", "faiss", "onnxruntime", "tantivy", "jieba", "fastapi", "rich"]
    script = f"""
import sys
from search.cli.main import run
status = run(["--help"])
print("loaded", [name for name in {heavy} if name in sys.modules], status)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "serve" in done.stdout and "loaded [] 0" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["search"],
        ["search", "x", "--nonsense"],
        ["search", "x", "-k", "0"],
        ["search", "x", "--mode", "best"],
        ["serve", "--port", "many"],
    ],
)
def test_wrong_usage_is_one_line_and_status_2(said: Said, words: list[str]) -> None:
    status, out, err = said(*words)
    assert (status, out) == (2, "")
    assert err.startswith("wengu: ") and err.count("\n") == 1


@pytest.mark.parametrize("command", [["index"], ["serve"]])
def test_a_missing_folder_is_one_line_and_status_1(said: Said, command: list[str]) -> None:
    status, _, err = said(*command, "/no/such/folder")
    assert status == 1
    assert "no folder of notes at /no/such/folder" in err and err.count("\n") == 1


def test_a_name_in_an_error_does_not_command_the_terminal(said: Said, tmp_path: Path) -> None:
    status, _, err = said("index", str(tmp_path / "a\x1b]0;owned\x07"))
    assert status == 1 and "owned" in err
    assert err.removesuffix("\n").isprintable()


def test_a_search_before_anything_is_indexed_says_what_to_run(said: Said, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    where = ["--notes", str(tmp_path / "notes"), "--index", str(tmp_path / "index")]
    for command in (["search", "x"], ["ask", "x"], ["status", "--file", "x.md"]):
        status, _, err = said(*command, *where)
        assert status == 1 and "wengu index" in err and err.count("\n") == 1


def test_a_fault_is_told_in_one_line_without_a_traceback(
    said: Said, vault: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr("search.searcher.Searcher.search", fail)
    status, _, err = said("search", "x", *arguments(vault))
    assert status == 1 and err.count("\n") == 1 and "Traceback" not in err


def test_search_prints_passages_with_their_place(said: Said, vault: Settings) -> None:
    status, out, _ = said("search", "网络安全评级", "-k", "1", *arguments(vault))
    assert status == 0
    assert "博客/模型" in out and "评级是" in out


def test_search_prints_the_same_as_the_api_as_json(said: Said, vault: Settings) -> None:
    _, out, _ = said("search", "评级", "--json", "--mode", "keyword", *arguments(vault))
    found = json.loads(out)
    assert set(found) == {
        "query", "mode", "took_ms", "results", "facets", "embedded", "understood", "total",
    }  # fmt: skip
    assert found["mode"] == "keyword"
    assert {"rank", "path", "title", "text", "start", "end", "signals"} <= set(found["results"][0])


def test_a_bad_operator_is_explained(said: Said, vault: Settings) -> None:
    status, _, err = said("search", "after:soon", *arguments(vault))
    assert status == 1 and "2025-12-18" in err


def test_what_a_note_holds_cannot_command_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from search.cli.output import plain

    plain("a\x1b]0;owned\x07b\u202ec\td")
    assert capsys.readouterr().out == "a ]0;owned b c\td\n"


def test_options_come_from_the_environment_too(
    said: Said, vault: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENGU_NOTES", str(vault.notes))
    monkeypatch.setenv("WENGU_INDEX", str(vault.index_dir))
    monkeypatch.setenv("WENGU_K", "1")
    monkeypatch.setenv("WENGU_JSON", "1")
    _, out, _ = said("search", "评级")
    assert len(json.loads(out)["results"]) == 1


def test_every_option_names_its_environment_variable() -> None:
    import typer

    group = typer.main.get_command(app)
    options = [
        option
        for command in group.commands.values()  # type: ignore[attr-defined]
        for option in command.params
        if option.param_type_name == "option" and option.name != "help"
    ]
    assert len(options) > 20
    assert all(option.envvar.startswith("WENGU_") for option in options)


def test_status_tells_what_is_indexed(said: Said, vault: Settings) -> None:
    _, out, _ = said("status", *arguments(vault))
    assert "4 of 4 notes; 0 skipped" in out and "nothing differs" in out
    _, out, _ = said("status", "--json", *arguments(vault))
    told = json.loads(out)
    assert told["facts"]["indexed"] == 4 and told["behind"] == {
        "new": [],
        "changed": [],
        "gone": [],
    }


def test_status_of_one_note_tells_how_it_stands(said: Said, vault: Settings) -> None:
    _, out, _ = said("status", "--file", "博客/模型一.md", *arguments(vault))
    assert "博客/模型一.md: indexed" in out and "2025-11-19" in out and "#安全/网络" in out
    whole = str(vault.notes / "博客" / "模型二.md")
    assert "博客/模型二.md: indexed" in said("status", "--file", whole, *arguments(vault))[1]
    assert "x.md: unknown" in said("status", "--file", "x.md", *arguments(vault))[1]


def test_a_dry_run_lists_what_would_change_and_writes_nothing(
    said: Said, vault: Settings, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    (notes / "随笔").mkdir(parents=True)
    (notes / "随笔" / "咖啡.md").write_text("改过", "utf-8")
    (notes / "新.md").write_text("新", "utf-8")
    before = sorted(path.stat().st_mtime_ns for path in vault.index_dir.glob("*"))
    status, out, _ = said("index", str(notes), "--index", str(vault.index_dir), "--dry-run")
    assert status == 0
    assert "+ 新.md\n" in out and "~ 随笔/咖啡.md\n" in out and "- 博客/模型一.md\n" in out
    assert before == sorted(path.stat().st_mtime_ns for path in vault.index_dir.glob("*"))


def test_a_dry_run_lists_the_notes_that_would_be_read_another_way(
    said: Said, vault: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("index", str(vault.notes), "--index", str(vault.index_dir), "--dry-run")
    assert "~" not in said(*command)[1]
    monkeypatch.setenv("WENGU_DATE_KEYS", "日子")
    assert said(*command)[1].count("~ ") == 4


def test_an_update_with_nothing_to_do_says_so_as_json(said: Said, vault: Settings) -> None:
    status, out, _ = said("index", str(vault.notes), "--index", str(vault.index_dir), "--json")
    report = json.loads(out)
    assert status == 0
    assert (report["total"], report["unchanged"], report["embedded"]) == (4, 4, 0)


def test_doctor_is_content_with_a_whole_index(said: Said, vault: Settings) -> None:
    status, out, _ = said("doctor", *arguments(vault))
    assert (status, out) == (0, "machine, model, index and notes agree\n")


def test_output_that_nobody_reads_to_its_end_is_no_error(vault: Settings) -> None:
    words = ["search", "评级", *arguments(vault)]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("gbk", ["ask", "模型一的评级？"]), ("cp1252", ["search", "评级"]), ("ascii", ["status"])],
)
def test_a_console_of_any_encoding_is_written_to(
    vault: Settings, encoding: str, words: list[str]
) -> None:
    text = printed(encoding, *words, *arguments(vault))
    assert (text.returncode, text.stderr) == (0, b"")
    assert text.stdout.decode(encoding)
    as_json = printed(encoding, *words, "--json", *arguments(vault))
    assert json.loads(as_json.stdout.decode("utf-8"))
    assert words == ["status"] or "评级" in as_json.stdout.decode("utf-8")


def test_an_error_is_printed_in_any_encoding(vault: Settings) -> None:
    done = printed("ascii", "search", "after:昨天", *arguments(vault))
    assert done.returncode == 1 and done.stderr.startswith(b"wengu: ")


def printed(encoding: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
    """What a command line prints where the console has this encoding."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        capture_output=True, check=False, env=os.environ | {"PYTHONIOENCODING": encoding},
    )  # fmt: skip


def test_an_index_that_cannot_be_written_is_one_line(
    said: Said, vault: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    status, _, err = said("index", str(vault.notes), "--index", str(tmp_path / "file" / "index"))
    assert status == 1 and "--index" in err and err.strip().count("\n") == 0


def test_serving_on_a_port_in_use_is_one_line(vault: Settings) -> None:
    from search.cli.listen import listen

    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        words = ["serve", str(vault.notes), "--index", str(vault.index_dir), "--port", port]
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, timeout=300
        )
    assert done.returncode == 1
    assert f"port {port} is in use" in done.stderr and done.stderr.count("\n") == 1
