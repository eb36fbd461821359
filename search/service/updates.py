"""Updates the index while the server answers: one at a time, told to whoever listens."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from index.errors import Busy, ModelMissing, WenguError
from index.model.encoder import Encoder
from index.model.load import WORDS
from index.progress import Listener, Progress, Report, Scope
from index.settings import Settings
from search.store.models import Models

_log = logging.getLogger("wengu")

_ELSEWHERE = "this server only answers; run wengu index where the index is kept"
Run = Callable[[Scope, Listener], Report]
"""(scope, listener) → report: brings the index up to date."""


@dataclass(frozen=True, slots=True)
class UpdateStatus:
    """What is known of the update that runs, or of the last one."""

    state: Literal["idle", "updating", "failed"] = "idle"
    progress: Progress | None = None
    report: Report | None = None
    error: str | None = None


class Updates:
    """Runs updates in a thread of its own.

    ``refreshed`` is called whenever more can be found than before: when a phase ends and
    when the update does. Without anything to ``run`` the index is kept elsewhere.
    """

    def __init__(self, run: Run | None, refreshed: Callable[[], None]) -> None:
        self._run = run or _refuse
        self.enabled = run is not None
        self._refreshed = refreshed
        self._lock = threading.Lock()
        self._status = UpdateStatus()
        self._wanted: Scope | None = None
        self._thread: threading.Thread | None = None
        self._listeners: list[Callable[[], object]] = []
        self.closed = False
        """True when the server ends; listeners are told once more and should leave."""

    @property
    def status(self) -> UpdateStatus:
        """The newest state; a value, so it stays what it is."""
        return self._status

    def start(self, rebuild: bool = False) -> None:
        """Start an update and return at once.

        Raises:
            Busy: one is running, or another program updates the index.
        """
        if not self.enabled:
            raise Busy(_ELSEWHERE)
        with self._lock:
            if self._status.state == "updating":
                raise Busy("the index is being updated already; wait until it is done")
            self._begin("rebuild" if rebuild else "all")

    def request(self, scope: Scope = "all") -> None:
        """Start an update, or have one follow the one that runs: notes have changed."""
        with self._lock:
            if not self.enabled:
                return
            if self._status.state == "updating":
                self._wanted = "all" if "all" in (self._wanted, scope) else scope
            else:
                self._begin(scope)

    def listen(self, told: Callable[[], object]) -> Callable[[], None]:
        """Have ``told`` called, from another thread, at each change; gives what ends it."""
        self._listeners.append(told)
        return lambda: self._listeners.remove(told)

    def wait(self, timeout: float | None = None) -> None:
        """Until no update runs, or ``timeout`` seconds."""
        if self._thread is not None:
            self._thread.join(timeout)

    def close(self) -> None:
        """Send the listeners home; the server is about to end."""
        self.closed = True
        self._tell()

    def _begin(self, scope: Scope) -> None:
        self._status = replace(self._status, state="updating", progress=None, error=None)
        # A daemon: an update cut off by the end of the program loses nothing but its rest.
        self._thread = threading.Thread(
            target=self._work, args=(scope,), name="update", daemon=True
        )
        self._thread.start()

    def _work(self, scope: Scope) -> None:
        next_one: Scope | None = scope
        while next_one is not None:
            self._status = replace(self._status, progress=None)
            self._tell()
            done = self._once(next_one)
            with self._lock:
                next_one, self._wanted = self._wanted, None
                if next_one is None:
                    self._status = done
        self._tell()

    def _once(self, scope: Scope) -> UpdateStatus:
        before = self._status
        try:
            report = self._run(scope, self._heard)
            self._refreshed()
        except WenguError as error:
            return replace(before, state="failed", progress=None, error=str(error))
        except Exception:  # the edge of a thread: nobody else would hear of it
            _log.exception("the update failed")
            message = "the update failed by a fault of Wengu; the server's log says where"
            return replace(before, state="failed", progress=None, error=message)
        return UpdateStatus("idle", None, report, None)

    def _heard(self, progress: Progress) -> None:
        before = self._status.progress
        if before is not None and before.phase != progress.phase:
            self._refreshed()
        self._status = replace(self._status, progress=progress)
        self._tell()

    def _tell(self) -> None:
        for told in tuple(self._listeners):
            told()


def _refuse(scope: Scope, listener: Listener) -> Report:
    raise Busy(_ELSEWHERE)


class IndexUpdater:
    """Runs updates one after another with the same model."""

    def __init__(self, settings: Settings, models: Models) -> None:
        self._settings = settings
        self._models = models
        self._encoder: Encoder | None = None

    def __call__(self, scope: Scope, listener: Listener) -> Report:
        """One update; where the default model cannot be had, by words only.

        Raises:
            Busy: another program is writing this index.
            WenguError: the model cannot be had, or the index cannot be written.
        """
        from index.update import update

        if self._encoder is None:
            self._encoder = self._load()
        return update(self._settings, self._encoder, scope, progress=listener)

    def _load(self) -> Encoder:
        try:
            return self._models(self._settings.model)
        except ModelMissing as error:
            self._models.say(str(error))
            return self._models(WORDS)
