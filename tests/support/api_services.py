"""What stands behind the API in tests, and the events it sends."""

import json
from typing import Any

from index.settings import Settings
from search.service.services import Services, build_services

BASE = "http://127.0.0.1:8765"


def services(settings: Settings) -> Services:
    return build_services(settings, lambda message: None, lambda status: None)


def events(text: str) -> list[tuple[str, Any]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [
        (block[0].removeprefix("event: "), json.loads(block[1].removeprefix("data: ")))
        for block in blocks
    ]
