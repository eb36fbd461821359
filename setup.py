"""Gives an index page the README with no relative links, which lead nowhere there.

Each becomes the name of its file, which the source archive holds. All else is in pyproject.toml,
which has no words for this.
"""

import re
from pathlib import Path

from setuptools import setup

RELATIVE = re.compile(r"!?\[(?P<text>[^]]*)\]\((?![a-z]+:|#)(?P<file>[^)#]+)[^)]*\)")


def named(link: re.Match[str]) -> str:
    """A link as text: what it says, and the file's name where that does not say it."""
    text, file = link["text"], link["file"]
    return file if file.startswith(text) else f"{text} ({file})"


README = Path(__file__).with_name("README.md").read_text("utf-8")
setup(
    long_description=RELATIVE.sub(named, README),
    long_description_content_type="text/markdown",
)
