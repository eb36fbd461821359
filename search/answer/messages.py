"""Holds the sentences that Wengu itself says in an answer, in the question's language."""

from collections.abc import Sequence

from index.text.language import Language

_TEXTS = {
    "zh": {
        "nothing": "笔记里没有找到能回答这个问题的内容。",
        "stranger": "笔记里没有写到{name}；写到的有：{siblings}。",
        "rows": "共 {count} 行：",
        "unmet": "没有一篇笔记符合：{conditions}。",
        "fulfilled": "{count} 篇",
        "nearest_value": "最接近的是：",
        "nearest_values": "{name} 有：{values}。",
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
        "tasks_open": "还没做的有 {count} 项：",
        "tasks_started": "正在做的有 {count} 项：",
        "tasks_done": "已完成的有 {count} 项：",
        "tasks_cancelled": "已取消的有 {count} 项：",
        "no_tasks_open": "没有还没做的事。",
        "no_tasks_overdue": "没有逾期的事。",
        "no_tasks_started": "没有正在做的事。",
        "no_tasks_done": "没有已完成的事。",
        "no_tasks_cancelled": "没有已取消的事。",
        "next_due": "最近到期的是：",
        "task_open": "还没有：",
        "task_started": "还没有做完，正在做：",
        "task_done": "是的，已完成：",
        "task_done_on": "是的，{day} 已完成：",
        "task_cancelled": "没有，已取消：",
        "task_cancelled_on": "没有，{day} 已取消：",
        "more": "另有 {count} 项。",
        "unnoted": "{period} 没有记什么。",
        "nearest_day": "最近有记录的一天是 {day}：",
    },
    "en": {
        "nothing": "The notes do not answer this.",
        "stranger": "The notes do not speak of {name}, only of {siblings}.",
        "rows": "{count} rows:",
        "unmet": "No note fulfils this: {conditions}.",
        "fulfilled": "{count} notes",
        "nearest_value": "The nearest is:",
        "nearest_values": "{name} is one of: {values}.",
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
        "tasks_open": "{count} still open:",
        "tasks_started": "{count} in progress:",
        "tasks_done": "{count} done:",
        "tasks_cancelled": "{count} cancelled:",
        "no_tasks_open": "Nothing of this is open.",
        "no_tasks_overdue": "Nothing is overdue.",
        "no_tasks_started": "Nothing is in progress.",
        "no_tasks_done": "Nothing of this is done.",
        "no_tasks_cancelled": "Nothing of this is cancelled.",
        "next_due": "Due next:",
        "task_open": "Not yet:",
        "task_started": "Not yet, in progress:",
        "task_done": "Yes, done:",
        "task_done_on": "Yes, done on {day}:",
        "task_cancelled": "No, cancelled:",
        "task_cancelled_on": "No, cancelled on {day}:",
        "more": "And {count} more.",
        "unnoted": "Nothing is noted for {period}.",
        "nearest_day": "The nearest day with notes is {day}:",
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
