"""The rules of the house, read off the source itself: who imports what, and how long files are."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for part in ("index", "search") for path in (ROOT / part).rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in SOURCES]
MOST_LINES = 250
AT_THE_TOP = {
    "pyproject.toml", "README.md", "search", "index", "notes", "web", "tests",
    ".ci", ".gitignore", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "README.zh.md",
    "Dockerfile", ".dockerignore",
}  # fmt: skip

TORCH = r"index/model/(torch_encoder|prepare/export)\.py|search/ranking/rerank\.py"
OWNERS = {
    "faiss": r"index/vectors/(exact|approximate|vector_file)\.py",
    "tantivy": r"index/lexical/\w+\.py",
    "pymilvus": r"index/milvus/\w+\.py",
    "grpc": r"index/milvus/\w+\.py",
    "onnxruntime": r"index/model/encoder\.py",
    "onnx": r"index/model/prepare/\w+\.py",
    "tokenizers": r"index/model/(tokenizer|prepare/tokenizer_file)\.py",
    "sentence_transformers": TORCH,
    "torch": TORCH,
    "rjieba": r"index/text/\w+\.py",
    "opencc": r"index/text/terms\.py",
    "yaml": r"index/markdown/yaml_properties\.py",
    "fastapi": r"search/api/\w+\.py",
    "uvicorn": r"search/cli/serve\.py",
    "mcp": r"search/(mcp/\w+|api/mcp_endpoint)\.py",
    "nh3": r"search/render/sanitize\.py",
    "typer": r"search/cli/\w+\.py",
    "rich": r"search/cli/\w+\.py",
}
HEAVY = {
    "torch", "sentence_transformers", "transformers", "onnx", "onnxruntime", "tokenizers",
    "faiss", "tantivy", "pymilvus", "grpc", "rjieba", "opencc", "numpy", "fastapi", "uvicorn",
    "mcp", "pydantic", "markdown_it", "watchfiles",
}  # fmt: skip

SQL = re.compile(r"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s"
                 r"|CREATE\s+(TABLE|INDEX)\s|WITH\s+\w+\s+AS\s*\()")  # fmt: skip
# Written so that this file does not hold what it looks for.
REGISTRY = re.compile("|".join((
    r"\bpypi\.", r"python" + r"hosted\.", r"registry\.npm", r"npmjs\.", r"deb\.debian\.",
    r"download\.pytorch\.", r"crates\.io",
)))  # fmt: skip
MACHINE = re.compile(r"(?<![\w.~*])/(?:work|root|home|Users|opt)/[\w.]")


def imported(path: Path) -> Iterator[str]:
    """Full names of all modules that a file imports, at its top or within."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def tracked() -> list[str]:
    """Every file that is or would be committed, as a path from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout: which files belong to the project is not known")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_what_writes_the_index_knows_nothing_of_what_reads_it() -> None:
    knowing = [
        f"{name}: {module}"
        for name, path in zip(NAMES, SOURCES, strict=True)
        for module in imported(path)
        if name.startswith("index/") and module.split(".")[0] in ("search", "web")
    ]
    assert knowing == []


@pytest.mark.parametrize(("library", "owner"), OWNERS.items())
def test_each_library_is_imported_by_its_owner_alone(library: str, owner: str) -> None:
    users = [
        name
        for name, path in zip(NAMES, SOURCES, strict=True)
        if library in {module.split(".")[0] for module in imported(path)}
    ]
    assert users
    assert [name for name in users if not re.fullmatch(owner, name)] == []


def test_only_the_store_and_its_reader_speak_sql() -> None:
    speakers = {
        name
        for name, path in zip(NAMES, SOURCES, strict=True)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    }
    assert speakers
    assert [name for name in sorted(speakers) if not name.startswith("index/store/")] == []


def test_only_the_command_line_prints() -> None:
    printing = {
        name
        for name, path in zip(NAMES, SOURCES, strict=True)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert [name for name in sorted(printing) if not name.startswith("search/cli/")] == []


def test_every_module_is_short_enough_to_be_read_at_once() -> None:
    lines = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in NAMES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_help_is_shown_without_loading_anything_heavy() -> None:
    assert loaded("run(['--help'])").isdisjoint(HEAVY)


def test_searching_the_default_way_needs_neither_torch_nor_milvus(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "茶.md").write_text("# 茶\n\n水温八十度。\n", "utf-8")
    options = f"'--notes', {str(tmp_path / 'notes')!r}, '--index', {str(tmp_path / 'index')!r}"
    work = (
        f"assert run(['index', {str(tmp_path / 'notes')!r}, "
        f"'--index', {str(tmp_path / 'index')!r}]) == 0; "
        f"assert run(['search', '水温', {options}]) == 0; "
        f"assert run(['ask', '水温多少？', {options}]) == 0"
    )
    assert loaded(work).isdisjoint(
        {"torch", "transformers", "sentence_transformers", "fastapi", "pymilvus", "grpc"}
    )


def loaded(work: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds after this work."""
    code = (
        f"from search.cli.main import run; {work}; import sys; print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    return {name.split(".")[0] for name in done.stderr.splitlines()[-1].split()}


def test_the_top_of_the_repository_holds_what_was_agreed() -> None:
    assert {name.split("/")[0] for name in tracked()} <= AT_THE_TOP


def test_no_file_names_a_package_registry_or_a_place_on_one_machine() -> None:
    found = []
    for name in tracked():
        text = (ROOT / name).read_bytes().decode("utf-8", "replace")
        found += [
            f"{name}: {match[0]}" for rule in (REGISTRY, MACHINE) for match in rule.finditer(text)
        ]
    assert found == []
