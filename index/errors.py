"""Defines the errors that a person is meant to read."""

from pathlib import Path


class WenguError(Exception):
    """Something the user can mend; the message says what is wrong and what to do.

    The command line prints the message on one line and exits with status 1; the API
    answers with the status below and never shows a traceback.
    """

    code = "error"
    status = 500


class BadRequest(WenguError):
    """The question or an option cannot be understood."""

    code = "bad_request"
    status = 400


class NotFound(WenguError):
    """The note or path asked for is not in the index."""

    code = "not_found"
    status = 404


class Busy(WenguError):
    """Another writer holds the index."""

    code = "busy"
    status = 409


class TooMany(WenguError):
    """As many questions as are taken at once wait already."""

    code = "too_many"
    status = 503


class TookTooLong(WenguError):
    """A question was given up before it was answered."""

    code = "took_too_long"
    status = 503


class NotReady(WenguError):
    """There is no index to answer from yet."""

    code = "not_ready"
    status = 503


class ModelMissing(WenguError):
    """What the default model is made from is not on this machine; words can be searched."""


def unwritable(folder: Path, error: Exception) -> WenguError:
    """What is said where the index in a folder turns out not to be writable."""
    return WenguError(
        f"cannot write the index in {folder}: {error}; make room there, or mend what keeps it"
        " from being written, then run: wengu index"
    )
