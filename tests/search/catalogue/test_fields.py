"""Names under which notes are filed, however they are written."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown.note import Property
from index.store.records import StoredNote
from search.catalogue.fields import MetadataField, metadata_fields
from search.catalogue.mentions import mentions, specificity
from search.catalogue.stated_values import stated_values
from search.catalogue.variants import generic_words, name_tokens, name_variants


def note(number: int, folder: str = "", **properties: str) -> StoredNote:
    entries = tuple(Property(key, (value,), 0, 0) for key, value in properties.items())
    return StoredNote(number, f"{folder}{number}.md", str(number), None, (), (), entries)


LICENCES = ("Apache-2.0", "Apache License 2.0", "MIT", "MIT License", "AGPL-3.0",
            "GNU Affero General Public License v3.0",
            "GNU General Public License v3.0")  # fmt: skip


@pytest.fixture(scope="module")
def filed() -> tuple[MetadataField, ...]:
    notes = [
        note(n, "工具/" if n % 2 else "博客/OpenAI/", 开源协议=value, 语言=language)
        for n, (value, language) in enumerate(
            (v, ("Go", "Rust")[i % 2]) for i, v in enumerate(LICENCES * 2)
        )
    ]
    notes += [note(90, 许可证="MIT"), note(91, 许可证="Apache-2.0"), note(92, 许可证="MIT")]
    return metadata_fields(notes, {"知识图谱": [1, 2], "ai": list(range(14))})


def found(question: str, filed: tuple[MetadataField, ...]) -> dict[str, frozenset[int]]:
    return {" ".join(each.form): each.notes for each in mentions(question, filed)}


def test_numbers_and_common_words_do_not_part_spellings() -> None:
    assert name_tokens("Apache License 2.0") == ("apache", "license", "2")
    kinds = generic_words(LICENCES)
    assert "license" in kinds
    assert name_variants("Apache-2.0", kinds) & name_variants("Apache License 2.0", kinds)


def test_an_abbreviation_is_the_initials_with_or_without_the_issuer() -> None:
    assert ("agpl", "3") in name_variants("GNU Affero General Public License v3.0", frozenset())
    assert ("gpl", "3") not in name_variants("GNU Affero General Public License v3.0", frozenset())


def test_all_spellings_of_a_value_are_found_by_any_of_them(
    filed: tuple[MetadataField, ...],
) -> None:
    wanted = found("Apache 2 的项目", filed)["apache 2"]
    assert wanted == found("under the Apache License 2.0", filed)["apache 2"]
    assert {0, 1, 7, 8, 91} == wanted
    assert found("AGPL 的有哪些", filed)["agpl"] == {4, 5, 11, 12}


def test_keys_with_the_same_values_are_one_property(filed: tuple[MetadataField, ...]) -> None:
    assert any({"开源协议", "许可证"} <= set(drawer.names) for drawer in filed)


def test_a_short_name_counts_only_as_the_notes_write_it(filed: tuple[MetadataField, ...]) -> None:
    assert "go" in found("which Go projects do I have", filed)
    assert "go" not in found("where did it go", filed)


def test_folders_and_tags_are_named_too(filed: tuple[MetadataField, ...]) -> None:
    kinds = {each.drawer.kind for each in mentions("OpenAI 的知识图谱", filed)}
    assert kinds == {"folder", "tag"}


def test_what_all_notes_have_is_worth_nothing() -> None:
    assert specificity(10, 10) == 0.0
    assert specificity(1, 10) == 1.0
    assert specificity(0, 10) == 0.0


def test_a_word_that_is_a_value_beside_another_is_not_common() -> None:
    values = ("Apache-2.0 / MIT", "Apache-2.0 OR MIT", "Apache License 2.0", "MIT License")
    assert "apache" not in generic_words(values)
    assert generic_words((*values, "BSD License")) == {"license"}


@given(st.lists(st.lists(st.integers(0, 5), max_size=6), max_size=6))
def test_keys_are_put_together_by_what_they_share(values: list[list[int]]) -> None:
    notes = [
        note(place, **{f"key{key}": f"value {'abcdef'[value]}"})
        for place, (key, value) in enumerate((k, v) for k, own in enumerate(values) for v in own)
    ]
    fields = metadata_fields(notes, {})
    together = {frozenset(field.names) for field in fields if field.kind == "property"}
    kept = frozenset().union(*together)
    for one, other in combinations(range(len(values)), 2):
        if set(values[one]) == set(values[other]) and len(set(values[one])) > 1:
            names = {f"key{one}", f"key{other}"}
            assert any(names <= group for group in together) or names.isdisjoint(kept)
    assert all(len(keys) == 1 or len(_common(keys, values)) >= 1 for keys in together)


def _common(keys: Iterable[str], values: Sequence[Sequence[int]]) -> set[int]:
    """Values that stand under more than one of the keys."""
    counts = Counter(value for key in keys for value in set(values[int(key[3:])]))
    return {value for value, count in counts.items() if count > 1}


def test_very_many_keys_take_time_in_proportion_to_their_number() -> None:
    def seconds(count: int) -> float:
        entries = tuple(Property(f"k{n % count}", (f"v{n}", "yes"), 0, 0) for n in range(count))
        notes = [replace(note(number), properties=entries) for number in (1, 2)]
        began = time.thread_time()
        metadata_fields(notes, {})
        stated_values(notes)
        return time.thread_time() - began

    assert any((whole := seconds(6_000)) < 2 or whole <= 2.5 * seconds(3_000) for _ in range(3))
