"""Defines what can be set and where each setting comes from, and nothing else.

A ``Settings`` is built once, at the entry point, and passed down. Each field may come
from the command line, else from the environment (``WENGU_`` and the field's name in
capitals), else from the default below.
"""

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.canonical_path import canonical
from index.errors import BadRequest
from index.text.dates import DATE_KEYS

PREFIX = "WENGU_"
USER_DICTIONARY = Path(".wengu", "userdict.txt")
"""In the vault: words of its own, in jieba's format."""


def default_notes() -> Path:
    """The vault meant when none is named.

    The current folder if it is an Obsidian vault, else its ``notes`` folder, else the
    sample notes beside these packages, else the current folder as it is.
    """
    here = Path.cwd()
    if (here / ".obsidian").is_dir():
        return here
    package = Path(__file__).resolve().parent
    samples = (package.parent / "notes", package / "samples")  # in a checkout, from a wheel
    return next((folder for folder in (here / "notes", *samples) if folder.is_dir()), here)


class Settings(BaseSettings):
    """All settings of one run; read only."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    notes: Path = Field(default_factory=default_notes, description="Folder of notes.")
    index: Path | None = Field(
        None, description="Folder for the index; by default one for each vault in the user's cache."
    )
    models: Path | None = Field(
        None, description="Folder for prepared models; by default in the user's cache."
    )
    model: str = Field(
        "multilingual-e5-small", min_length=1, description="Embedding model: a name or a folder."
    )
    rerank: str | None = Field(
        None, min_length=1, description="Cross-encoder for the first results: a name or a folder."
    )
    reader: bool = Field(
        True, description="Read the nearest passages against the question, sentence by sentence."
    )
    today: date | None = Field(
        None, description="Day that yesterday and last week count from; this machine's if not set."
    )
    date_keys: Annotated[tuple[str, ...], NoDecode] = Field(
        DATE_KEYS, description="Properties that hold a note's date, best first, between commas."
    )
    tag_folder: str | None = Field(
        None, description="Folder whose notes are tags; found by itself when not given."
    )
    userdict: Path | None = Field(
        None, description="User dictionary of Chinese words, in jieba's format."
    )
    max_note_bytes: int = Field(
        16 * 2**20, ge=1024, description="A larger file is skipped with a warning."
    )
    store: str | None = Field(
        None,
        min_length=1,
        description="Store behind search: milvus+http://host:19530; else files of the index.",
    )
    host: str = Field("127.0.0.1", min_length=1, description="Address to serve on.")
    port: int = Field(8765, ge=0, le=65535, description="Port to serve on; 0 takes a free one.")
    update: bool = Field(True, description="Keep the index up to date while serving.")
    watch: bool = Field(True, description="Follow edits while serving.")
    open: bool = Field(False, description="Open the page in the browser.")
    token: SecretStr | None = Field(
        None, description="Secret that a client must show; needed to serve beyond this machine."
    )
    log: Literal["plain", "json"] = Field(
        "plain", description="How a server logs: in lines for people, or each event as JSON."
    )
    llm_url: str | None = Field(
        None, description="OpenAI-compatible endpoint that words the answer from the quotes."
    )
    llm_model: str | None = Field(None, description="Model to ask for at that endpoint.")
    llm_key: SecretStr | None = Field(None, description="Key for that endpoint.")
    llm_silence: float = Field(
        30, gt=0, description="Seconds that the model may pause, also before it begins."
    )
    llm_seconds: float = Field(
        120, gt=0, description="Seconds that it may take in all; after that the quotes stand alone."
    )

    @field_validator("notes", "index", "models", "userdict")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        return None if path is None else canonical(path)

    @field_validator("llm_url")
    @classmethod
    def _address(cls, url: str | None) -> str | None:
        if url is not None and not re.match(r"https?://[^/\s]", url):
            raise ValueError("an address begins with http:// or https://")
        return url

    @field_validator("token")
    @classmethod
    def _secret(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and token.get_secret_value().isspace():
            raise ValueError("a token of nothing but spaces is no secret")
        return token

    @field_validator("date_keys", mode="before")
    @classmethod
    def _listed(cls, keys: Any) -> Any:
        if isinstance(keys, str):
            return tuple(key.strip() for key in keys.split(",") if key.strip())
        return keys

    @property
    def index_dir(self) -> Path:
        """Where the index of these notes lives: never inside another vault's index."""
        if self.index is not None:
            return self.index
        digest = hashlib.sha256(str(self.notes).encode("utf-8", "surrogateescape")).hexdigest()
        return _cache() / f"{self.notes.name or 'vault'}-{digest[:10]}"

    @property
    def store_file(self) -> Path:
        """The SQLite store, from which the other two are derived."""
        return self.index_dir / "wengu.sqlite"

    @property
    def keyword_dir(self) -> Path:
        """The folder of the keyword indexes."""
        return self.index_dir / "lexical"

    @property
    def vector_file(self) -> Path:
        """The file of the vector index."""
        return self.index_dir / "vectors.faiss"

    @property
    def user_dictionaries(self) -> tuple[Path, ...]:
        """Where the user's own words may stand: in the vault, and where the settings say."""
        return (self.notes / USER_DICTIONARY, *([self.userdict] if self.userdict else []))

    @property
    def model_cache(self) -> Path:
        """Where prepared models are kept, shared by all vaults."""
        return self.models or _cache() / "models"


def load(**given: Any) -> Settings:
    """Settings from what was given (None means not given), environment and defaults.

    Raises ``BadRequest`` naming the setting at fault, or when the notes are no folder.
    """
    try:
        settings = Settings(**{key: value for key, value in given.items() if value is not None})
    except ValidationError as error:
        raise BadRequest(_explain(error)) from error
    if not settings.notes.is_dir():
        raise BadRequest(
            f"no folder of notes at {settings.notes}; name one, as in `wengu serve PATH`, "
            f"or set {PREFIX}NOTES"
        )
    if settings.userdict and not settings.userdict.is_file():
        raise BadRequest(
            f"no user dictionary at {settings.userdict}; mend {PREFIX}USERDICT, or unset it"
        )
    return settings


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"]) or "settings"
    if first["type"] == "extra_forbidden":
        return f"there is no setting called {name}; `wengu --help` lists them"
    return f"{name}: {first['msg']}; mend the option or {PREFIX}{name.upper()}"


def _cache() -> Path:
    return Path(platformdirs.user_cache_dir("wengu", appauthor=False))
