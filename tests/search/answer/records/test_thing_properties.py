"""Answers with the values that properties of notes have."""

from small_vault import SmallVault

from search.answerer import Answerer


def test_the_best_and_a_list_are_quoted_from_the_properties(small: SmallVault) -> None:
    for title, score in (("山中岁月", 7), ("海边的信", 9), ("旧城", 8)):
        small.write(f"{title}.md", f"---\n评分: {score}\n---\n# {title}\n\n一本小说。\n")
    small.update()
    answerer = Answerer(small.searcher())
    best = answerer.ask("评分最高的小说是哪本？")
    assert [(c.title, c.quote) for c in best.citations] == [("海边的信", "评分: 9")]
    best = answerer.ask("那些旧旧的小说里评分最高的是哪本？")
    assert [(c.title, c.quote) for c in best.citations] == [("海边的信", "评分: 9")]
    several = answerer.ask("哪些小说的评分在 8 以上？")
    assert (several.kind, {row.subject for row in several.rows}) == ("list", {"海边的信", "旧城"})
    assert "评分: 7" in answerer.ask("山中岁月的评分是多少？").answer


def test_notes_about_one_thing_that_differ_in_a_property_are_said_to(small: SmallVault) -> None:
    for folder, colour in (("a", "green"), ("b", "red")):
        small.write(f"{folder}/Dory.md", f"---\ncolour: {colour}\n---\n# Dory\n\nA boat.\n")
    small.write("Nemo.md", "---\ncolour: red\n---\n# Nemo\n\nA boat, too.\n")
    small.update()
    answerer = Answerer(small.searcher())
    answer = answerer.ask("Which colour is Dory?")
    assert {c.quote for c in answer.citations} == {"colour: green", "colour: red"}
    assert "do not agree on this: colour" in answer.answer
    assert "do not agree" not in answerer.ask("Which colour is Nemo?").answer
