"""Reads ``milvus+http://host:19530`` and its kin: where to connect, how collections are made."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from index.errors import BadRequest

PREFIX = "milvus+"
_EXAMPLE = "write milvus+http://host:19530 or milvus+file:/path/notes.db"


@dataclass(frozen=True, slots=True)
class Address:
    """A Milvus server, or a file of Milvus Lite."""

    uri: str
    token: str = field(default="", repr=False)
    database: str = ""
    vault: str = "wengu"
    """What the names of the collections begin with: several vaults can share a database."""
    shards: int = 1
    replicas: int = 1
    vector_index: str = "AUTOINDEX"

    @property
    def is_file(self) -> bool:
        """Whether it is Milvus Lite, which one process at a time can open."""
        return "://" not in self.uri

    def __str__(self) -> str:
        """Without the secret."""
        place = f"{self.uri}/{self.database}" if self.database else self.uri
        return f"{PREFIX}{place}#{self.vault}"


def address(url: str) -> Address:
    """Read ``milvus+http://user:password@host:port/database?shards=8&index=DISKANN#vault``.

    All but the host may be left out; ``replicas`` may be asked for too. A file is written
    ``milvus+file:/path/notes.db`` or ``milvus+/path/notes.db``.

    Raises:
        BadRequest: it is not such an address.
    """
    if not url.startswith(PREFIX):
        raise BadRequest(f"{url} is no store; {_EXAMPLE}")
    parts = urlsplit(url.removeprefix(PREFIX))
    vault = unquote(parts.fragment) or "wengu"
    if not vault.isidentifier() or not vault.isascii():
        raise BadRequest(f"#{vault} cannot name collections; use letters, digits and _")
    if parts.scheme in ("", "file"):
        path = Path(unquote(parts.path)).expanduser()
        if path.suffix != ".db":
            raise BadRequest(f"{url} names no file that ends in .db; {_EXAMPLE}")
        return Address(str(path.absolute()), vault=vault, vector_index="FLAT")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadRequest(f"{parts.scheme}:// is no address of Milvus; {_EXAMPLE}")
    options = dict(parse_qsl(parts.query))
    try:
        return Address(
            f"{parts.scheme}://{parts.hostname}:{parts.port or 19530}",
            ":".join(unquote(part) for part in (parts.username, parts.password) if part),
            parts.path.strip("/"),
            vault,
            int(options.pop("shards", 1)),
            int(options.pop("replicas", 1)),
            options.pop("index", "AUTOINDEX"),
        )
    except ValueError as error:
        raise BadRequest(f"{parts.query} asks for no number of shards or replicas") from error
