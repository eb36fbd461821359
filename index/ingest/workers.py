"""Reads many notes in several processes, since Python reads on one core only.

What a worker that died had in hand is read here.
"""

import gc
import pickle
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from index.child_process import Process, end, start
from index.ingest.ingest_note import IndexedNote, ReadOptions, ingest
from index.model.encoder import Encoder, OnnxEncoder, cores
from index.model.tokenizer import Tokens, load_tokens
from index.text import segmentation
from index.vault.read_note import Unreadable
from index.vault.walk import NoteFile

FileRequest = tuple[NoteFile, str | None]
"""A file and the digest by which it is known, if it is."""
ReadOutcome = IndexedNote | Unreadable | None

MIN_FILES_FOR_WORKERS = 300
"""Notes to be split that are worth the second that workers take to start."""
_AT_ONCE = 16
_MOST_WORKERS = 3
"""Each takes 400 MB, most of it for the tokenizer."""


@dataclass(frozen=True, slots=True)
class _Counter:
    """Counts as an encoder does, from its tokenizer alone."""

    tokens: Tokens
    max_tokens: int

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self.tokens.count(texts)


def read_all(
    asked: Sequence[FileRequest], reading: ReadOptions, encoder: Encoder
) -> Generator[ReadOutcome, None, None]:
    """What is found in each file (see ``ingest``), in order, by as many processes as pay.

    They end when the generator does or is closed.
    """
    new = sum(known is None for _, known in asked)
    workers = min(cores(), _MOST_WORKERS)
    if new < MIN_FILES_FOR_WORKERS or workers < 2 or not isinstance(encoder, OnnxEncoder):
        yield from (ingest(file, known, reading, encoder) for file, known in asked)
        return
    with ExitStack() as stack:
        free: SimpleQueue[Process] = SimpleQueue()
        for _ in range(workers):
            with suppress(OSError):  # without a single one all is read here
                free.put(stack.enter_context(_worker(reading, encoder)))
        yield from _shared_out(asked, free, reading, encoder)


def _shared_out(
    asked: Sequence[FileRequest],
    free: "SimpleQueue[Process]",
    reading: ReadOptions,
    encoder: OnnxEncoder,
) -> Iterator[ReadOutcome]:
    def see(some: Sequence[FileRequest]) -> list[ReadOutcome]:
        with suppress(Empty, OSError, EOFError, pickle.PickleError):
            worker = free.get_nowait()
            assert worker.stdin and worker.stdout
            pickle.dump(some, worker.stdin)
            worker.stdin.flush()
            seen: list[ReadOutcome] = pickle.load(worker.stdout)
            free.put(worker)
            return seen
        return [ingest(file, known, reading, encoder) for file, known in some]

    ahead: deque[Future[list[ReadOutcome]]] = deque()
    workers = max(free.qsize(), 1)
    with ThreadPoolExecutor(workers) as pool:
        try:
            for first in range(0, len(asked), _AT_ONCE):
                ahead.append(pool.submit(see, asked[first : first + _AT_ONCE]))
                if len(ahead) > 2 * workers:
                    yield from ahead.popleft().result()
            for future in ahead:
                yield from future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _worker(reading: ReadOptions, encoder: OnnxEncoder) -> Iterator[Process]:
    """A process that reads what it is sent; it is ended on leaving."""
    # Each has a core to itself.
    process = start(__name__, "work", {"TOKENIZERS_PARALLELISM": "false"})
    try:
        assert process.stdin
        pickle.dump((reading, encoder.folder, encoder.max_tokens), process.stdin)
        yield process
    finally:
        end(process)


def work() -> None:
    """What a worker does until its pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it decides
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    reading, folder, max_tokens = pickle.load(requests)
    segmentation.use(reading.words)
    counter = _Counter(load_tokens(Path(folder)), max_tokens)
    gc.freeze()  # what stays until the end is not looked through again and again
    with suppress(EOFError):
        while True:
            asked: Sequence[FileRequest] = pickle.load(requests)
            pickle.dump([ingest(*one, reading, counter) for one in asked], answers)
            answers.flush()
