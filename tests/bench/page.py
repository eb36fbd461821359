"""Measures the page in Chromium: what the first load weighs, when one can type, how soon after a
keystroke its results stand there, and where that time goes.

python tests/bench/page.py ADDRESS

A plain page with one script, loaded by the same browser in the same run, tells how much of the
loading is the browser's and the machine's own; the same searches without a page, one text after
the other in the same run, how much of a keystroke is.
"""

import json
import shutil
import statistics
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

LOADS = 10
BETWEEN_KEYS_MS = 140
"""A fast writer's pace."""
LONGEST = 24
PLAIN = {
    "/": (
        "text/html",
        b'<!doctype html><title>plain</title><input id="q"><script src="a.js"></script>',
    ),
    "/a.js": ("text/javascript", b'document.getElementById("q").focus()'),
}
NOTE_FOCUS = "document.addEventListener('focusin', () => { window.usable ??= performance.now(); });"
NOTE_KEYS = """() => {
  const { json } = Response.prototype;
  window.keys = [];
  const typed = [];
  let served = null;
  Response.prototype.json = async function () {
    const read = await json.call(this);
    if (this.url.includes('/api/search?')) served = { url: this.url, took: read.took_ms };
    return read;
  };
  document.querySelector('#q').addEventListener('input', () => typed.push(performance.now()), true);
  new MutationObserver(() => {
    const of = served;
    served = null;
    const sent = of && performance.getEntriesByName(of.url).at(-1);
    if (!sent) return;
    const began = typed.findLast((at) => at <= sent.startTime);
    requestAnimationFrame(() => setTimeout(() => {
      window.keys.push({ all: performance.now() - began, pause: sent.startTime - began,
        server: of.took, way: sent.duration - of.took, drawn: performance.now() - sent.responseEnd });
    }));
  }).observe(document.querySelector('#results'), { childList: true });
}"""  # noqa: E501


class _Plain(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, body = PLAIN.get(self.path, ("text/plain", b""))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def plain() -> Iterator[str]:
    """The address of the plain page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Plain) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def load(browser: Browser, address: str, ready: str) -> tuple[float, int, int]:
    """Milliseconds until one can type, bytes over the wire and requests until all stands."""
    page = browser.new_context().new_page()
    page.add_init_script(NOTE_FOCUS)
    page.goto(address)
    page.wait_for_selector(ready)
    usable = page.wait_for_function("() => window.usable").json_value()
    sizes = page.evaluate(
        "['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))"
        ".map(entry => entry.transferSize)"
    )
    page.context.close()
    return usable, sum(sizes), len(sizes)


def typed(page: Page, text: str) -> list[dict[str, float]]:
    """For each keystroke that found something the milliseconds of each part of its way."""
    page.fill("#q", "")
    page.locator("#q").press_sequentially(text, delay=BETWEEN_KEYS_MS)
    page.wait_for_function("() => document.querySelector('#results').ariaBusy !== 'true'")
    return list(page.evaluate("window.keys.splice(0)"))


def bare(address: str, text: str) -> list[float]:
    """Milliseconds of the same searches for a client that only waits for them."""
    found = []
    for end in range(1, len(text) + 1):
        asked = urllib.parse.urlencode({"q": text[:end], "k": 12, "typing": 1})
        began = time.perf_counter()
        with urllib.request.urlopen(f"{address.rstrip('/')}/api/search?{asked}") as answer:
            json.load(answer)
        found.append((time.perf_counter() - began) * 1000)
        time.sleep(BETWEEN_KEYS_MS / 1000)
    return found


def asked(address: str) -> list[str]:
    """What to type: this vault's own example questions and the names of its first tags."""
    with urllib.request.urlopen(f"{address.rstrip('/')}/api/examples") as answer:
        examples = json.load(answer)["examples"]
    with urllib.request.urlopen(f"{address.rstrip('/')}/api/tags") as answer:
        tags = [tag["name"] for tag in json.load(answer)["tags"][:6]]
    texts = [*examples[:4], " ".join(tags[:3]), " ".join(tags[3:])]
    return [text[:LONGEST].strip() for text in texts if text]


def quantiles(values: Sequence[float]) -> tuple[float, float]:
    """The median, and what nineteen of twenty do not exceed."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]


def spread(values: Sequence[float]) -> str:
    middle, last = quantiles(values)
    return f"{middle:.0f} ms at p50, {last:.0f} ms at p95"


def main(address: str) -> None:
    with sync_playwright() as playwright, plain() as other:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        loads = [
            (load(browser, address, ".examples a"), load(browser, other, "#q"))
            for _ in range(LOADS)
        ]
        (_, weight, requests), _ = loads[-1]
        print(f"first load: {weight:,} bytes in {requests} requests")
        print(f"one can type after {spread([ours[0] for ours, _ in loads])}")
        print(f"the plain page: {spread([base[0] for _, base in loads])}")
        ratio = statistics.median(ours[0] / base[0] for ours, base in loads)
        print(f"ratio: {ratio:.1f}")
        page = browser.new_page()
        page.set_default_timeout(120_000)  # on a machine that does other things too
        page.goto(address)
        page.wait_for_selector(".examples a")
        page.evaluate(NOTE_KEYS)
        keys: list[dict[str, float]] = []
        searches: list[float] = []
        for text in asked(address):
            keys += typed(page, text)
            searches += bare(address, text)
        print(
            f"{len(keys)} keystrokes, until results are drawn: {spread([k['all'] for k in keys])}"
        )
        for name, what in (("pause", "before asking"), ("server", "searching, as the server says"),
                           ("way", "to the server and back"), ("drawn", "drawing")):  # fmt: skip
            print(f"  {what}: {spread([key[name] for key in keys])}")
        print(f"{len(searches)} searches alone: {spread(searches)}")
        ratios = [
            all_ / alone
            for all_, alone in zip(
                quantiles([key["all"] for key in keys]), quantiles(searches), strict=True
            )
        ]
        print(f"ratio: {ratios[0]:.2f} at p50, {ratios[1]:.2f} at p95")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
