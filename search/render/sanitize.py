"""Lets through only harmless HTML: an allow-list, applied to every rendered note.

A note may come from anywhere, and its HTML is shown inside a page that may read all the
others. So nothing survives that could run, be submitted, be loaded from elsewhere,
cover the page or answer to a name that the page's own script uses.
"""

import re

import nh3

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre",
    "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
}  # fmt: skip
DROPPED_WHOLE = {"script", "style", "template", "noscript", "iframe", "object", "embed", "svg"}
ATTRIBUTES = {
    "*": {"class", "id", "data-start", "data-end", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "details": {"data-callout", "open"},
    "div": {"data-callout"},
    "li": {"data-task"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCHEMES = {"http", "https", "mailto", "obsidian"}
CLASSES = {
    "callout", "callout-title", "center", "drawn", "embed", "embedded", "external",
    "footnote-backref", "footnote-item", "footnote-ref", "footnotes", "footnotes-list",
    "footnotes-sep", "image", "math", "remote-image", "right", "tag", "task", "unresolved",
    "wikilink",
}  # fmt: skip
_LANGUAGE = re.compile(r"language-[\w.+#-]{1,40}")
_OWN_ID = re.compile(r"(?:h|b|fn)-[^\s\"'<>]{1,300}|fn(?:ref)?\d[\d:]*")
_OWN_URL = re.compile(r"#|/\?(?:note|tag)=|/api/files/")
_NUMBER = re.compile(r"\d{1,9}")
_NUMBERS = {"data-start", "data-end", "width", "height", "start", "colspan", "rowspan"}


def sanitise(html: str) -> str:
    """The same fragment with everything outside the allow-list taken out.

    Images stay only where they come from this server's ``/api/files/``; ids only where
    they cannot shadow a name of the page.
    """
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED_WHOLE,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=SCHEMES,
        link_rel="noreferrer noopener",
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """The attribute's value as it may stand, or None to drop the attribute."""
    if name == "class":
        return " ".join(filter(_class_kept, value.split())) or None
    if name == "id":
        return value if _OWN_ID.fullmatch(value) else None
    if name in _NUMBERS:
        return value if _NUMBER.fullmatch(value) else None
    if name == "src":
        return value if value.startswith("/api/files/") else None
    if name == "href":
        return value if _OWN_URL.match(value) or _leads_out(value) else None
    return value


def _class_kept(name: str) -> bool:
    return name in CLASSES or _LANGUAGE.fullmatch(name) is not None


def _leads_out(url: str) -> bool:
    return url.partition(":")[0].strip().lower() in SCHEMES and ":" in url
