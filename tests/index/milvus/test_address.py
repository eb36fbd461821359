"""Addresses of Milvus as they are typed."""

from pathlib import Path

import pytest

from index.errors import BadRequest
from index.milvus.address import Address, address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("milvus+http://here", Address("http://here:19530")),
        ("milvus+http://here:1234", Address("http://here:1234")),
        ("milvus+https://me:a%2Fb@here/base", Address("https://here:19530", "me:a/b", "base")),
        ("milvus+http://key@here#mine", Address("http://here:19530", "key", vault="mine")),
        (
            "milvus+http://here?shards=8&replicas=2&index=DISKANN",
            Address("http://here:19530", shards=8, replicas=2, vector_index="DISKANN"),
        ),
        ("milvus+file:/a/b.db", Address(str(Path("/a/b.db").absolute()), vector_index="FLAT")),
        ("milvus+/a/b.db#c", Address(str(Path("/a/b.db").absolute()), "", "", "c", 1, 1, "FLAT")),
    ],
)
def test_an_address_is_read_as_it_is_meant(typed: str, meant: Address) -> None:
    assert address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "http://here",
        "milvus+ftp://here",
        "milvus+http://",
        "milvus+/a/b",
        "milvus+http://here?shards=many",
        "milvus+http://here:port",
        "milvus+http://here#my-notes",
    ],
)
def test_what_is_no_address_is_an_error_of_one_line(typed: str) -> None:
    with pytest.raises(BadRequest) as error:
        address(typed)
    assert "\n" not in str(error.value)


def test_a_secret_is_never_shown() -> None:
    place = address("milvus+http://me:secret@here/base#mine")
    assert "secret" not in f"{place} {place!r}"
    assert str(place) == "milvus+http://here:19530/base#mine"
