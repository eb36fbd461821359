"""Indexes the vault of a folder with vectors that are known already, until it is killed.

The folder holds the pickled vectors and the vault; ``ready`` is printed before it begins.
"""

import pickle
import sys
from pathlib import Path

from small_vault import Remembering, SmallVault

from index.model import load
from index.settings import load as settings


def main(vectors: Path, folder: Path) -> None:
    model = settings(notes=folder)
    vault = SmallVault(folder, Remembering(lambda: load(model.model, model.model_cache)))
    encoder = vault.encoder
    assert isinstance(encoder, Remembering)
    encoder.__dict__.update(pickle.loads(vectors.read_bytes()))
    import index.vectors  # noqa: F401  so that the clock starts with the work

    print("ready", flush=True)
    vault.update(rebuild="--rebuild" in sys.argv)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
