"""What axe-core objects to on a page."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

SHOTS = os.environ.get("WENGU_SCREENSHOTS")


def findings(page: Any) -> list[tuple[str, str]]:
    """What axe-core objects to, with where."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    # What is still on its way is pale, but for sentences that come as they are written.
    page.wait_for_function(
        "() => (document.querySelector('[data-do=stop]')"
        " || !document.querySelector('[aria-busy=true]'))"
        " && document.getAnimations().every(one => one.playState !== 'running')"
    )
    report = axe.run(page, options={"rules": {"target-size": {"enabled": True}}}).response
    if SHOTS:  # with the pictures: what was looked at, in which test
        name = re.sub(r"\W+", "-", os.environ["PYTEST_CURRENT_TEST"].split("::")[1]).strip("-")
        kept = {"url": report["url"], "passed": [rule["id"] for rule in report["passes"]],
                "findings": report["violations"]}  # fmt: skip
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        Path(SHOTS, f"axe-{name}.json").write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
    return [
        (rule["id"], str(node["target"])) for rule in report["violations"] for node in rule["nodes"]
    ]
