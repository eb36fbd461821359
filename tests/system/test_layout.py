"""The rules of the house, read off the source itself: who imports what, and how long files are."""

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for part in ("index", "search") for path in (ROOT / part).rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in SOURCES]
AT_THE_TOP = {
    "pyproject.toml", "setup.py", "README.md", "search", "index", "notes", "web", "tests",
    ".ci", ".gitignore", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "README.zh.md",
    "MANIFEST.in", "Dockerfile", ".dockerignore",
}  # fmt: skip

INDEX = [
    "errors", "canonical_path", "child_process", "file_replacement", "progress", "text", "settings",
    "vault", "markdown", "passages", "model", "store", "lexical", "vectors", "ingest", "links",
    "milvus", "watch", "update",
]  # fmt: skip
SEARCH = [
    "condition", "result", "deadline", "query", "store", "catalogue", "conditions", "snapshot",
    "selector", "ranking", "llm", "render", "searcher", "answer", "answerer", "diagnostics",
    "service", "wengu", "public", "mcp", "api", "cli",
]  # fmt: skip
"""Folders and modules of each package; one imports only what stands before it, itself apart."""
ANSWER = ["siblings", "question", "evidence", ""]
"""The same inside ``search/answer``; the empty name is the folder's own modules."""
MOST_LINES = 250
FEW_LINES = 40
MOST_SHORT_MODULES = 14
MOST_MODULES = 14
SAME_NAME = {
    "reader": {"index/store", "search/store/milvus"},
    "schema": {"index/store", "index/milvus"},
    "progress": {"index", "search/cli"},
}
"""Modules of one name play the same part."""

TORCH = r"index/model/(torch_encoder|prepare/export)|search/ranking/rerank"
OWNERS = {
    "faiss": r"index/vectors/(exact|approximate|vector_file)",
    "tantivy": r"index/lexical/\w+",
    "sqlite3": r"index/store/\w+",
    "pymilvus": r"index/milvus/\w+",
    "grpc": r"index/milvus/\w+",
    "onnxruntime": r"index/model/encoder",
    "onnx": r"index/model/prepare/\w+",
    "tokenizers": r"index/model/tokenizer",
    "sentencepiece": r"index/model/(tokenizer|prepare/tokenizer_file)",
    "sentence_transformers": TORCH,
    "torch": TORCH,
    "jieba": r"index/text/segmentation",
    "rjieba": r"index/text/segmentation",
    "opencc": r"index/text/terms|search/query/dictionary",
    "frontmatter": r"index/markdown/(frontmatter|yaml_properties)",
    "yaml": r"index/markdown/yaml_properties",
    "watchfiles": r"index/watch",
    "markdown_it": r"search/render/\w+",
    "latex2mathml": r"search/render/formulas",
    "mmdr": r"search/render/formulas",
    "nh3": r"search/render/sanitize",
    "rapidfuzz": r"search/ranking/title_search",
    "pypinyin": r"search/ranking/title_search",
    "fastapi": r"search/api/\w+",
    "uvicorn": r"search/cli/(serve|request_timeout)",
    "mcp": r"search/(mcp/\w+|api/mcp_endpoint)",
    "typer": r"search/cli/\w+",
    "rich": r"search/cli/\w+",
    "prometheus_client": r"search/service/metrics",
    # What is written, and who may have it written:
    "index.store.writer": r"index/.*",
    "index.store.writer_lock": r"index/.*",
    "index.update": r"search/(cli/\w+|service/updates|wengu)",
}
"""Who alone imports a library, or a module of our own."""
HEAVY = {
    "torch", "sentence_transformers", "transformers", "onnx", "onnxruntime", "tokenizers",
    "faiss", "tantivy", "pymilvus", "grpc", "jieba", "rjieba", "opencc", "numpy", "fastapi",
    "uvicorn", "mcp", "pydantic", "markdown_it", "watchfiles",
}  # fmt: skip

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
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tracked() -> list[str]:
    """Every file that is or would be committed, as a path from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout: which files belong to the project is not known")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


IMPORTS = {name.removesuffix(".py"): sorted(imported(ROOT / name)) for name in NAMES}
"""Of each module, without ending, the modules and names that it imports."""


def test_the_index_knows_nothing_of_search_or_the_page() -> None:
    knowing = [
        f"{module}: {name}"
        for module, names in IMPORTS.items()
        for name in names
        if module.startswith("index/") and name.split(".")[0] in ("search", "web")
    ]
    assert knowing == []


@pytest.mark.parametrize(
    ("package", "order"), [("index", INDEX), ("search", SEARCH), ("search/answer", ANSWER)]
)
def test_a_folder_imports_only_what_stands_before_it(package: str, order: list[str]) -> None:
    prefix = package.split("/")

    def rank(parts: list[str]) -> int:
        """The place in the order; that of the folder's own modules where there is one."""
        own = parts[len(prefix)]
        return order.index(own if own in order else "")

    against = [
        f"{module}: {name}"
        for module, names in IMPORTS.items()
        if module.startswith(f"{package}/") and module != f"{package}/__init__"
        for name in names
        if (parts := name.split("."))[: len(prefix)] == prefix and len(parts) > len(prefix)
        if rank(parts) > rank(module.split("/"))
    ]
    assert against == []


@pytest.mark.parametrize(("library", "owner"), OWNERS.items())
def test_each_library_is_imported_by_its_owner_alone(library: str, owner: str) -> None:
    users = [
        module
        for module, names in IMPORTS.items()
        if any(f"{name}.".startswith(f"{library}.") for name in names)
    ]
    assert users
    assert [module for module in users if not re.fullmatch(owner, module)] == []


def test_what_a_module_keeps_to_itself_no_other_imports() -> None:
    taken = [
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path in (*SOURCES, *sorted((ROOT / "tests").rglob("*.py")))
        for name in imported(path)
        if name.split(".")[0] in ("index", "search")
        and any(part.startswith("_") for part in name.split("."))
    ]
    assert taken == []


def test_no_folder_holds_more_than_can_be_read_at_a_glance() -> None:
    held = Counter(Path(name).parent.as_posix() for name in NAMES if "__init__" not in name)
    assert {folder: count for folder, count in held.items() if count > MOST_MODULES} == {}


def test_few_modules_are_too_short_for_a_file_of_their_own() -> None:
    short = [
        name
        for name in NAMES
        if "__init__" not in name and len((ROOT / name).read_text("utf-8").splitlines()) < FEW_LINES
    ]
    assert len(short) <= MOST_SHORT_MODULES, short


def test_a_name_says_one_thing_in_the_whole_tree() -> None:
    folders: dict[str, set[str]] = {}
    for name in NAMES:
        folders.setdefault(Path(name).stem, set()).add(Path(name).parent.as_posix())
    twice = {stem: where for stem, where in folders.items() if len(where) > 1}
    twice.pop("__init__")
    assert {stem: where for stem, where in twice.items() if SAME_NAME.get(stem) != where} == {}


def test_every_folder_says_in_one_line_what_it_holds() -> None:
    silent = [
        folder.relative_to(ROOT).as_posix()
        for folder in {path.parent for path in SOURCES}
        if not (folder / "__init__.py").read_text("utf-8").startswith('"""')
    ]
    assert silent == []


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
