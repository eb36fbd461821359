"""Killed at any moment or kept from writing, the next start answers as a fresh build does.

    WENGU_CRASHES=200 python -m pytest tests/test_crashes.py -s

does so 200 times each (8 by default) and tells how the runs ended.
"""

import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from compared_vaults import QUERIES, fill, same
from small_vault import Remembering, SmallVault

from index.errors import NotReady

CRASHES = int(os.environ.get("WENGU_CRASHES", "8"))
"""Kills, and runs that cannot write."""
LARGE = 100_000
"""Bytes that some file of each index comes to."""
ROOT = Path(__file__).resolve().parents[2]
SUPPORT = ROOT / "tests" / "support"
ENDS = {0: "finished", 3: "said what was wrong", -signal.SIGKILL: "killed"}


class Indexers:
    """Processes that update a vault, started from one that has all modules loaded."""

    def __init__(self, vectors: Path, encoder: Remembering) -> None:
        self._vectors, self._encoder = vectors, encoder
        self._server = subprocess.Popen(
            [sys.executable, str(SUPPORT / "killed_indexer.py"), str(vectors)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(SUPPORT), str(ROOT)])},
        )
        self.ends: Counter[str] = Counter()
        self.said: Counter[str] = Counter()

    def run(self, vault: SmallVault, delay: float | None = None, limit: int | None = None) -> int:
        """The exit status of an update.

        After ``delay`` seconds it is killed, or no file can grow beyond ``limit`` bytes.
        """
        self._vectors.write_bytes(pickle.dumps(self._encoder.remembered()))
        server = self._server
        assert server.stdin and server.stdout
        server.stdin.write(f"{vault.notes.parent}\t{_text(delay)}\t{_text(limit)}\n")
        server.stdin.flush()
        ended, said = server.stdout.readline().rstrip("\n").split("\t")
        status = int(ended)
        assert status in ENDS
        self.ends[ENDS[status]] += 1
        if said:
            self.said[said.replace(str(vault.settings.index_dir), "INDEX")] += 1
        return status

    def close(self) -> None:
        self._server.communicate()


def _text(value: float | None) -> str:
    return "" if value is None else str(value)


@pytest.fixture
def indexers(encoder: Remembering, tmp_path: Path) -> Iterator[Indexers]:
    running = Indexers(tmp_path / "vectors", encoder)
    yield running
    running.close()
    print(dict(running.ends), *(f"{n} x {what}" for what, n in running.said.items()), sep="\n")


def edit(vault: SmallVault, chance: random.Random) -> None:
    """Change a third of the notes in one way or another."""
    for place in chance.sample(sorted(vault.notes.rglob("*.md")), 4):
        action = chance.choice(["edit", "move", "delete"])
        if action == "edit":
            place.write_text(
                place.read_text("utf-8") + f"\n补记 {chance.randrange(9)}。\n", "utf-8"
            )
        elif action == "move":
            place.rename(place.with_name(f"{place.stem}{chance.randrange(9)}.md"))
        else:
            place.unlink()


def turns(folder: Path, encoder: Remembering) -> Iterator[tuple[SmallVault, SmallVault]]:
    """Vaults to be indexed, new and edited by turns, each with a fresh build of its notes."""
    chance = random.Random(7)
    begun = SmallVault(folder / "begun", encoder)
    fill(begun)
    begun.update()
    for turn in range(CRASHES):
        vault, fresh = (SmallVault(folder / name, encoder) for name in ("turn", "fresh"))
        shutil.copytree(begun.notes, vault.notes, dirs_exist_ok=True)
        if turn % 2:
            shutil.copytree(begun.settings.index_dir, vault.settings.index_dir)
            edit(vault, chance)
        shutil.copytree(vault.notes, fresh.notes, dirs_exist_ok=True)
        fresh.update()
        yield vault, fresh
        shutil.rmtree(vault.notes.parent)
        shutil.rmtree(fresh.notes.parent)


def begin_again(vault: SmallVault, fresh: SmallVault) -> None:
    """A search never fails for what a dead indexer left, and an update mends it."""
    with suppress(NotReady):
        vault.searcher().search(QUERIES[0])
    vault.update()
    same(vault, fresh)


def time_of_one(indexers: Indexers, vault: SmallVault) -> float:
    """How many seconds an update takes that is left alone."""
    fill(vault)
    started = time.monotonic()
    assert indexers.run(vault) == 0
    return time.monotonic() - started


def test_an_indexer_killed_at_any_moment_leaves_what_the_next_start_repairs(
    indexers: Indexers, encoder: Remembering, tmp_path: Path
) -> None:
    chance = random.Random(8)
    longest = 0.0
    for vault, fresh in turns(tmp_path, encoder):
        longest = longest or time_of_one(indexers, SmallVault(tmp_path / "timed", encoder))
        indexers.run(vault, chance.random() * longest)
        if chance.random() < 0.3:
            indexers.run(vault, chance.random() * longest)
        begin_again(vault, fresh)
    assert indexers.ends["killed"]


def test_an_indexer_that_cannot_write_says_so_and_the_next_start_repairs(
    indexers: Indexers, encoder: Remembering, tmp_path: Path
) -> None:
    chance = random.Random(9)
    longest = 0.0
    for vault, fresh in turns(tmp_path, encoder):
        longest = longest or time_of_one(indexers, SmallVault(tmp_path / "timed", encoder))
        indexers.run(vault, chance.random() * longest, int(LARGE ** chance.random()))
        begin_again(vault, fresh)
    assert indexers.ends["said what was wrong"]
