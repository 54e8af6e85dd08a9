"""The daemon's event loop under load: nothing that runs on it takes long.

Measured is the loop's own CPU time between two beats of it, so that a busy machine makes no difference."""
import gzip
import json
import random
import socket
import threading
import time
import unittest
import urllib.request
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import zmq

from harness import PATIENCE, Case, Log, free_port, source, wait_for

LONGEST = 50  # milliseconds
HOSTS = 24
PAGES = 8          # of each host
PAGE_BYTES = 200_000
NAMES = 8_000      # watchlists for a name
PAIRS = 2_000      # watchlists for two words near each other
NAMES_OF_PAGE = 20
ENTRIES = 20_000
SYLLABLES = ["ba", "den", "ki", "lor", "mu", "nes", "pa", "ri", "sto", "ta", "ven", "zu"]


def word(number):
    """A word of its own for each number."""
    out = ""
    while True:
        out += SYLLABLES[number % len(SYLLABLES)]
        number //= len(SYLLABLES)
        if number == 0:
            return out + "a"


def name(number):
    return word(number + 1_000_000).capitalize()


class Newsroom:
    """Hosts on addresses of their own, with feeds of long pages, some of them compressed, long robots.txt files, a feed of
    whole articles, a feed of many entries and an index of many sitemaps."""

    def __init__(self):
        self.random = random.Random(7)
        self.words = [word(n) for n in range(20_000)]
        weights = [1 / (n + 10) for n in range(len(self.words))]
        self.paragraphs = [" ".join(self.random.choices(self.words, weights, k=80)) for _ in range(3_000)]
        self.bodies = {}
        self.port = free_port()
        self.published = threading.Event()
        newsroom = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                status, kind, body = newsroom.answer(self.connection.getsockname()[0], self.path)
                packed = body[:2] == b"\x1f\x8b"
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                if packed:
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                self.wfile.write(body)

            def handle(self):
                try:
                    super().handle()
                except ConnectionError:
                    pass

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("0.0.0.0", self.port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def url(self, host, path):
        return f"http://127.1.0.{host + 1}:{self.port}{path}"

    def text(self):
        """As many paragraphs as a long page has, with some of the names."""
        out = []
        size = 0
        while size < PAGE_BYTES:
            out.append(self.random.choice(self.paragraphs))
            size += len(out[-1])
        for number in self.random.sample(range(NAMES), NAMES_OF_PAGE):
            at = self.random.randrange(len(out))
            out[at] += f" {name(number)} said so."
        return out

    def page(self, title):
        body = "".join(f"<p>{one}</p>" for one in self.text())
        return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body><article>'
                f"<h1>{title}</h1>{body}</article></body></html>").encode()

    def feed(self, host):
        items = "".join(f"<item><title>Report {host}-{n}</title><link>{self.url(host, f'/{n}')}</link>"
                        f"<guid>{host}-{n}</guid><pubDate>{formatdate()}</pubDate></item>" for n in range(PAGES))
        return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode()

    def whole_articles(self):
        items = "".join(
            f"<item><title>Whole {n}</title><link>{self.url(0, f'/whole/{n}')}</link><guid>whole-{n}</guid>"
            f"<content:encoded><![CDATA[{''.join(f'<p>{one}</p>' for one in self.text())}]]></content:encoded></item>"
            for n in range(PAGES))
        return (f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>t</title>"
                f"{items}</channel></rss>").encode()

    def many_entries(self):
        items = "".join(f"<item><title>Entry {n}</title><guid>entry-{n}</guid></item>" for n in range(ENTRIES))
        return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode()

    def make(self, host, path):
        if path == "/robots.txt":
            rules = "".join(f"Disallow: /closed/{self.words[n]}/*/{n}\n" for n in range(5_000))
            return "text/plain", f"User-agent: *\n{rules}".encode()
        if path == "/rss":
            return "application/rss+xml", self.feed(host)
        if path == "/whole":
            return "application/rss+xml", self.whole_articles()
        if path == "/many":
            return "application/rss+xml", self.many_entries()
        if path == "/index":
            maps = "".join(f"<sitemap><loc>{self.url(host, f'/map/{n}')}</loc></sitemap>" for n in range(5_000))
            return "application/xml", f"<sitemapindex>{maps}</sitemapindex>".encode()
        if path.startswith("/map/"):
            return "application/xml", b"<urlset></urlset>"
        page = self.page(f"Report {host}-{path[1:]}")
        return "text/html", gzip.compress(page, 1) if host % 2 else page

    def answer(self, address, path):
        host = int(address.rsplit(".", 1)[1]) - 1
        if (host, path) not in self.bodies:
            self.bodies[host, path] = (200, *self.make(host, path))
        return self.bodies[host, path]


class NoTls:
    """Answers whoever begins TLS with something else; until then, the daemon takes the steps of any connection."""

    def __init__(self):
        self.listening = socket.create_server(("0.0.0.0", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listening.accept()
                with client:
                    client.recv(4096)
                    client.sendall(b"this is not TLS\r\n")
            except ConnectionError:
                pass
            except OSError:
                return

    def close(self):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


def watchlists(distance):
    """10,000 of them, a part of which differs with the distance; some are outside their hours, and their alerts wait."""
    choose = random.Random(3)
    closed = time.strftime("%a", time.gmtime(time.time() + 3 * 24 * 3600))
    out = []
    for number in range(NAMES):
        hours = f'active = {{ hours = "08:00-08:01", days = "{closed}" }}\n' if number % 10 == 0 else ""
        out.append(f'[[watchlist]]\nid = "n{number}"\ntitle = "{name(number)}"\nkeywords = ["{name(number)}"]\n{hours}')
    for number in range(PAIRS):
        one, two = (word(choose.randrange(1_000, 5_000)) for _ in range(2))
        out.append(f'[[watchlist]]\nid = "p{number}"\ntitle = "Pair"\nquery = "{one} NEAR/{distance} {two}"\n')
    return "".join(out)


def ask(daemon, command):
    with socket.socket(socket.AF_UNIX) as one:
        one.settimeout(PATIENCE)
        one.connect(str(daemon.control))
        one.sendall(json.dumps({"cmd": command}).encode() + b"\n")
        with one.makefile() as lines:
            return json.loads(lines.readline())


class LoopStalls(Case):
    def setUp(self):
        super().setUp()
        self.newsroom = Newsroom()
        self.addCleanup(self.newsroom.close)
        self.no_tls = NoTls()
        self.addCleanup(self.no_tls.close)

    def sources(self):
        url = self.newsroom.url
        pageless = 'interval = "300ms"\nfetch_pages = false'
        return ("".join(source(f"host{n}", "feed", url(n, "/rss")) for n in range(HOSTS))
                + source("whole", "feed", url(HOSTS, "/whole"), pageless)
                + source("many", "feed", url(HOSTS + 1, "/many"), pageless)
                + source("maps", "sitemap", url(HOSTS + 2, "/index"))
                + "".join(source(f"tls{n}", "feed", f"https://127.2.0.{n + 1}:{self.no_tls.port}/") for n in range(HOSTS)))

    def subscribe(self, daemon):
        context = zmq.Context()
        self.addCleanup(context.destroy, 0)  # closes its sockets too
        one = context.socket(zmq.SUB)
        one.subscribe(b"")
        one.connect(daemon.live)
        return one

    def test_nothing_on_the_loop_takes_long(self):
        daemon = self.daemon(self.sources(), watchlists(2)).start()
        live = self.subscribe(daemon)
        log = Log(daemon)
        alerts = []
        reloaded = []

        def processed():
            alerts.extend(log.new())
            while live.poll(0):
                live.recv_multipart()
            for command in ("watchlists", "status"):
                ask(daemon, command)
            if len(alerts) > 500 and not reloaded:
                daemon.write("watchlists.d/test.toml", watchlists(3))
                reloaded.append(ask(daemon, "reload"))
            items = {one["id"]: one["items"] for one in ask(daemon, "sources")["sources"]}
            long = [count for name, count in items.items() if name.startswith("host") or name == "whole"]
            return long == [PAGES] * (HOSTS + 1) and items["many"] >= 400

        wait_for("all articles", processed)
        self.assertEqual(reloaded, [{"ok": True}])
        loop = ask(daemon, "status")["loop"]
        self.assertLess(loop["most_cpu_ms"], LONGEST, loop)
        self.assertEqual(daemon.stop(), 0)


class ManySources(Case):
    COUNT = 10_000

    def test_scrapes_take_little_of_the_loop(self):
        """Each source has metrics of its own, which is ten times as many as by default."""
        sources = "".join(source(f"source-{n:05}", "feed", f"{self.site.url}/feeds/{n}", 'interval = "6h"')
                          for n in range(self.COUNT))
        daemon = self.daemon(sources, metrics=f'listen = "127.0.0.1:0"\nmax_sources = {self.COUNT}').start()
        url = ask(daemon, "status")["metrics"] + "/metrics"
        for _ in range(20):
            before = ask(daemon, "status")["loop"]["most_cpu_ms"]
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                text = answer.read().decode()
            self.assertEqual(text.count("presswatch_source_silent{"), self.COUNT)
            after = ask(daemon, "status")["loop"]["most_cpu_ms"]
            if after > before:
                self.assertLess(after, LONGEST)


if __name__ == "__main__":
    unittest.main()
