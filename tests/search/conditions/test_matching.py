"""The notes that fulfil conditions."""

import pytest
from small_vault import SmallVault

from search.catalogue.catalogue import Catalogue
from search.conditions.matching import counted, matching
from search.query.query_syntax import parse

BOATS = {
    "Alk": ("Kielo", 1200, "2021-04-01", "[harbour, blue]"),
    "Bredd": ("Kielo", 3400, "2023-08-12", "[harbour]"),
    "Corm": ("Vanta", 5600, "2024-02-28", "[blue/dark]"),
    "Dunlin": ("Orsa, Vanta", 900, "2019-11-30", "[]"),
}


@pytest.fixture
def boats(small: SmallVault) -> Catalogue:
    for name, (yard, price, built, tags) in BOATS.items():
        head = f"---\nyard: {yard}\nprice: {price}\nlaunched: {built}\ntags: {tags}\n---\n"
        small.write(f"boats/{name}.md", f"{head}# {name}\n\nA boat.\n\n- sister:: [[Alk]]\n")
    small.write("quay.md", "# quay\n\nStones. See [[Corm]].\n")
    small.update()
    return small.searcher().index.snapshot().catalogue


def found(typed: str, catalogue: Catalogue) -> set[str]:
    notes = matching(parse(typed).conditions, catalogue)
    assert notes is not None
    return {catalogue.notes[note].title for note in notes}


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("prop:yard=kielo", {"Alk", "Bredd"}),
        ("prop:yard=Orsa", {"Dunlin"}),
        ("prop:yard=Kielo|Orsa", {"Alk", "Bredd", "Dunlin"}),
        ("prop:yard!=Kielo", {"Corm", "Dunlin"}),
        ("-prop:yard=Kielo", {"Corm", "Dunlin", "quay"}),
        ("prop:price>1200 prop:price<5600", {"Bredd"}),
        ("prop:price>=1200 prop:yard=Kielo", {"Alk", "Bredd"}),
        ("prop:launched>=2023", {"Bredd", "Corm"}),
        ("prop:max(price)", {"Corm"}),
        ("prop:max(price) prop:yard=Kielo", {"Bredd"}),
        ("prop:min(launched)", {"Dunlin"}),
        ("tag:blue", {"Alk", "Corm"}),
        ("tag:harbour -tag:blue", {"Bredd"}),
        ("folder:boats prop:yard=Kielo", {"Alk", "Bredd"}),
        ("link:Corm", {"quay"}),
        ("link:sister=Alk", {"Bredd", "Corm", "Dunlin"}),
        ("linked:quay", {"Corm"}),
        ("title:d", {"Bredd", "Dunlin"}),
    ],
)
def test_typed_conditions_keep_the_notes_that_fulfil_them(
    boats: Catalogue, typed: str, titles: set[str]
) -> None:
    assert found(typed, boats) == titles


def test_each_condition_is_counted_by_itself(boats: Catalogue) -> None:
    conditions = counted(parse("prop:yard=Kielo tag:none prop:max(price)").conditions, boats)
    assert [each.matched for each in conditions] == [2, 0, None]
    assert conditions[0].as_json() == {
        "kind": "property", "key": "yard", "op": "=", "value": "Kielo", "matched": 2,
        "source": "prop:yard=Kielo", "typed": "prop:yard=Kielo",
    }  # fmt: skip


def test_nothing_asked_of_notes_narrows_nothing(boats: Catalogue) -> None:
    assert matching(parse("prop:count() x -word").conditions, boats) is None
