"""The API as a client sees it, over the small vault in each store, everything real behind it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from api_services import BASE, events, services
from copied_index import copied_index
from starlette.testclient import TestClient

from index.errors import WenguError
from index.settings import Settings, load
from search.api.app import build_app, routed
from search.service.services import Services


@pytest.fixture(scope="module")
def behind(stored_vault: Settings) -> Services:
    return services(stored_vault)


@pytest.fixture(scope="module")
def client(behind: Services) -> Iterator[TestClient]:
    with TestClient(build_app(behind), base_url=BASE, raise_server_exceptions=False) as client:
        yield client


def error_of(response: Any) -> tuple[int, str, str]:
    body = response.json()
    assert set(body) == {"error"} and set(body["error"]) == {"code", "message"}
    assert "\n" not in body["error"]["message"] and "Traceback" not in response.text
    return response.status_code, body["error"]["code"], body["error"]["message"]


def test_a_search_gives_passages_that_stand_in_the_file(
    client: TestClient, vault: Settings
) -> None:
    body = client.get("/api/search", params={"q": "网络安全 评级", "k": 2}).json()
    assert set(body) == {
        "query", "mode", "took_ms", "results", "facets", "embedded", "understood", "total",
    }  # fmt: skip
    assert [hit["rank"] for hit in body["results"]] == [1, 2]
    for hit in body["results"]:
        text = (vault.notes / hit["path"]).read_text("utf-8")
        assert text[hit["start"] : hit["end"]] == hit["text"]
        assert "".join(piece for piece, _ in hit["segments"]) == hit["text"]


def test_a_search_is_narrowed_by_each_filter(client: TestClient) -> None:
    def paths(**narrowing: str) -> set[str]:
        asked = {"q": "评级", "group": "note", **narrowing}
        return {hit["path"] for hit in client.get("/api/search", params=asked).json()["results"]}

    assert paths(tag="安全", before="2025-12") >= {"博客/模型一.md", "博客/模型二.md"}
    assert paths(after="2025-12-01") == {"博客/模型二.md"}
    assert paths(prop="作者:甲") == {"博客/模型一.md"}
    assert not any(path.startswith("随笔") for path in paths(folder="博客"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/api/search", "q is empty"),
        ("/api/search?q=%20", "q is empty"),
        ("/api/search?q=a&k=0", "k: input should be greater"),
        ("/api/search?q=a&k=10001", "k: input should be less"),
        ("/api/search?q=a&k=many", "k: input should be a valid integer"),
        ("/api/search?q=a&mode=best", "mode:"),
        ("/api/search?q=a&group=folder", "group:"),
        ("/api/search?q=a&limit=5", "no parameter limit"),
        ("/api/search?q=a&after=yesterday", "after takes a date"),
        ("/api/search?q=a&before=2025-13", "before takes a date"),
        ("/api/search?q=a&prop=author", "key=value"),
        ("/api/search?q=" + "a" * 2001, "q: string should have at most 2000"),
        ("/api/search?q=" + "%EF%B7%BA" * 2000, "at most 2000 letters"),
        ("/api/search?q=x&after=%D9%A2%D9%A0%D9%A2%D9%A5", "after"),
        ("/api/graph", "path is missing"),
        ("/api/graph?path=x&depth=9", "depth:"),
        ("/api/tags?x=1", "no parameter x"),
        ("/api/index?x=1", "no parameter x"),
    ],
)
def test_a_mistaken_parameter_is_named(client: TestClient, address: str, said: str) -> None:
    status, code, message = error_of(client.get(address))
    assert (status, code) == (400, "bad_request")
    assert said in message


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "the body"),
        (b"{", "not JSON"),
        (b"[]", "the body"),
        (b"{}", "question is missing"),
        (b'{"question": ""}', "question:"),
        (b'{"question": "  "}', "question is empty"),
        (b'{"question": 5}', "question:"),
        (b'{"question": "a", "k": 3}', "no parameter k"),
        (b'{"question": "a", "after": "soon"}', "after takes a date"),
        (b'{"question": "%s"}' % (b"a" * 2001), "question: string should have at most 2000"),
        (b"\xff\xfe", "the body is not JSON"),
    ],
)
def test_a_mistaken_question_is_explained(client: TestClient, body: bytes, said: str) -> None:
    headers = {"Content-Type": "application/json"}
    status, code, message = error_of(client.post("/api/ask", content=body, headers=headers))
    assert (status, code) == (400, "bad_request")
    assert said in message


def test_an_answer_quotes_the_notes_in_the_fields_of_the_contract(
    client: TestClient, vault: Settings
) -> None:
    asked = {"question": "星河 2的网络安全评级是什么？", "tag": "安全", "after": ""}
    body = client.post("/api/ask", json=asked).json()
    assert {
        "question", "lang", "kind", "answerable", "confidence", "engine", "answer", "rows",
        "citations", "took_ms",
    } <= set(body)  # fmt: skip
    assert (body["question"], body["lang"], body["answerable"]) == (asked["question"], "zh", True)
    for cited in body["citations"]:
        assert set(cited) == {"id", "path", "title", "heading", "quote", "start", "end"}
        text = (vault.notes / cited["path"]).read_text("utf-8")
        assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_an_answer_comes_as_events_when_asked_for(client: TestClient) -> None:
    headers = {"Accept": "text/event-stream"}
    response = client.post("/api/ask", json={"question": "星河 1训练了多久？"}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    assert [name for name, _ in told] == ["citations", "delta", "done"]
    assert told[0][1]["citations"] == told[2][1]["citations"]
    assert "".join(data["text"] for name, data in told if name == "delta") == told[2][1]["answer"]


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (WenguError("the disk is gone; mount it"), "error", "the disk is gone; mount it"),
        (ValueError("secret"), "internal", "Wengu failed at this; the server's log says where"),
    ],
)
def test_an_error_while_answering_is_told_in_both_ways(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str, message: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("search.answerer.Answerer.ask", fail)
    headers = {"Accept": "text/event-stream"}
    plain = client.post("/api/ask", json={"question": "x"})
    stream = client.post("/api/ask", json={"question": "x"}, headers=headers)
    assert error_of(plain) == (500, code, message)
    assert events(stream.text) == [("error", {"error": {"code": code, "message": message}})]


def test_a_note_is_shown_with_its_place_among_the_others(client: TestClient) -> None:
    body = client.get("/api/notes/" + quote("博客/模型一.md")).json()
    assert (body["title"], body["date"]) == ("星河 1 系统卡", "2025-11-19")
    assert body["tags"] == ["安全/网络"]
    assert {"key": "作者", "values": ["甲", "乙"]} in body["properties"]
    assert [section["title"] for section in body["outline"]] == ["星河 1 系统卡", "训练"]
    header = "path title relation explanation resolved tag"
    assert body["links_out"] == [
        dict(zip(header.split(), values, strict=True))
        for values in (
            ("博客/模型二.md", "星河 2 系统卡", "版本演进", "下一版，评级升到了高。", True, False),
            (None, "没有这篇", None, None, False, False),
        )
    ]
    assert [(link["path"], link["relation"]) for link in body["links_in"]] == [
        ("博客/模型二.md", "版本演进")
    ]
    assert "博客/模型二.md" not in {note["path"] for note in body["related"]}
    assert f'src="/api/files/{quote("图片/图.png")}"' in body["html"]


def test_a_note_is_rendered_as_the_file_is_now(vault: Settings, tmp_path: Path) -> None:
    notes = shutil.copytree(vault.notes, tmp_path / "notes")
    moved = services(load(notes=notes, index=vault.index_dir))
    (notes / "随笔/咖啡.md").write_text("# 手冲咖啡\n\n刚刚改过。<script>x</script>", "utf-8")
    body = TestClient(build_app(moved), base_url=BASE).get("/api/notes/随笔/咖啡.md").json()
    assert "刚刚改过。" in body["html"] and "script" not in body["html"]


def test_a_note_whose_name_needs_encoding_is_found(client: TestClient) -> None:
    response = client.get("/api/notes/" + quote("随笔/100% #1?.md"))
    assert response.json()["path"] == "随笔/100% #1?.md"


@pytest.mark.parametrize(
    "path",
    [
        "nowhere.md",
        "/etc/passwd",
        "博客",
        "..%2f..%2fetc%2fpasswd",
        "%00",
    ],
)
def test_only_indexed_notes_are_shown(client: TestClient, path: str) -> None:
    assert error_of(client.get(f"/api/notes/{path}"))[0] == 404


def test_a_picture_of_the_vault_is_served_by_its_kind(client: TestClient) -> None:
    response = client.get("/api/files/" + quote("图片/图.png"))
    assert response.headers["content-type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


def test_a_drawing_cannot_run_as_our_page(client: TestClient) -> None:
    response = client.get("/api/files/" + quote("图片/画.svg"))
    assert response.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in response.headers["content-security-policy"]
    assert "script-src" not in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "../outside.png", "..%2foutside.png", "%2e%2e/outside.png", "图片/../../outside.png",
        "link.png", "folder.png", ".hidden/x.png", "博客/模型一.md", "/etc/hostname",
        "图片/没有.png", "x%00.png", "pipe.png",
    ],
)  # fmt: skip
def test_nothing_but_pictures_inside_the_vault_is_served(
    client: TestClient, vault: Settings, path: str
) -> None:
    notes = vault.notes
    (notes.parent / "outside.png").write_bytes(b"outside")
    (notes / "folder.png").mkdir(exist_ok=True)
    (notes / ".hidden").mkdir(exist_ok=True)
    (notes / ".hidden" / "x.png").write_bytes(b"hidden")
    if not (notes / "link.png").is_symlink():
        (notes / "link.png").symlink_to(notes.parent / "outside.png")
    assert error_of(client.get(f"/api/files/{path}"))[0] == 404


def test_the_graph_names_nodes_and_relations(client: TestClient) -> None:
    body = client.get("/api/graph", params={"path": "博客/模型一.md", "depth": 2}).json()
    assert {node["path"]: node["depth"] for node in body["nodes"]} == {
        "博客/模型一.md": 0,
        "博客/模型二.md": 1,
    }
    assert {edge["relation"] for edge in body["edges"]} == {"版本演进"}
    assert error_of(client.get("/api/graph", params={"path": "x.md"}))[0] == 404


def test_tags_come_with_their_counts(client: TestClient) -> None:
    tags = client.get("/api/tags").json()["tags"]
    assert {"name": "安全", "path": None, "count": 2} in tags  # one by a tag below it
    assert client.get("/api/search?tag=安全").json()["total"] == 2


def test_examples_are_made_from_the_notes(client: TestClient) -> None:
    examples = client.get("/api/examples").json()["examples"]
    assert "《星河 1 系统卡》和《星河 2 系统卡》有什么不同？" in examples


def test_the_state_of_the_index_is_told(client: TestClient) -> None:
    body = client.get("/api/index").json()
    assert (body["state"], body["vault"], body["notes"], body["indexed"]) == ("idle", "notes", 4, 4)
    assert body["embedded"] == body["passages"] > 0
    assert body["size_bytes"] > 0 and body["updated_at"] and body["progress"] is None


def test_the_server_is_ready_when_it_can_answer(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/readyz").status_code == 200
    (tmp_path / "notes").mkdir()
    empty = services(load(notes=tmp_path / "notes", index=tmp_path / "index"))
    waiting = TestClient(build_app(empty), base_url=BASE)
    assert waiting.get("/healthz").json() == {"status": "ok"}
    assert error_of(waiting.get("/readyz"))[:2] == (503, "not_ready")
    assert "wengu index" in error_of(waiting.get("/api/search?q=x"))[2]
    assert waiting.get("/api/index").json()["indexed"] == 0


def test_an_update_is_started_once(vault: Settings, tmp_path: Path) -> None:
    copied = copied_index(vault.index_dir, tmp_path / "index")
    own = services(load(notes=shutil.copytree(vault.notes, tmp_path / "notes"), index=copied))
    (own.settings.notes / "新.md").write_text("# 新笔记\n\n刚刚写下。", "utf-8")
    client = TestClient(build_app(own), base_url=BASE)
    assert client.post("/api/index", json={"rebuild": False}).status_code == 202
    second = client.post("/api/index")
    assert error_of(second)[:2] == (409, "busy") if second.status_code != 202 else True
    own.updates.wait(120)
    assert client.get("/api/index").json()["indexed"] == 5
    assert client.get("/api/search?q=刚刚写下").json()["results"][0]["path"] == "新.md"


def test_a_server_that_only_answers_starts_no_update(vault: Settings) -> None:
    answering = services(vault.model_copy(update={"update": False}))
    client = TestClient(build_app(answering), base_url=BASE)
    status, code, message = error_of(client.post("/api/index"))
    assert (status, code) == (409, "busy") and "wengu index" in message
    answering.updates.request()  # as an edit does
    state = client.get("/api/index").json()
    assert (state["state"], state["watching"], state["indexed"]) == ("idle", False, 4)


def test_following_the_index_begins_with_its_state(behind: Services) -> None:
    following = services(behind.settings)
    following.updates.close()
    client = TestClient(build_app(following), base_url=BASE)
    assert client.get("/api/index/events").status_code == 200


def test_every_path_answers_the_wrong_method_and_a_wrong_parameter_in_one_shape(
    client: TestClient, behind: Services
) -> None:
    schema = routed(behind).openapi()["paths"]
    assert len(schema) >= 11
    for path, methods in {**schema, "/": {}, "/docs": {}, "/app.js": {}}.items():
        status, code, _ = error_of(client.delete(path.replace("{path}", "x")))
        assert (status, code) == (405, "method_not_allowed"), path
        if path.startswith("/api/") and "get" in methods:
            wrong = client.get(path.replace("{path}", "x") + "?nonsense=1")
            assert error_of(wrong)[:2] == (400, "bad_request"), path


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/nothing", "/__init__.py", "/..%2fpyproject.toml"]
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert error_of(client.get(path))[:2] == (404, "not_found")


def test_a_fault_of_ours_is_not_quoted(behind: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: str) -> None:
        raise RuntimeError("secret detail")

    broken = services(behind.settings)
    monkeypatch.setattr(broken.viewer, "view", fail)
    client = TestClient(build_app(broken), base_url=BASE, raise_server_exceptions=False)
    response = client.get("/api/notes/x.md")
    assert error_of(response)[:2] == (500, "internal")
    assert "secret" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_the_page_and_its_files_come_with_their_kind_and_are_not_sent_twice(
    client: TestClient,
) -> None:
    page = client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    script = client.get("/app.js")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    again = client.get("/app.js", headers={"If-None-Match": script.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_browser_is_told_how_to_search_here(client: TestClient) -> None:
    assert 'rel="search" href="/opensearch.xml"' in client.get("/").text
    told = client.get("/opensearch.xml")
    assert told.headers["content-type"].startswith("application/opensearchdescription+xml")
    engine = ElementTree.fromstring(told.text)
    url = engine.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    address = url.attrib["template"].replace("{searchTerms}", "spaced+repetition")
    assert address.startswith(BASE)
    assert client.get(address).status_code == 200


def test_the_page_asks_nothing_of_other_servers_and_has_no_inline_script(
    client: TestClient,
) -> None:
    for path in ("/", "/docs"):
        html = client.get(path).text
        assert "<script>" not in html and "https://" not in html and "onclick" not in html


def test_the_endpoints_are_listed_and_described(client: TestClient) -> None:
    docs = client.get("/docs").text
    schema = client.get("/openapi.json").json()
    for path in ("/api/search", "/api/ask", "/api/notes/{path}", "/api/index", "/api/graph"):
        assert path in docs and path in schema["paths"]
    assert "The question before this one." in docs


def test_other_machines_need_a_token(vault: Settings) -> None:
    abroad = services(load(notes=vault.notes, index=vault.index, host="0.0.0.0"))
    with pytest.raises(WenguError, match="--token"):
        build_app(abroad)
