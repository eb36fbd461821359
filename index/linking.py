"""Which notes links mean, kept up as notes come and go."""

from collections.abc import Collection, Sequence

from index.links import Resolver, asks_for, found_by, tag_folder
from index.reader import LinkTarget
from index.reading import Changes
from index.settings import Settings
from index.store import Store

_ASKED = "tag_folder asked for"


def link(settings: Settings, store: Store, changes: Changes, *, stood: bool) -> None:
    """Decide which note each link means, and which folder holds the tags.

    If all links ``stood`` before the changes, only those are looked at that the changes can
    have to do with.
    """
    wanted = settings.tag_folder or ""
    if store.links_stand and store.meta(_ASKED) == wanted:
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


def _touched(store: Store, changes: Changes) -> tuple[Sequence[str], Sequence[str]]:
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
