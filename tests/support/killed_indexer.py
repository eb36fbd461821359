"""Indexes vaults in processes that are killed or kept from writing.

Everything is imported once; each line of standard input, ``FOLDER``, tab, ``SECONDS``, tab,
``BYTES``, then has a vault indexed in a process of its own. After so many seconds (empty:
never) it is killed, or no file can grow beyond so many bytes any more, if these are given.
Printed is how it ended: 0, 3 and what the error said, or less than 0 for a signal. The
vectors of every text are read from the pickle named on the command line.
"""

import os
import pickle
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

import numpy as np
from small_vault import Remembering, SmallVault

from index.errors import WenguError
from index.model.load import load
from index.settings import load as settings
from index.vectors import vector_index


def main(vectors: Path) -> None:
    for line in sys.stdin:
        folder, seconds, limit = line.rstrip("\n").split("\t")
        hears, says = os.pipe()
        child = os.fork()
        if child == 0:
            starves = (float(seconds), int(limit)) if limit else None
            os._exit(indexed(vectors, Path(folder), starves, says))
        os.close(says)
        said = os.read(hears, 1)  # its work begins
        if seconds and not limit:
            time.sleep(float(seconds))
            os.kill(child, signal.SIGKILL)
        while more := os.read(hears, 1000):
            said += more
        os.close(hears)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), said[1:].decode(), sep="\t", flush=True)


def indexed(vectors: Path, folder: Path, starves: tuple[float, int] | None, says: int) -> int:
    """The exit status of one update, which ``starves`` after a time, if at all."""
    model = settings(notes=folder)
    encoder = Remembering(lambda: load(model.model, model.model_cache))
    encoder.__dict__.update(pickle.loads(vectors.read_bytes()))
    vault = SmallVault(folder, encoder)
    os.write(says, b"!")
    if starves:
        seconds, limit = starves
        signal.signal(
            signal.SIGALRM, lambda *_: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        )
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        vault.update()
    except WenguError as error:
        os.write(says, str(error).replace("\n", " ").encode())
        return 3
    except BaseException:  # Tantivy's panics are no Exception
        traceback.print_exc()
        return 4
    return 0


if __name__ == "__main__":
    # What is set up at the first use is set up before the clock starts.
    vector_index.centred(np.ones((1, 2), np.float32), np.zeros(2, np.float32))
    main(Path(sys.argv[1]))
