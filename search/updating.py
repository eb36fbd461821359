"""Brings the index of some settings up to date."""

from index.report import Listener, Report, Scope
from index.settings import Settings
from search.models import Models


class Updater:
    """Runs updates one after another with the same model."""

    def __init__(self, settings: Settings, models: Models) -> None:
        self._settings = settings
        self._models = models

    def __call__(self, scope: Scope, listener: Listener) -> Report:
        """One update.

        Raises:
            Busy: another program is writing this index.
            WenguError: the model cannot be had, or the index cannot be written.
        """
        from index.sync import update

        encoder = self._models(self._settings.model)
        return update(self._settings, encoder, scope, progress=listener)
