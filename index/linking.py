"""Which notes links mean, kept up as notes come and go."""

from collections.abc import Sequence

from index.links import Resolver, asks_for, found_by, tag_folder
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
    files = store.files()
    some = _touched(store, changes) if stood else None
    rows = store.link_targets() if some is None else store.link_targets(*some)
    resolver = Resolver(files if rows else ())
    moved = [
        (now, row)
        for row, source, target, before in rows
        if (now := resolver.resolve(target, source)) != before
    ]
    with store.writing() as generation:
        store.resolve_links(moved, store.meta("tag_folder"), generation)
        store.set_meta(_ASKED, wanted)
        found = wanted or tag_folder(store.resolved_links(), len(files))
        store.resolve_links((), found or "", generation)


def _touched(store: Store, changes: Changes) -> tuple[Sequence[str], Sequence[str]]:
    """Notes whose links, and targets in any note, that may mean something else than before."""
    paths = {*changes.added, *changes.gone}
    names = frozenset[str]().union(*map(found_by, paths))
    targets = store.targets() if names else []
    asked = [one for one in targets if (asks := asks_for(one)) is None or asks & names]
    return [*changes.added, *changes.changed], asked
