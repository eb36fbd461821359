"""Brings the index of some settings up to date, with the model loaded once."""

from collections.abc import Callable
from functools import cache

from index.encoder import Encoder
from index.report import Listener, Report, Scope
from index.settings import Settings

Say = Callable[[str], None]
"""Told what is going on while a model is prepared."""


class Updater:
    """Runs updates one after another with the same model."""

    def __init__(self, settings: Settings, say: Say) -> None:
        self._settings = settings
        self._encoder = cache(lambda: _load(settings, say))

    def __call__(self, scope: Scope, listener: Listener) -> Report:
        """One update.

        Raises:
            WenguError: the model cannot be had, or the index cannot be written.
        """
        from index.sync import update

        return update(self._settings, self._encoder(), scope, progress=listener)


def _load(settings: Settings, say: Say) -> Encoder:
    from index.model import load

    return load(settings.model, settings.model_cache, say)
