"""Starts Python processes of our own, with pickled values in their pipes.

Such a process is this interpreter started anew. Unlike ``multiprocessing`` it never runs the
calling program's own module a second time, and it leaves when its pipe closes, however the
process that started it ends.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from index.errors import WenguError

Process = subprocess.Popen[bytes]

_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows opens a console for a program without one otherwise."""


def start(module: str, function: str, environment: dict[str, str] | None = None) -> Process:
    """A process that runs a module's function, its pipes on stdin and stdout."""
    code = (
        "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
        f"from {module} import {function}; {function}()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | (environment or {}),
        creationflags=_NO_WINDOW,
    )
    assert process.stdin
    pickle.dump(sys.path, process.stdin)
    return process


def end(process: Process) -> None:
    """End a process and close its pipes."""
    process.kill()
    process.communicate()


class RemoteObject:
    """An object that lives in a process of its own, for libraries that cannot share one.

    Asked by one thread at a time; its process ends when it is no longer referred to.
    """

    def __init__(self, make: Callable[..., object], *given: object) -> None:
        """``make``, a function or class of a module, builds it there.

        Raises:
            WenguError: it cannot be built.
        """
        self._lock = threading.Lock()
        self._process = start(__name__, "serve")
        weakref.finalize(self, end, self._process)
        self._request(make, given, None)

    def ask(self, name: str, *given: object, say: Callable[[str], None] | None = None) -> Any:
        """What its method gives for these arguments, or its attribute without any.

        ``say`` stands for one more argument, a function that is told how far things are.

        Raises:
            WenguError: the method raised one, or something else; or the process has ended.
        """
        return self._request(name, given, say)

    def _request(
        self,
        what: str | Callable[..., object],
        given: tuple[object, ...],
        say: Callable[[str], None] | None,
    ) -> Any:
        requests, answers = self._process.stdin, self._process.stdout
        assert requests and answers
        with self._lock:
            try:
                pickle.dump((what, given, say is not None), requests)
                requests.flush()
                while True:
                    kind, value = pickle.load(answers)
                    if kind != "said":
                        break
                    if say is not None:
                        say(value)
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                raise WenguError(
                    "The process that runs the model has ended; it may have run out of memory."
                ) from error
        if kind == "raised":
            raise value
        return value


def serve() -> None:
    """Build one object and answer for it until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it decides
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer

    def tell(kind: str, value: object) -> None:
        pickle.dump((kind, value), answers)
        answers.flush()

    def say(message: str) -> None:
        tell("said", message)

    made: object = None
    with suppress(EOFError):
        while True:
            what, given, says = pickle.load(requests)
            arguments = (*given, say) if says else given
            try:
                if not isinstance(what, str):
                    made, value = what(*arguments), None
                else:
                    found = getattr(made, what)
                    value = found(*arguments) if callable(found) else found
                tell("gave", value)
            except WenguError as error:
                tell("raised", error)
            except Exception as error:  # whatever a model's own code raises
                tell("raised", WenguError(f"{type(error).__name__}: {error}"))
