"""A facet's number is how many notes a filter by it leaves."""

import pytest
from small_vault import SmallVault

from search.result import Filters
from search.searcher import Searcher


@pytest.fixture
def searcher(small: SmallVault) -> Searcher:
    small.write("树/柳.md", "---\ndate: 2025-03-01\n---\n# 柳\n\n河边的树。#树/落叶\n")
    small.write("树/北/松.md", "---\ndate: 2026-01-01\n---\n# 松\n\n山上的树。#树/常绿 #木材\n")
    small.write("树/北/柏.md", "# 柏\n\n院里的树。#树\n")
    small.write("花/梅.md", "---\ndate: 2026-02-01\n---\n# 梅\n\n树上的花。#花\n")
    small.update()
    return small.searcher()


@pytest.mark.parametrize("query", ["树", "树上的花", "", '"树"', "树 -院里"])
def test_a_facets_number_is_how_many_notes_its_filter_leaves(
    searcher: Searcher, query: str
) -> None:
    whole = Filters(folders=("树",)) if not query else Filters()
    found = searcher.search(query, filters=whole)
    assert found.facets.tags and found.facets.folders
    for tag, count in found.facets.tags:
        filters = Filters(tags=(tag,), folders=whole.folders)
        assert searcher.search(query, filters=filters).total == count, tag
    for folder, count in found.facets.folders:
        filters = Filters(folders=(*whole.folders, folder))
        assert searcher.search(query, filters=filters).total == count, folder
    for year, count in found.facets.years:
        filters = Filters(folders=whole.folders, after=year, before=year)
        assert searcher.search(query, filters=filters).total == count, year


def test_a_tag_counts_the_notes_of_the_tags_below_it(searcher: Searcher) -> None:
    counts = dict(searcher.search("", filters=Filters(folders=("树",))).facets.tags)
    assert counts["树"] == 3 and counts["树/落叶"] == 1


def test_how_many_are_found_does_not_depend_on_how_many_are_shown(searcher: Searcher) -> None:
    assert {searcher.search("树", k=k).total for k in (1, 10, 150)} == {4}
