"""Questions that select notes, read as conditions."""

import pytest
from selections import selected
from small_vault import SmallVault

from search.searcher import Searcher

BOATS = {
    "Alk": ("Kielo", "red", 1200, "2021-04-01", "[harbour, blue]"),
    "Bredd": ("Kielo", "green", 3400, "2023-08-12", "[harbour]"),
    "Corm": ("Vanta", "red", 5600, "2024-02-28", "[blue]"),
    "Dunlin": ("Orsa", "grey", 900, "2019-11-30", "[harbour]"),
}
LAMPS = {"灯一": ("橡木", 320, "2024-05-01"), "灯二": ("竹子", 180, "2022-03-09"),
         "灯三": ("橡木", 950, "2025-07-20")}  # fmt: skip


@pytest.fixture
def vault(small: SmallVault) -> Searcher:
    for name, (yard, paint, price, built, tags) in BOATS.items():
        head = f"yard: {yard}\npaint: {paint}\nprice: {price}\nlaunched: {built}\ntags: {tags}"
        small.write(f"boats/{name}.md", f"---\n{head}\n---\n# {name}\n\nIt floats.\n")
    for name, (wood, price, day) in LAMPS.items():
        head = f"材质: {wood}\n售价: {price}\n购买日期: {day}\ntags: [竹子]\n"
        small.write(f"灯具/{name}.md", f"---\n{head}---\n# {name}\n\n很亮。\n")
    for name, (sweet, bitter, fresh) in TEAS.items():
        head = f"sweetness: {sweet}\nbitterness: {bitter}\n鲜度: {fresh}\nrating: {fresh}"
        small.write(f"teas/{name}.md", f"---\n{head}\n---\n# {name}\n\nHot.\n")
    small.write("欠账.md", "---\n待补: 材质\n---\n# 欠账\n\n还没写全。\n")
    small.write("quay.md", "# quay\n\nKielo stands on the quay. Two red boats lie there.\n")
    small.update()
    return small.searcher()


TEAS = {"Plum tea": (8, 2, 4), "Ash tea": (3, 9, 7)}


@pytest.mark.parametrize(
    ("question", "conditions", "titles"),
    [
        ("Which boats are built by Kielo?", "prop:yard=Kielo path:boats", {"Alk", "Bredd"}),
        ("Which red boats cost over 2,000?", "prop:paint=red prop:price>2000 path:boats", {"Corm"}),
        ("How many boats are tagged harbour?", "tag:harbour path:boats prop:count()",
         {"Alk", "Bredd", "Dunlin"}),
        ("Which boats are red or grey?", "prop:paint=red|grey path:boats",
         {"Alk", "Corm", "Dunlin"}),
        ("Which boats are not red?", "prop:paint!=red path:boats", {"Bredd", "Dunlin"}),
        ("Which tea is the sweetest?", "prop:max(sweetness) path:teas", {"Plum tea"}),
        ("Which is the most bitter tea?", "path:teas prop:max(bitterness)", {"Ash tea"}),
        ("最鲜的是哪个？", "prop:max(鲜度)", {"Ash tea"}),
        ("最甜的是哪个？", "prop:max(sweetness)", {"Plum tea"}),
        ("What is the cheapest boat?", "path:boats prop:min(price)", {"Dunlin"}),
        ("Which boats were launched after 2022?", "prop:launched>2022 path:boats",
         {"Bredd", "Corm"}),
        ("橡木的灯具有哪些？", "prop:材质=橡木 path:灯具", {"灯一", "灯三"}),
        ("哪些灯具超过 300 元？", "prop:售价>300 path:灯具", {"灯一", "灯三"}),
        ("2024 年以后买的灯具有哪些？", "prop:购买日期>=2024 path:灯具", {"灯一", "灯三"}),
        ("列出材质是竹子的灯具", "prop:材质=竹子 path:灯具", {"灯二"}),
        ("材质是橡木的灯具有哪些？", "prop:材质=橡木 path:灯具", {"灯一", "灯三"}),
        ("最便宜的灯具是哪个？", "prop:min(售价) path:灯具", {"灯二"}),
        ("一共有几个灯具？", "path:灯具 prop:count()", {"灯一", "灯二", "灯三"}),
        ("不是橡木的灯具有哪些？", "prop:材质!=橡木 path:灯具", {"灯二"}),
    ],
)  # fmt: skip
def test_a_question_that_selects_is_read_as_conditions(
    vault: Searcher, question: str, conditions: str, titles: set[str]
) -> None:
    assert selected(question, vault) == (conditions, titles)
    assert selected(conditions, vault) == (conditions, titles)


@pytest.mark.parametrize(
    "question",
    [
        "Why is Kielo on the quay?",
        "Which harbour master wrote about red storms?",
        "What is the price of Alk?",
        "Which has more paint, the red boats or the green boats?",
        "What is the phone number of Kielo?",
        "Kielo red boats",
        "Which boats does Zorro sail?",
        "橡木灯具怎么保养？",
        'Which boats are "red"?',
    ],
)
def test_where_a_word_is_left_there_are_no_conditions(vault: Searcher, question: str) -> None:
    assert selected(question, vault) is None
