"""What the integration tests share: a scripted HTTP site, the daemon, and a subscriber, all on loopback."""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import zmq

BIN = Path(os.environ["PRESSWATCH_BIN"])
ROOT = Path(__file__).resolve().parents[2]
SANITIZED = bool(os.environ.get("PRESSWATCH_SANITIZE"))
# Timeout in seconds for things that must happen. It is generous, because only failures wait this long, and machines may be
# busy and sanitized builds slow.
PATIENCE = 360 if SANITIZED else 180

_reserved = []  # keeps the sockets of free_port() until this process ends


def free_port():
    """A TCP port that stays ours: bound by a socket that does not listen. Beside it, a server may listen that sets
    SO_REUSEADDR, as presswatchd and http.server do; nobody else is given the port meanwhile."""
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.bind(("0.0.0.0", 0))
    _reserved.append(one)
    return one.getsockname()[1]


def slowness():
    """Estimates how much slower the machine is than when idle, now or in the last minute: 1 or more."""
    wall, work = time.monotonic(), time.thread_time()
    while time.thread_time() - work < 0.1:
        pass
    now = (time.monotonic() - wall) / 0.1
    return max(1.0, now, os.getloadavg()[0] / os.cpu_count()) * (4 if SANITIZED else 1)


# Works for 20 ms five times a second until its input ends, then prints how much longer that took than it should have.
_SAMPLER = """
import select, sys, time
wall = work = 0.0
while not select.select([sys.stdin], [], [], 0.18)[0] or not wall:
    begun, before = time.monotonic(), time.process_time()
    while time.process_time() - before < 0.02:
        pass
    wall += time.monotonic() - begun
    work += time.process_time() - before
print(wall / work)
"""


class OnTime:
    """Asserts that something takes at most `seconds` on an otherwise idle machine. How slow the machine was is measured
    by a process that works beside it all the time.

    with OnTime(self, 3, "an alert") as it: ...
    """

    def __init__(self, test, seconds, what):
        self.test, self.seconds, self.what = test, seconds, what

    def __enter__(self):
        self.sampler = subprocess.Popen([sys.executable, "-c", _SAMPLER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.begun = time.monotonic()
        return self

    def __exit__(self, kind, *_):
        self.took = time.monotonic() - self.begun
        meanwhile = float(self.sampler.communicate()[0])
        if kind is None and self.took >= self.seconds:
            slow = max(slowness(), meanwhile * (4 if SANITIZED else 1))
            self.test.assertLess(self.took, self.seconds * slow,
                                 f"{self.what} took too long, on a machine {slow:.1f} times as slow as an idle one")


def wait_for(what, check, patience=PATIENCE):
    """Waits for the first true value of check(); otherwise fails with `what`."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited {patience} s for {what}")


class Site:
    """A web server whose responses are functions, by path; other paths return 404."""

    def __init__(self):
        self.routes = {}
        self.requests = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.requests.append((self.path, dict(self.headers)))
                route = site.routes.get(self.path.split("?")[0])
                try:
                    if route is None:
                        self.answer(404, "nothing here", "text/plain")
                    else:
                        route(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def answer(self, status, body, kind="text/html; charset=utf-8", headers=()):
                data = body if isinstance(body, bytes) else body.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def handle(self):
                try:
                    super().handle()
                except ConnectionError:
                    pass  # the daemon gave up, or was killed

            def log_message(self, *_):
                pass

        # Three loopback addresses with the same port, which the fetcher treats as three hosts.
        port = free_port()
        self.servers = [ThreadingHTTPServer((f"127.0.0.{last}", port), Handler) for last in (1, 2, 3)]
        self.url = f"http://127.0.0.1:{port}"
        for server in self.servers:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def close(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def page(self, path, title, text):
        """An article page, with boilerplate that must be ignored."""
        html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - The Test</title>
<meta property="og:title" content="{title}"><meta property="og:type" content="article"></head>
<body><nav><a href="/">Home</a> <a href="/iran">Iran</a></nav><main><article><h1>{title}</h1>
{"".join(f"<p>{one}</p>" for one in text)}</article></main><footer>All about Israel</footer></body></html>"""
        self.routes[path] = lambda handler: handler.answer(200, html)

    def feed(self, path, items, title="The Test"):
        """An RSS feed; `items` is a list of (path, title, summary) that may grow."""

        def serve(handler):
            entries = "".join(
                f"<item><title>{t}</title><link>{self.url}{p}</link><guid>{self.url}{p}</guid>"
                f"<description>{s}</description><pubDate>{formatdate()}</pubDate></item>"
                for p, t, s in list(items))
            handler.answer(200, f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
                                f"{entries}</channel></rss>", "application/rss+xml")

        self.routes[path] = serve


STORY = ["Officials from several countries met on Tuesday to talk about trade, transport and the price of energy, and "
         "agreed to meet again before the end of the year, according to people who were in the room.",
         "The talks, which lasted longer than planned, covered railways, pipelines and border crossings, and both "
         "sides said afterwards that they had found more common ground than they had expected."]


class Daemon:
    """presswatchd, in a temporary folder."""

    def __init__(self, site, sources, watchlists, fetch="", bus="", store=""):
        self.folder = Path(tempfile.mkdtemp(prefix="presswatch-it-"))
        self.site = site
        self.live = f"tcp://127.0.0.1:{free_port()}"
        self.log = f"tcp://127.0.0.1:{free_port()}"
        self.config = self.folder / "presswatch.toml"
        self.control = self.folder / "control.sock"
        for name in ("sources.d", "watchlists.d"):
            (self.folder / name).mkdir()
        self.write("presswatch.toml", f"""
[daemon]
state = "state"
control = "control.sock"
[fetch]
min_gap = "10ms"
connect_timeout = "3s"
timeout = "5s"
allow_addresses = ["127.0.0.0/8"]
{fetch}
[schedule]
min_interval = "300ms"
max_interval = "2s"
[bus]
live = "{self.live}"
log = "{self.log}"
heartbeat = "200ms"
{bus}
[store]
{store}
""")
        self.write("sources.d/test.toml", sources)
        self.write("watchlists.d/test.toml", watchlists)
        self.process = None

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def start(self, wait=True, user=None, descriptors=None, under=()):
        """`descriptors`: how many the daemon may have open; `under`: a command that runs it."""
        command = [*under, BIN / "presswatchd", "--config", self.config]
        if descriptors:
            command[:0] = ["prlimit", f"--nofile={descriptors}", "--"]
        with open(self.folder / "stderr", "ab") as errors:
            self.process = subprocess.Popen(command, stderr=errors, user=user)
        if wait:
            wait_for("the daemon's control socket", lambda: self.ask("status", check=False) or self.died())
        return self

    def died(self):
        if self.process.poll() is not None:
            raise AssertionError(f"presswatchd ended with {self.process.returncode}:\n{self.output()}")

    def output(self):
        return (self.folder / "stderr").read_text(encoding="utf-8", errors="replace")

    def ask(self, command, check=True):
        done = command_line(command, "--json", "--socket", self.control)
        if done.returncode != 0:
            if check:
                raise AssertionError(done.stderr)
            return None
        return json.loads(done.stdout)

    def source(self, name):
        return next(one for one in self.ask("sources")["sources"] if one["id"] == name)

    def let_turns_pass(self, name, count=2):
        """Waits for whole turns of the source: what it was asked before them has been dealt with, and it is not asked
        again without being seen."""
        before = self.source(name)["polls"]
        wait_for(f"{count} turns of {name}", lambda: self.source(name)["polls"] >= before + count)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Sends SIGTERM and returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Log:
    """Reads the alert log from the LOG endpoint, like a client without a SUB socket."""

    def __init__(self, daemon):
        self.context = zmq.Context.instance()
        self.endpoint = daemon.log
        self.after = 0

    def request(self, **fields):
        socket_ = self.context.socket(zmq.REQ)
        socket_.setsockopt(zmq.LINGER, 0)
        socket_.setsockopt(zmq.RCVTIMEO, 30_000)
        socket_.connect(self.endpoint)
        try:
            socket_.send_multipart([b"PWQ1", json.dumps({"req": "r", **fields}).encode()])
            reply = socket_.recv_multipart()
        except zmq.Again:
            return None, []
        finally:
            socket_.close()
        head = json.loads(reply[1])
        alerts = []
        for header, body in zip(reply[2::2], reply[3::2]):
            alert = json.loads(body)
            alert["_seq"] = int.from_bytes(header[20:28], "big")
            alert["_cseq"] = int.from_bytes(header[28:36], "big")
            alerts.append(alert)
        return head, alerts

    def new(self):
        """Returns the alerts since the last call."""
        head, alerts = self.request(op="replay", log=None, channel=None, after=self.after, max=500, wait_ms=200)
        if alerts:
            self.after = alerts[-1]["_seq"]
        return alerts

    def collect(self, what, enough, patience=PATIENCE):
        """Collects alerts until enough(alerts)."""
        got = []

        def more():
            got.extend(self.new())
            return enough(got)

        wait_for(what, more, patience)
        return got


def command_line(*arguments, **options):
    return subprocess.run([BIN / "presswatch", *map(str, arguments)], capture_output=True, text=True, timeout=4 * PATIENCE,
                          check=False, **options)


def source(name, plugin, url, extra='interval = "300ms"'):
    return f'[[source]]\nid = "{name}"\nplugin = "{plugin}"\nurl = "{url}"\n{extra}\n'


WATCHLIST = '[[watchlist]]\nid = "iran"\ntitle = "Iran"\nkeywords = ["Iran", "Tehran"]\npriority = "high"\n'


class Case(unittest.TestCase):
    """Each test has its own site; its daemons are stopped at the end."""

    def setUp(self):
        self.site = Site()
        self.addCleanup(self.site.close)

    def daemon(self, sources, watchlists=WATCHLIST, **sections):
        daemon = Daemon(self.site, sources, watchlists, **sections)
        self.addCleanup(daemon.close)
        return daemon

    def daemon_with_plugins(self, sources):
        """A daemon that loads packages from the folder plugins/ next to its configuration."""
        made = self.daemon(sources)
        made.write("presswatch.toml", made.config.read_text(encoding="utf-8")
                   + '\n[plugins]\ndirectories = ["plugins"]\n')
        (made.folder / "plugins").mkdir()
        for folder in (made.folder, made.folder / "plugins"):
            folder.chmod(0o755)
        return made

    def add_package(self, daemon, name, manifest, files):
        """Writes plugins/NAME; `files` maps names to texts. The files are world-readable, as isolation requires."""
        folder = daemon.folder / "plugins" / name
        folder.mkdir()
        for file, text in {"plugin.toml": manifest, **files}.items():
            (folder / file).write_text(text, encoding="utf-8")
        for path in (folder, *folder.iterdir()):
            path.chmod(0o755)
        return folder
