"""Turns bytes into text, where it is certain enough which text they are."""

import codecs
import unicodedata

_MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SAMPLE = 64_000
_ENOUGH_TEXT = 0.95
_ENOUGH_COMMON = 0.7


class Undecodable(Exception):
    """The bytes are no text that can be read; the message says why."""


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, UTF-16, UTF-32 or GB18030.

    A byte-order mark stays in the text as its first character. Raises ``Undecodable`` for
    anything else rather than guess: a wrong guess would be indexed as nonsense.
    """
    for mark, marked, name in _MARKED:
        if data.startswith(mark):
            return _strict(data, marked, name), name
    if b"\0" in data:
        codec = _unmarked_utf16(data)
        if codec is None:
            raise Undecodable("is binary, not text; not read")
        return _strict(data, codec, "UTF-16"), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        place = error.start
    if _is_common_chinese(data):
        return _strict(data, "gb18030", "GB18030"), "GB18030"
    if codec := _unmarked_utf16(data):
        return data.decode(codec), "UTF-16"
    raise Undecodable(
        f"byte {place} is not UTF-8{_guess(data)}; save the file as UTF-8 to have it indexed"
    )


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not {name}; save the file as UTF-8"
        raise Undecodable(message) from error
    if "\0" in text:  # SQLite takes it for the end of a text
        raise Undecodable(f"holds NUL characters when read as {name}; not read")
    return text


def _unmarked_utf16(data: bytes) -> str | None:
    """The byte order in which the data is plain text of two-byte units, if it is."""
    if len(data) < 4 or len(data) % 2:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = data[:_SAMPLE].decode(codec)
        except UnicodeDecodeError:
            continue
        known = sum(_is_common(character) for character in text)
        if known >= _ENOUGH_TEXT * len(text) and any(one in text for one in "\n \t。，"):
            return codec
    return None


def _is_common(character: str) -> bool:
    if character < "\u0100" or "\u2000" <= character < "\u2070" or "\u3000" <= character < "\ua000":
        return character in "\r\n\t" or unicodedata.category(character)[0] != "C"
    return "\uff00" <= character < "\uffef"


def _is_common_chinese(data: bytes) -> bool:
    """Whether the two-byte pairs are mostly the everyday characters of GB 2312.

    Those lie at 0xB0A1–0xD7FE, with punctuation at 0xA1A1–0xA3FE. Text in a Western code
    page or damaged UTF-8 often decodes as GB18030 too, but falls elsewhere.
    """
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    pairs = common = at = 0
    sample = data[:_SAMPLE]
    while at < len(sample) - 1:
        lead, trail = sample[at], sample[at + 1]
        if lead < 0x80:
            at += 1
            continue
        pairs += 1
        common += trail >= 0xA1 and (0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3)
        at += 2
    return common >= _ENOUGH_COMMON * pairs


def _guess(data: bytes) -> str:
    """The likely encoding in words, for the message."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return f" (it may be {best.encoding})" if best else ""
