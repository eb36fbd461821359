"""Killed at any moment or kept from writing, the next start answers as a fresh build does.

    WENGU_CRASHES=200 python -m pytest tests/test_crashes.py -s

does so 200 times each (20 by default) and tells how the runs ended.
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
from small_vault import Remembering, SmallVault
from test_recovery import QUERIES, fill, same

from index.errors import NotReady

CRASHES = int(os.environ.get("WENGU_CRASHES", "20"))
"""Kills, and runs that cannot write."""
TESTS = Path(__file__).parent
ENDS = {0: "finished", 3: "said what was wrong", -signal.SIGKILL: "killed"}


class Indexers:
    """Processes that update a vault, started from one that has all modules loaded."""

    def __init__(self, vectors: Path, encoder: Remembering) -> None:
        self._vectors, self._encoder = vectors, encoder
        self._server = subprocess.Popen(
            [sys.executable, str(TESTS / "killed_indexer.py"), str(vectors)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])},
        )
        self.ends: Counter[str] = Counter()

    def run(self, vault: SmallVault, *, delay: float | None = None, limit: int = 0) -> int:
        """The exit status of an update that is killed after ``delay`` seconds, if given."""
        self._vectors.write_bytes(pickle.dumps(self._encoder.remembered()))
        server = self._server
        assert server.stdin and server.stdout
        server.stdin.write(f"{vault.notes.parent}\t{limit}\n")
        server.stdin.flush()
        process = int(server.stdout.readline())
        if delay is not None:
            time.sleep(delay)  # the moment is the point
            os.kill(process, signal.SIGKILL)  # until it is waited for, the number stays its own
        status = int(server.stdout.readline())
        assert status in ENDS
        self.ends[ENDS[status]] += 1
        return status

    def close(self) -> None:
        self._server.communicate()


@pytest.fixture
def indexers(encoder: Remembering, tmp_path: Path) -> Iterator[Indexers]:
    running = Indexers(tmp_path / "vectors", encoder)
    yield running
    running.close()
    print(dict(running.ends))


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


def test_an_indexer_killed_at_any_moment_leaves_what_the_next_start_repairs(
    indexers: Indexers, encoder: Remembering, tmp_path: Path
) -> None:
    chance = random.Random(8)
    longest = 0.0
    for vault, fresh in turns(tmp_path, encoder):
        if not longest:
            trial = SmallVault(tmp_path / "trial", encoder)
            fill(trial)
            started = time.monotonic()
            assert indexers.run(trial) == 0
            longest = time.monotonic() - started
        indexers.run(vault, delay=chance.random() * longest)
        if chance.random() < 0.3:
            indexers.run(vault, delay=chance.random() * longest)
        begin_again(vault, fresh)
    assert indexers.ends["killed"]


def test_an_indexer_that_cannot_write_says_so_and_the_next_start_repairs(
    indexers: Indexers, encoder: Remembering, tmp_path: Path
) -> None:
    chance = random.Random(9)
    for vault, fresh in turns(tmp_path, encoder):
        files = (path for path in fresh.settings.index_dir.rglob("*") if path.is_file())
        largest = max(path.stat().st_size for path in files)
        indexers.run(vault, limit=int(largest ** chance.random()) + 1)
        begin_again(vault, fresh)
    assert indexers.ends["said what was wrong"]


def test_without_room_an_update_says_so(indexers: Indexers, small: SmallVault) -> None:
    fill(small)
    small.update()
    assert indexers.run(small, limit=1) in (0, 3)
