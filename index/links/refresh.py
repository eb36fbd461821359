"""Keeps up which notes links mean as notes come and go."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence

from index.ingest.scan_folder import FolderChanges
from index.links.resolver import Resolver, asks_for, fold, found_by
from index.settings import Settings
from index.store.reader import LinkTarget
from index.store.writer import Store

_ASKED = "tag_folder asked for"


def link(settings: Settings, store: Store, changes: FolderChanges, *, stood: bool) -> None:
    """Decide which note each link means, and which folder holds the tags.

    If all links ``stood`` before the changes, only those are looked at that the changes can
    have to do with.
    """
    wanted = settings.tag_folder or ""
    if store.links_resolved and store.meta(_ASKED) == wanted:
        return
    paths = store.paths()
    rows = store.link_targets(*(_touched(store, changes) if stood else ()))
    resolver = Resolver(_asked_for(rows, paths))
    moved = [
        (now, row)
        for row, source, target, before in rows
        if (now := resolver.resolve(target, source)) != before
    ]
    with store.writing() as generation:
        store.resolve_links(moved, store.meta("tag_folder"), generation)
        store.set_meta(_ASKED, wanted)
        found = wanted or tag_folder(store.resolved_links(), len(paths))
        store.resolve_links((), found or "", generation)


def _touched(store: Store, changes: FolderChanges) -> tuple[Sequence[str], Sequence[str]]:
    """Notes whose links, and targets in any note, that may mean something else than before."""
    paths = {*changes.added, *changes.gone}
    names = frozenset[str]().union(*map(found_by, paths))
    targets = store.targets() if names else []
    asked = [one for one in targets if (asks := asks_for(one)) is None or asks & names]
    return [*changes.added, *changes.changed], asked


def _asked_for(rows: Sequence[LinkTarget], paths: Collection[str]) -> Collection[str]:
    """The paths on which it depends what these links mean."""
    asked = {target: asks_for(target) for _, _, target, _ in rows}
    if None in asked.values():
        return paths
    names = frozenset[str]().union(*(asks or () for asks in asked.values()))
    sources = {source for _, source, _, _ in rows}
    return [path for path in paths if path in sources or not names.isdisjoint(found_by(path))]


def tag_folder(links: Iterable[tuple[Hashable, str, str | None]], notes: int) -> str | None:
    """The folder whose notes serve as tags, if the vault has one.

    ``links`` are triples of the linking note, the linked note's path and the title of the
    section the link stands in; ``notes`` is the number of notes in the vault. A
    folder of tags is linked under one and the same heading from at least half of all notes,
    by most of the links it gets, three times or more for each of its notes on average, and
    no more than half of the notes lie in it. Of two such folders the one with more notes
    linking to it wins, then the one with more links, then the deeper one.
    """
    alike: dict[tuple[str, str | None], list[Hashable]] = defaultdict(list)
    for source, target, section in links:
        alike[target, section].append(source)
    sources: dict[tuple[str, str], set[Hashable]] = defaultdict(set)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    everywhere: dict[str, int] = defaultdict(int)
    linked: dict[str, set[str]] = defaultdict(set)
    for (target, section), some in alike.items():
        for folder in _folders(target):
            everywhere[folder] += len(some)
            linked[folder].add(target)
            if section:
                sources[folder, fold(section)].update(some)
                counts[folder, fold(section)] += len(some)
    fitting = [
        (len(from_notes), counts[folder, section], folder.count("/"), folder)
        for (folder, section), from_notes in sources.items()
        if len(from_notes) * 2 >= notes
        and counts[folder, section] * 2 > everywhere[folder]
        and counts[folder, section] >= 3 * len(linked[folder])
        and len(linked[folder]) * 2 <= notes
    ]
    return max(fitting)[-1] if fitting else None


def _folders(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
