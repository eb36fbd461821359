"""The sentences that Wengu itself says in an answer, in the question's language."""

from collections.abc import Sequence

from index.text.language import Language

_TEXTS = {
    "zh": {
        "nothing": "笔记里没有找到能回答这个问题的内容。",
        "stranger": "笔记里没有写到{name}；写到的有：{siblings}。",
        "rows": "共 {count} 行：",
        "unsummed": "合计没有算，各行如下：",
        "copy": "副本《{title}》里是：{quote}",
        "nearest": "最接近的笔记：",
        "filtered": "当前的筛选条件下没有找到；去掉筛选也许会有。",
        "partial": "索引还没建完：按意思能找到的段落才有 {percent}%，建完再问一次也许就有。",
        "stale": "相关笔记在建立索引之后改动过，索引更新完再问一次。",
        "unstated": "笔记里没有写到。",
        "versions": "{count} 个版本，{first} 至 {last}：",
        "things": "共 {count} 项：",
        "listed": "共 {count} 篇：",
        "ranked": "按相关程度列出最接近的 {count} 篇：",
        "change": "{first}：{before} → {last}：{after}",
        "contrary": "《{one}》与《{other}》观点相悖。",
        "differ": "几篇笔记写的不一样：{keys}。",
    },
    "en": {
        "nothing": "The notes do not answer this.",
        "stranger": "The notes do not speak of {name}, only of {siblings}.",
        "rows": "{count} rows:",
        "unsummed": "Sums are not worked out; the rows are these:",
        "copy": "Its copy “{title}” has: {quote}",
        "nearest": "Nearest notes:",
        "filtered": "Nothing within these filters; without them there may be.",
        "partial": "The index is still being built: {percent}% of the passages can be found by"
        " meaning so far. Ask again when it is done.",
        "stale": "The notes in question changed after they were indexed; ask again in a moment.",
        "unstated": "No note states it.",
        "versions": "{count} versions, {first} to {last}:",
        "things": "{count} compared:",
        "listed": "{count} notes:",
        "ranked": "The {count} nearest notes, best first:",
        "change": "{first}: {before} → {last}: {after}",
        "differ": "The notes do not agree on this: {keys}.",
        "contrary": "“{one}” and “{other}” say the contrary of each other.",
    },
}


def say(lang: Language, key: str, **values: object) -> str:
    """One of Wengu's own sentences."""
    return _TEXTS[lang][key].format(**values)


def nothing(lang: Language, reason: str, nearest: Sequence[tuple[str, str]]) -> str:
    """Why there is no answer (``nothing``, ``filtered`` or ``stale``), and what is nearest."""
    lines = [say(lang, reason)]
    if nearest:
        lines += ["", say(lang, "nearest"), *(f"- {title}" for _, title in nearest)]
    return "\n".join(lines)
