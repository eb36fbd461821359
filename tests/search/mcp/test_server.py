"""The notes as other programs get them, asked by the protocol's own client."""

import asyncio
import json
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, ResourceLink, TextContent, TextResourceContents, Tool
from running_server import LONG, PROGRAM, server

from index.settings import Settings
from search.mcp.tools import note_link

HEADLINE = "How did cybersecurity ratings change across Codex versions?"
OUTSIDE = ("../pyproject.toml", "/etc/passwd", "nowhere.md")
TOKEN = "s3cret"


@dataclass(frozen=True)
class Told:
    """What a server told in one conversation."""

    tools: tuple[Tool, ...]
    answer: CallToolResult
    quotes: tuple[str, ...]
    """What the links of the answer's citations lead to."""
    found: CallToolResult
    note: CallToolResult
    part: CallToolResult
    related: CallToolResult
    status: CallToolResult
    refused: tuple[CallToolResult, ...]
    unread: tuple[str, ...]
    mistaken: CallToolResult


async def conversation(client: Client) -> Told:
    answer = await client.call_tool("ask_notes", {"question": HEADLINE})
    path = structure(answer)["citations"][0]["path"]
    return Told(
        tools=tuple((await client.list_tools()).tools),
        answer=answer,
        quotes=tuple([await resource(client, link.uri) for link in links(answer)]),
        found=await client.call_tool("search_notes", {"query": "间隔重复", "k": 3}),
        note=await client.call_tool("read_note", {"path": path}),
        part=await client.call_tool("read_note", {"path": path, "start": 5, "end": 9}),
        related=await client.call_tool("related_notes", {"path": path}),
        status=await client.call_tool("index_status", {}),
        refused=tuple([await client.call_tool("read_note", {"path": one}) for one in OUTSIDE]),
        unread=tuple([await refusal(client, note_link(one, "").uri) for one in OUTSIDE]),
        mistaken=await client.call_tool("search_notes", {"query": "after:soon"}),
    )


async def resource(client: Client, uri: str) -> str:
    (content,) = (await client.read_resource(uri)).contents
    assert isinstance(content, TextResourceContents) and content.mime_type == "text/markdown"
    return content.text


async def refusal(client: Client, uri: str) -> str:
    with pytest.raises(MCPError) as error:
        await client.read_resource(uri)
    return str(error.value)


def structure(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error and result.structured_content is not None
    return result.structured_content


def text(result: CallToolResult) -> str:
    return "\n".join(one.text for one in result.content if isinstance(one, TextContent))


def links(result: CallToolResult) -> list[ResourceLink]:
    return [one for one in result.content if isinstance(one, ResourceLink)]


@asynccontextmanager
async def over_http(address: str, mode: str, token: str = TOKEN) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {token}"}
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx2.AsyncClient(headers=headers, timeout=LONG))
        transport = streamable_http_client(f"{address}mcp", http_client=http)
        yield await stack.enter_async_context(Client(transport, mode=mode))


def command(vault: Settings) -> list[str]:
    words = ["mcp", str(vault.notes), "--index", str(vault.index_dir), "--no-watch"]
    return [sys.executable, "-c", PROGRAM, *words]


@pytest.fixture(scope="module")
def address(sample: Settings) -> Iterator[str]:
    with server(sample.notes, sample.index_dir, "--no-watch", "--token", TOKEN) as (_, place):
        yield place


@pytest.fixture(scope="module", params=["stdio", "auto", "legacy"])
def told(request: pytest.FixtureRequest, sample: Settings) -> Told:
    """One conversation on stdio, or over HTTP in the newest way or in that of older clients."""

    async def on_stdio() -> Told:
        program, *arguments = command(sample)
        async with Client(StdioServerParameters(command=program, args=arguments)) as client:
            return await conversation(client)

    async def on_http(address: str) -> Told:
        async with over_http(address, request.param) as client:
            return await conversation(client)

    address = "" if request.param == "stdio" else request.getfixturevalue("address")
    with ThreadPoolExecutor(1) as own_loop:  # a browser's tests leave a loop in this thread
        if request.param == "stdio":
            return own_loop.submit(lambda: asyncio.run(on_stdio())).result()
        return own_loop.submit(lambda: asyncio.run(on_http(address))).result()


def test_the_tools_say_that_they_only_read(told: Told) -> None:
    assert {tool.name for tool in told.tools} == {
        "search_notes", "ask_notes", "read_note", "related_notes", "index_status",
    }  # fmt: skip
    for tool in told.tools:
        assert tool.description and tool.output_schema is not None
        assert tool.output_schema["type"] == "object"
        assert tool.annotations is not None and tool.annotations.read_only_hint


def test_a_question_across_versions_has_a_row_for_each_in_order_of_date(told: Told) -> None:
    rows = structure(told.answer)["rows"]
    assert [row["subject"] for row in rows] == [
        "GPT-5.1-Codex-Max", "GPT-5.2-Codex", "GPT-5.3-Codex",
    ]  # fmt: skip
    assert [row["date"] for row in rows] == ["2025-11-19", "2025-12-18", "2026-02-05"]
    assert all(row["text"] in text(told.answer) for row in rows)


def test_the_link_of_a_citation_gives_the_quote_that_stands_in_the_file(
    told: Told, sample: Settings
) -> None:
    cited = structure(told.answer)["citations"]
    assert cited
    assert told.quotes == tuple(one["quote"] for one in cited)
    for one in cited:
        file = (sample.notes / one["path"]).read_text("utf-8")
        assert file[one["start"] : one["end"]] == one["quote"]


def test_every_mark_in_an_answer_is_a_link_in_markdown(told: Told) -> None:
    shown = text(told.answer)
    defined = dict(re.findall(r"^\[(\d+)\]: (\S+)$", shown, re.MULTILINE))
    assert set(re.findall(r"\[(\d+)\](?!:)", shown)) <= defined.keys()
    assert list(defined.values()) == [link.uri for link in links(told.answer)]


def test_a_passage_found_comes_with_a_link_to_its_place(told: Told) -> None:
    hits = structure(told.found)["results"]
    assert 0 < len(hits) <= 3
    for hit, link in zip(hits, links(told.found), strict=True):
        assert link.uri == note_link(hit["path"], "", hit["start"], hit["end"]).uri
        assert hit["text"] in text(told.found)


def test_a_note_is_read_as_its_file_is(told: Told, sample: Settings) -> None:
    note = structure(told.note)
    file = (sample.notes / note["path"]).read_text("utf-8")
    assert note["text"] == text(told.note) == file
    assert (note["start"], note["end"], note["characters"]) == (0, len(file), len(file))
    assert structure(told.part)["text"] == file[5:9]


def test_related_notes_are_linked_with_the_reason(told: Told) -> None:
    around = structure(told.related)
    linked = {link.uri for link in links(told.related)}
    reasons = {one["explanation"] for one in around["links_out"] if one["explanation"]}
    assert around["related"] and reasons
    assert {note_link(one["path"], "").uri for one in around["related"]} <= linked
    assert all(reason in text(told.related) for reason in reasons)


def test_the_state_of_the_index_is_told(told: Told) -> None:
    status = structure(told.status)
    assert status["vault"] == "notes" and status["indexed"] == status["notes"] > 0


def test_nothing_outside_the_indexed_notes_is_read(told: Told) -> None:
    for path, result in zip(OUTSIDE, told.refused, strict=True):
        assert result.is_error and f"there is no note at {path}" in text(result)
        assert "Traceback" not in text(result)
    assert all("Unknown resource" in one or "there is no note" in one for one in told.unread)


def test_a_mistaken_query_is_explained(told: Told) -> None:
    assert told.mistaken.is_error and "after takes a date" in text(told.mistaken)


def test_without_the_token_nobody_is_answered(address: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    answered = httpx2.post(f"{address}mcp", json=body, timeout=LONG)
    assert (answered.status_code, answered.json()["error"]["code"]) == (401, "unauthorized")


def test_a_web_page_from_elsewhere_is_refused(address: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Authorization": f"Bearer {TOKEN}", "Origin": "http://elsewhere.example"}
    answered = httpx2.post(f"{address}mcp", json=body, headers=headers, timeout=LONG)
    assert (answered.status_code, answered.json()["error"]["code"]) == (403, "forbidden")


def test_there_is_no_stream_to_follow(address: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answered = httpx2.get(f"{address}mcp", headers=headers, timeout=LONG)
    assert (answered.status_code, answered.headers["allow"]) == (405, "POST")
    assert answered.json()["error"]["code"] == "method_not_allowed"


def hello() -> str:
    """The line that begins a conversation."""
    params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {
        "name": "test", "version": "1"}}  # fmt: skip
    asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}
    return json.dumps(asked) + "\n"


def test_only_the_protocol_is_written_to_stdout(vault: Settings, tmp_path: Path) -> None:
    fresh = ["--index", str(tmp_path / "index")]  # so that there is progress to tell
    done = subprocess.run(
        [*command(vault), *fresh],
        input=hello(), capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1]
    assert done.returncode == 0


def test_an_interrupt_ends_it_though_more_could_be_asked(vault: Settings) -> None:
    with subprocess.Popen(
        command(vault), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(hello())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(LONG) == -signal.SIGINT
        finally:
            process.kill()


def test_a_missing_folder_is_one_line_on_stderr() -> None:
    words = ["mcp", "/no/such/folder"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, input=""
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
