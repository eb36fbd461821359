"""Serves the notes to other programs by the Model Context Protocol, which only reads."""

from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations

from search.mcp.tools import KIND, NOTE, Tools
from search.service.services import Services

_ABOUT = (
    "A person's own Markdown notes, in Chinese or English; either language finds the other. "
    "ask_notes answers with exact quotes and says when the notes hold no answer; search_notes "
    "finds passages. Cite the links that come along. Nothing here changes a note."
)


def server(services: Services) -> MCPServer[Any]:
    """The server with its tools and resources, not yet connected to anything."""
    made = MCPServer[Any](
        "wengu", title="Wengu 温故", instructions=_ABOUT, log_level="WARNING", subscriptions=False
    )
    tools = Tools(services)
    only_reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in (
        tools.search_notes, tools.ask_notes, tools.read_note, tools.related_notes,
        tools.index_status,
    ):  # fmt: skip
        made.add_tool(tool, annotations=only_reads)
    made.resource(NOTE + "{+path}{?start,end}", name="note", mime_type=KIND)(tools.resource)
    return made


def over_http(services: Services) -> StreamableHTTPSessionManager:
    """What answers MCP requests over HTTP: each by itself, in JSON, nothing kept between them.

    Who may ask is the business of the guard around the whole application.
    """
    made = server(services)
    made.streamable_http_app(
        stateless_http=True,
        json_response=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return made.session_manager
