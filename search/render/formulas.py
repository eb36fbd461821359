"""Draws formulas as MathML and Mermaid's diagrams as pictures, so that no script is needed."""

import base64
import re
from functools import lru_cache
from html import escape
from importlib.util import find_spec
from xml.etree import ElementTree

_MATHML = "http://www.w3.org/1998/Math/MathML"
_LONGEST = 4_000
_ATTRIBUTES = frozenset({
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display",
    "displaystyle", "fence", "form", "height", "largeop", "linethickness", "lspace", "mathsize",
    "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing",
    "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width",
})  # fmt: skip
"""What the formulas need; no addresses, no styles, nothing that runs."""
_NAME = re.compile(r"m[a-z]+")
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


@lru_cache(2_000)
def mathml(tex: str, *, block: bool) -> str | None:
    """A formula as MathML with its TeX as an annotation; None where it cannot be read."""
    from latex2mathml.converter import convert

    if len(tex) > _LONGEST or _CONTROL.search(tex):
        return None
    try:
        root = ElementTree.fromstring(convert(tex, display="block" if block else "inline"))
    except Exception:  # whatever an author wrote, and however the library takes it
        return None
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{_MATHML}}}")
        if not _NAME.fullmatch(name):
            return None
        element.tag = name
        element.attrib = {k: v for k, v in element.attrib.items() if k in _ATTRIBUTES}
    inner = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    note = f'<annotation encoding="application/x-tex">{escape(tex)}</annotation>'
    display = "block" if block else "inline"
    row = f"<semantics><mrow>{inner}</mrow>{note}</semantics>"
    return f'<math display="{display}">{row}</math>'


@lru_cache(200)
def diagram(source: str) -> str | None:
    """A Mermaid diagram as a picture, in which nothing runs; None where it cannot be drawn."""
    if len(source) > _LONGEST or find_spec("mmdr") is None:
        return None
    import mmdr

    try:
        svg: str = mmdr.render(source).svg()
    except Exception:  # a diagram of a kind that is not known, or none at all
        return None
    data = base64.b64encode(svg.encode()).decode()
    return f'<img class="diagram" src="data:image/svg+xml;base64,{data}" alt="{escape(source)}">'
