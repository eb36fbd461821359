"""The public face, installed as the package ``wengu``: ``from wengu import Wengu``."""

try:
    from index.errors import WenguError
    from search.result import Answer, Filters, SearchResult
    from search.wengu import Wengu
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in ("index", "search"):
        raise
    raise ImportError(
        "a module of your own is called index or search, which are Wengu's packages; rename it"
    ) from error

__all__ = ["Answer", "Filters", "SearchResult", "Wengu", "WenguError"]
