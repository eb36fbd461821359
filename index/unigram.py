"""XLM-RoBERTa's tokenizer from its parts, in the file that ``tokenizers`` loads."""

from pathlib import Path

from index.bundled import Bundle
from index.charsmap import compile_map

BEGIN, END = "<s>", "</s>"
_SPECIAL = (BEGIN, "<pad>", END, "<unk>", "<mask>")


def save(bundle: Bundle, path: Path) -> None:
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
