"""Bytes into text: what is sure is decoded, what is not is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vault.encodings import Undecodable, decode

CHINESE = "# 温故\n\n温故而知新，可以为师矣。学而不思则罔，思而不学则殆。\n"


@given(st.text())
def test_utf8_comes_back_as_it_was(text: str) -> None:
    if "\0" not in text:
        assert decode(text.encode()) == (text, "UTF-8")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_mark_decides_and_stays_as_one_character(codec: str) -> None:
    text = "\ufeff" + CHINESE
    decoded, name = decode(text.encode(codec))
    assert decoded == text and name == codec[:6].upper()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [CHINESE, "# Plain English\n\nof some length.\n"])
def test_utf16_without_a_mark_is_recognised(codec: str, text: str) -> None:
    assert decode(text.encode(codec)) == (text, "UTF-16")


@pytest.mark.parametrize("text", [CHINESE, "短", "mostly English, then 中文。", CHINESE * 3_000])
def test_gb18030_is_recognised(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "GB18030")


@pytest.mark.parametrize("codec", ["utf-16", "utf-32"])
def test_a_nul_character_is_refused(codec: str) -> None:
    with pytest.raises(Undecodable, match="NUL"):
        decode((CHINESE + "\0" + CHINESE).encode(codec))


@pytest.mark.parametrize("data", [b"\x7fELF\0\0\x01\x02\x03", b"PK\x03\x04\0\0\0", bytes(100)])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(Undecodable, match="binary"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        "détecté déjà".encode("latin-1"),
        CHINESE.encode()[:-3] + b"\xe6\x96",  # cut off within a character
        CHINESE.encode().replace("温".encode(), b"\xe6\x96", 1),
        CHINESE.encode("big5", "ignore"),
        b"# Title\n\xc3\x28\n",
        b"\xff\xfea",
    ],
)
def test_what_is_neither_is_refused_and_not_guessed_at(data: bytes) -> None:
    with pytest.raises(Undecodable, match="UTF-8"):
        decode(data)


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except Undecodable:
        return
    text.encode()
