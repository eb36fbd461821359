"""Questions in, passages and answers out: everything that reads the index.

For Python programs: ``from wengu import Wengu``.
"""

from index.errors import WenguError
from search.result import Answer, Filters, SearchResult
from search.wengu import Wengu

__all__ = ["Answer", "Filters", "SearchResult", "Wengu", "WenguError"]
