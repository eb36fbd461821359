"""What a question asks of tasks: those that are open, done or dropped, or whether one is done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.markdown.note import Task, TaskState
from search.catalogue.catalogue import Catalogue
from search.condition import Condition
from search.conditions.days import touches

STATES: tuple[TaskState, ...] = ("open", "started", "done", "cancelled")
UNDONE: tuple[TaskState, ...] = ("open", "started")

_THINGS = r"(?:tasks?|to-?dos?|to do list|action items?|chores?|items|errands?)"
_GENERIC = r"(?:做|完成|办|弄|搞定|搞|处理|解决|干|结束|了结|落实|安排)(?:完|好|掉)?"
_ASKED = r"(?:哪些|哪几[件项个样]|什么|啥)"
_CUES: tuple[tuple[TaskState, str], ...] = (
    (
        "cancelled",
        rf"\b(?:cancelled|canceled|dropped|abandoned) {_THINGS}\b"
        rf"|\b{_THINGS}\b.*\b(?:cancelled|canceled|dropped|abandoned)\b"
        r"|(?:任务|待办|事).*取消|取消了?的?(?:任务|待办|哪些|什么|事)",
    ),
    (
        "started",
        rf"\b{_THINGS}\b.*\b(?:in progress|under ?way|started|half done)\b"
        rf"|\b(?:started|half-done) {_THINGS}\b|\bin progress\b"
        r"|进行中|做(?:到|了)一半|正在(?:做|办|处理|进行)的?(?:任务|待办|事|有|$)",
    ),
    (
        "open",
        rf"\b(?:open|outstanding|unfinished|pending|remaining|overdue|undone) {_THINGS}\b"
        rf"|\b{_THINGS}\b.*\b(?:open|left|outstanding|unfinished|pending|remain\w*|undone"
        r"|not (?:yet )?(?:done|finished|completed?)|due|overdue)\b"
        r"|\bwhat(?:'s| is| are| else is)? (?:\w+ )?(?:still |left )?"
        r"(?:open|left|outstanding|unfinished|pending|undone|to be done|overdue|due|to do)\b"
        r"|\b(?:left|remains?|still|have|need) to (?:be done|do|finish)\b"
        r"|\bnot (?:yet )?(?:been )?(?:done|finished|completed)\b"
        r"|\bhaven't .*\b(?:done|finished|completed)\b"
        rf"|^\W*(?:my |the )?{_THINGS}\W*$"
        rf"|{_ASKED}?.{{0,6}}(?:还没有?|尚未|没有?|未){_GENERIC}"
        rf"|(?:还|尚|有){_ASKED}.{{0,8}}(?:没有?|未)(?=\w)"
        r"|\bwhen (?:is|are|was) .*\bdue\b|(?:什么时候|哪天|几号|何时).{0,4}(?:截止|到期)"
        rf"|待办|还?[剩差缺]下?{_ASKED}|要{_GENERIC}(?:的|{_ASKED})|没{_GENERIC}的"
        r"|逾期|过期的?(?:任务|待办)",
    ),
    (
        "done",
        rf"\b(?:done|finished|completed|closed) {_THINGS}\b"
        rf"|\b{_THINGS}\b.*\b(?:done|finished|completed?|ticked|checked|closed)\b"
        r"|\bwhat (?:have|did) (?:i|we) (?:already )?(?:finish|complet)\w*"
        rf"|(?:已经?|都){_GENERIC}了?的?(?:任务|待办|事项|有)"
        rf"|{_ASKED}.{{0,8}}(?:已经?|都)?(?:做完|完成|办完|办好|弄好|搞定|做好|做)了"
        rf"|(?:做完|完成|办完|办好|弄好|搞定|做好)了{_ASKED}|已完成",
    ),
)
"""The first that is found says which tasks are meant."""
_WHETHER = re.compile(
    r"^\W*(?:did|have|has|had|is|are|was|were)\b.*\??\s*$"
    r"|(?:了|过|好|完|上|掉)(?:吗|没有?|么|沒有?)\W*$|是否(?:已经?)?|有没有(?!什么|哪)|[^有]吗\W*$",
    re.IGNORECASE,
)
_RESULT = re.compile(r"[好完掉成](?=[了没吗])")
_SHORTENED = re.compile(r"(?<=\w)['’](?:s|re|ve|d|ll|m)\b", re.IGNORECASE)
_END = " ?？!！.。"
_OVERDUE = re.compile(r"\boverdue\b|逾期|过期", re.IGNORECASE)
_DUE = re.compile(r"\bdue\b|截止|到期", re.IGNORECASE)
_ABOUT_TASKS = re.compile(
    rf"\b{_THINGS}\b|\b(?:open|left|outstanding|unfinished|pending|remain\w*|undone|overdue|due"
    r"|done|finish\w*|complet\w*|when|cancelled|canceled|dropped|in progress|started"
    r"|already|yet|still|else|ticked|checked|closed|off|project|list|by|not|haven't|nothing|everything|things?)\b"
    r"|待办(?:事项|清单)?|任务|事项|事情|清单|项目|已经?|还|尚未|未|没有?|剩下?|逾期|过期|截止|到期"
    rf"|进行中|正在|一半|{_GENERIC}|{_ASKED}|什么时候|哪天|几号|何时|需要|要|差|缺|取消|件|都|东西|目前|现在|的|了|有|事",
    re.IGNORECASE,
)
"""Words that only say that tasks are asked for, and which."""


@dataclass(frozen=True, slots=True)
class TaskQuestion:
    """What is asked of tasks."""

    states: tuple[TaskState, ...]
    """Of those that are to be listed; none where it is asked whether one is done."""
    subject: str
    """The words that say which tasks, or which one."""
    is_overdue: bool = False
    is_by_due_day: bool = False
    source: str = ""
    """The words that ask for them."""

    @property
    def asks_whether(self) -> bool:
        """Whether one task is asked after."""
        return not self.states


def task_question(text: str) -> TaskQuestion | None:
    """What a question asks of tasks; None where it asks nothing of them."""
    for state, cue in _CUES:
        if found := re.search(cue, text, re.IGNORECASE):
            states: tuple[TaskState, ...] = UNDONE if state == "open" else (state,)
            rest = _ABOUT_TASKS.sub(" ", _SHORTENED.sub("", text))
            subject = " ".join(rest.rstrip(_END).split())
            overdue, due = _OVERDUE.search(text), _DUE.search(text)
            return TaskQuestion(
                states, subject, overdue is not None, due is not None, found[0].strip()
            )
    return TaskQuestion((), _RESULT.sub("", text)) if _WHETHER.search(text) else None


def fulfils(task: Task, condition: Condition) -> bool:
    """Whether a task is of the state that a condition asks for, or is undone and due then."""
    if condition.is_due:
        is_due = task.due is not None and touches(task.due, condition.first, condition.last)
        return is_due and task.state in UNDONE
    return task.state == condition.state


def notes_with(condition: Condition, catalogue: Catalogue) -> frozenset[int]:
    """Ids of the notes that have a task as a condition asks for it."""
    return frozenset(note for note, task in all_tasks(catalogue) if fulfils(task, condition))


def all_tasks(catalogue: Catalogue) -> Iterator[tuple[int, Task]]:
    """Every task with the id of its note, by path and place."""
    with_tasks = (note for note in catalogue.notes.values() if note.tasks)
    for note in sorted(with_tasks, key=lambda note: note.path):
        for task in note.tasks:
            yield note.id, task
