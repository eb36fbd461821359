"""Loads what words the answers only where a language model is set."""

from typing import TYPE_CHECKING

from index.settings import Settings
from search.snapshot import OpenIndex

if TYPE_CHECKING:
    from search.llm.answer_writer import Writer


def writer(settings: Settings, index: OpenIndex) -> "Writer | None":
    """The writer that the settings name, if they name one.

    Raises:
        BadRequest: they name an endpoint without a model, or a model without an endpoint.
    """
    if not settings.llm_url and not settings.llm_model:
        return None
    from search.llm.answer_writer import Writer

    return Writer(settings, index.dictionary)
