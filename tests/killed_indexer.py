"""Indexes vaults in processes that a test may kill or keep from writing.

Everything is imported once; each line of standard input, ``FOLDER``, tab, ``BYTES``, then
has a vault indexed in a process of its own in which no file may grow beyond so many bytes
(0: any size). Printed are the number of that process when its work begins and, when it has
ended, its exit status: 0, 3 after an error that says what to do, or less than 0 for a signal.
The vectors of every text are read from the pickle named on the command line.
"""

import os
import pickle
import resource
import sys
import traceback
from pathlib import Path

import numpy as np
from small_vault import Remembering, SmallVault

import index.vectors
from index.errors import WenguError
from index.model import load
from index.settings import load as settings


def main(vectors: Path) -> None:
    for line in sys.stdin:
        folder, limit = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            os._exit(indexed(vectors, Path(folder), int(limit)))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def indexed(vectors: Path, folder: Path, limit: int) -> int:
    """The exit status of one update."""
    model = settings(notes=folder)
    encoder = Remembering(lambda: load(model.model, model.model_cache))
    encoder.__dict__.update(pickle.loads(vectors.read_bytes()))
    vault = SmallVault(folder, encoder)
    print(os.getpid(), flush=True)
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        vault.update()
    except WenguError:
        return 3
    except BaseException:  # Tantivy's panics are no Exception
        traceback.print_exc()
        return 4
    return 0


if __name__ == "__main__":
    # What is set up at the first use is set up before the clock starts.
    index.vectors.centred(np.ones((1, 2), np.float32), np.zeros(2, np.float32))
    main(Path(sys.argv[1]))
