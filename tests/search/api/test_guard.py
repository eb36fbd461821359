import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from search.api.guard import HEADERS, MOST_BODY_BYTES, Guard, is_cross_site, is_own_host


def answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"answered {request.url.query}")


def client(host: str = "127.0.0.1", token: str | None = None) -> TestClient:
    paths = ("/", "/api/search", "/api/index", "/healthz")
    app = Starlette(routes=[Route(path, answer, methods=["GET", "POST"]) for path in paths])
    return TestClient(Guard(app, host, token), base_url="http://127.0.0.1:8765")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "LOCALHOST.", "[::1]:8765", "127.9.9.9"]
)
def test_this_machine_may_be_called_by_its_own_names(host: str) -> None:
    assert is_own_host(host, "127.0.0.1")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil.example",
     "192.168.1.5", "", "[::1", "evil.example@127.0.0.1.x", "0.0.0.0"],
)  # fmt: skip
def test_another_name_is_refused(host: str) -> None:
    assert not is_own_host(host, "127.0.0.1")


def test_the_address_it_is_bound_to_is_its_own() -> None:
    assert is_own_host("192.168.1.5:8765", "192.168.1.5")
    assert not is_own_host("192.168.1.6:8765", "192.168.1.5")


@pytest.mark.parametrize(
    ("origin", "site", "foreign"),
    [
        (None, None, False),
        ("http://127.0.0.1:8765", "same-origin", False),
        (None, "none", False),
        ("http://127.0.0.1:3000", "same-site", True),
        ("http://127.0.0.1:3000", None, True),
        ("https://evil.example", "cross-site", True),
        ("null", None, True),
        (None, "cross-site", True),
    ],
)
def test_only_our_own_page_and_clients_that_are_no_browser_may_ask(
    origin: str | None, site: str | None, foreign: bool
) -> None:
    assert is_cross_site(origin, site, "127.0.0.1:8765") is foreign


def test_a_rebound_name_reads_nothing() -> None:
    response = client().get("/api/search", headers={"Host": "evil.example:8765"})
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "forbidden"


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_page_changes_and_reads_nothing(headers: dict[str, str]) -> None:
    assert client().post("/api/index", headers=headers).status_code == 403
    assert client().get("/api/search", headers=headers).status_code == 403


def test_a_link_from_another_page_opens_the_page() -> None:
    assert client().get("/?q=x", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_command_line_client_may_post() -> None:
    assert client().post("/api/index", json={}).status_code == 200


def test_every_answer_carries_the_headers_even_a_refusal() -> None:
    for response in (client().get("/"), client().get("/", headers={"Host": "evil.example"})):
        assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert "access-control-allow-origin" not in client().get("/").headers


def test_a_long_body_is_refused_before_it_is_read() -> None:
    response = client().post("/api/index", content=b"x" * (MOST_BODY_BYTES + 1))
    assert (response.status_code, response.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize("headers", [{"Transfer-Encoding": "chunked"}, {"Content-Length": "many"}])
def test_a_body_of_unknown_length_is_refused(headers: dict[str, str]) -> None:
    assert client().post("/api/index", headers=headers).status_code == 411


def test_without_the_token_only_the_health_is_told() -> None:
    guarded = client("0.0.0.0", "s3cret")
    assert guarded.get("/api/search").status_code == 401
    assert guarded.get("/api/search").headers["www-authenticate"] == "Bearer"
    assert guarded.get("/").status_code == 401
    assert guarded.get("/healthz").status_code == 200


@pytest.mark.parametrize("given", ["Bearer s3cre", "Bearer ", "Basic s3cret", "Bearer s3cret2"])
def test_a_wrong_token_is_refused(given: str) -> None:
    response = client("0.0.0.0", "s3cret").get("/", headers={"Authorization": given})
    assert response.status_code == 401


def test_the_token_is_taken_as_bearer() -> None:
    headers = {"Authorization": "Bearer s3cret", "Host": "nas.example:8765"}
    assert client("0.0.0.0", "s3cret").get("/api/search", headers=headers).status_code == 200


def test_a_token_of_any_letters_is_taken_as_bearer() -> None:
    headers = {"Authorization": "Bearer 密语".encode()}
    guarded = client("0.0.0.0", "密语")
    assert guarded.get("/api/search", headers=headers).status_code == 200
    assert guarded.get("/", headers={"Authorization": b"Bearer \xff"}).status_code == 401


def test_tokens_and_cookies_are_compared_in_constant_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[bytes] = []

    def compare(given: bytes, wanted: bytes) -> bool:
        compared.append(given)
        return given == wanted

    monkeypatch.setattr("search.api.access_token.hmac.compare_digest", compare)
    headers = {"Authorization": "Bearer s3cre", "Cookie": "wengu=forged"}
    client("0.0.0.0", "s3cret").get("/?token=s3c", headers=headers)
    assert compared == [b"s3cre", b"s3c", b"forged"]


def test_the_token_in_the_address_becomes_a_cookie_and_goes_from_the_address() -> None:
    guarded = client("0.0.0.0", "密 s3cret;")
    first = guarded.get("/", params={"q": "甲 乙", "token": "密 s3cret;"}, follow_redirects=False)
    assert first.status_code == 303
    assert first.headers["location"] == "/?q=%E7%94%B2+%E4%B9%99"
    assert "httponly" in first.headers["set-cookie"].lower()
    assert "s3cret" not in first.headers["set-cookie"]
    assert guarded.get("/api/search").status_code == 200


def test_the_token_never_leads_to_another_server() -> None:
    guarded = client("0.0.0.0", "s3cret")
    response = guarded.get(
        "http://127.0.0.1:8765//evil.example/?token=s3cret", follow_redirects=False
    )
    assert response.headers["location"].startswith("/evil.example")


def test_a_forged_cookie_is_refused() -> None:
    headers = {"Cookie": "wengu=s3cret"}
    assert client("0.0.0.0", "s3cret").get("/", headers=headers).status_code == 401


def test_an_origin_that_is_no_address_is_foreign() -> None:
    assert is_cross_site("http://[", None, "127.0.0.1:8765")
