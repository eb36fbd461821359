"""Addresses of the page that several tests open."""

from urllib.parse import quote

LIST = f"/?ask=1&q={quote('列出作者是 OpenAI 的笔记')}"
SYNTAX = f"/?note={quote('06-文档系统/笔记语法示例：一页看全.md')}"
