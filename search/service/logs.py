"""Writes a server's log: plain lines, or JSON for each event; never what notes or questions say.

The message of an exception may quote what it failed at, so only its kind and places are
written. ``WENGU_DEBUG=1`` adds the message, for one's own eyes.
"""

import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from io import TextIOWrapper
from typing import Any, Literal

Kind = Literal["plain", "json"]

_MINUTE = 60.0
_MOST_FAULTS = 1000
_log = logging.getLogger("wengu")


def begin(kind: Kind) -> None:
    """Log to stderr from here on: warnings and faults, and with ``json`` every event too."""
    if kind == "json" and isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")
    handler = logging.StreamHandler()
    handler.addFilter(OnceAMinute())
    handler.setFormatter(_Json() if kind == "json" else _Plain())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    _log.setLevel(logging.INFO if kind == "json" else logging.WARNING)


def event(name: str, **fields: Any) -> None:
    """Something that happened, with what is known of it in JSON's own types."""
    _log.info(name, extra={"fields": fields})


class OnceAMinute(logging.Filter):
    """Lets one fault through a minute, and tells with the next how many were like it.

    What fails at every try, as when the files that a process may open are used up, would else
    fill the disk with one line.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[tuple[str, ...], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        fault = record.exc_info[1] if record.exc_info else None
        key = (record.name, str(record.msg)[:200], *_places(fault)[:1], *_places(fault)[-1:])
        at, more = self._told.get(key, (-_MINUTE, 0))
        if record.created - at < _MINUTE:
            self._told[key] = at, more + 1
            return False
        if len(self._told) >= _MOST_FAULTS:
            self._told.clear()
        self._told[key] = record.created, 0
        if more:
            record.msg, record.args = f"{record.getMessage()} ({more} more like it)", None
        return True


class _Plain(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def formatException(self, ei: Any) -> str:
        if os.environ.get("WENGU_DEBUG"):
            return super().formatException(ei)
        return "\n".join(f"  {line}" for line in _places(ei[1]))


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "fields", None)
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": "message" if fields is None else record.getMessage(),
        }
        if fields is None:
            entry |= {"logger": record.name, "message": record.getMessage()}
        if record.exc_info and record.exc_info[1]:
            entry["fault"] = _places(record.exc_info[1])
            if os.environ.get("WENGU_DEBUG"):
                entry["reason"] = str(record.exc_info[1])
        return json.dumps(entry | (fields or {}), ensure_ascii=False, default=str)


def _places(error: BaseException | None) -> list[str]:
    """The kind of an exception and where it came through, innermost last."""
    if error is None:
        return []
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return [type(error).__name__, *places]
