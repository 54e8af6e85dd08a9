"""Metrics, health, and what `presswatch status` says of the daemon."""
import json
import os
import re
import shutil
import socket
import sqlite3
import struct
import subprocess
import time
import unittest
import urllib.error
import urllib.request
from email.utils import formatdate
from pathlib import Path

import zmq

from harness import PATIENCE, ROOT, STORY, WATCHLIST, Case, Log, command_line, source, wait_for

LISTEN = 'listen = "127.0.0.1:0"'
NAME = re.compile(r"\b(?:presswatch|process)_[a-z_]+\b")
# As the text has them, but not as families.
SUFFIXES = ("_bucket", "_sum", "_count")


def scrape_text(daemon):
    with urllib.request.urlopen(daemon.ask("status")["metrics"] + "/metrics", timeout=PATIENCE) as answer:
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4"), answer.headers
        return answer.read().decode()


def scrape(daemon):
    """The values by name and labels, as they are written."""
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1])
            for line in scrape_text(daemon).splitlines() if not line.startswith("#")}


def families(text):
    return set(re.findall(r"^# TYPE (\S+) ", text, re.MULTILINE))


def get(daemon, path):
    """Status and body."""
    try:
        with urllib.request.urlopen(daemon.ask("status")["metrics"] + path, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


class Metrics(Case):
    def setUp(self):
        super().setUp()
        self.items = []
        self.feed("/rss", self.items)
        self.rss = source("rss", "feed", self.site.url + "/rss")

    def feed(self, path, items):
        """A feed that answers 304 while it has nothing new."""
        def serve(handler):
            tag = f'"{len(items)}"'
            if handler.headers.get("If-None-Match") == tag:
                handler.send_response(304)
                handler.send_header("ETag", tag)
                handler.end_headers()
                return
            entries = "".join(f"<item><title>{title}</title><link>{self.site.url}{page}</link><guid>{page}</guid>"
                              f"<pubDate>{formatdate()}</pubDate></item>" for page, title in list(items))
            handler.answer(200, f"<rss version='2.0'><channel><title>t</title>{entries}</channel></rss>",
                           "application/rss+xml", [("ETag", tag)])
        self.site.routes[path] = serve

    def add(self, path, title):
        self.site.page(path, title, STORY)
        self.items.insert(0, (path, title))

    def start(self, sources=None, metrics=LISTEN, **sections):
        return self.daemon(sources or self.rss, metrics=metrics, **sections).start()

    def test_the_figures_are_those_of_what_happened(self):
        self.add("/a", "Iran and its neighbours meet")
        self.add("/b", "A quiet day in the village")
        daemon = self.start(self.rss + source("gone", "feed", self.site.url + "/nothing"))
        live = zmq.Context.instance().socket(zmq.SUB)
        self.addCleanup(live.close, 0)
        live.subscribe(b"A/")
        live.connect(daemon.live)
        Log(daemon).collect("the alert", lambda got: got)
        wait_for("a 304", lambda: scrape(daemon)['presswatch_source_fetches_not_modified_total{source="rss"}'] >= 2)
        wait_for("the subscriber", lambda: scrape(daemon)["presswatch_bus_subscriptions"] == 1)
        now = scrape(daemon)
        self.assertEqual(now["presswatch_ready"], 1)
        self.assertEqual(now["presswatch_alerts_total"], 1)
        self.assertEqual(now["presswatch_items_total"], 2)
        self.assertEqual(now['presswatch_source_items_total{source="rss"}'], 2)
        self.assertEqual(now['presswatch_source_alerts_total{source="rss"}'], 1)
        self.assertEqual(now['presswatch_watchlist_alerts_total{watchlist="iran"}'], 1)
        for step in ("fetched", "matched", "committed", "sent"):
            self.assertEqual(now[f'presswatch_alert_step_seconds_count{{step="{step}"}}'], 1, step)
            self.assertLess(now[f'presswatch_alert_step_seconds_sum{{step="{step}"}}'], PATIENCE, step)
        self.assertGreaterEqual(now['presswatch_source_fetches_total{source="rss"}'], 3, "the feed, and two pages")
        self.assertGreaterEqual(now['presswatch_source_fetch_seconds_count{source="rss"}'], 3)
        self.assertGreater(now['presswatch_source_fetch_body_bytes_total{source="rss"}'], 1000)
        self.assertAlmostEqual(now['presswatch_source_last_item_timestamp_seconds{source="rss"}'], time.time(),
                               delta=PATIENCE)
        self.assertEqual(now['presswatch_source_healthy{source="rss"}'], 1)
        self.assertEqual(now['presswatch_source_healthy{source="gone"}'], 0)
        self.assertEqual(now['presswatch_sources{state="missing"}'], 1)
        self.assertEqual(now["presswatch_bus_sent_total"], 1)
        self.assertEqual(now['presswatch_bus_connections{endpoint="live"}'], 1)
        self.assertGreater(now["presswatch_store_commit_seconds_count"], 0)
        self.assertGreater(now["presswatch_store_size_bytes"], 0)
        self.assertGreater(now["presswatch_loop_lag_seconds_count"], 10)
        self.assertGreater(now["process_resident_memory_bytes"], 1 << 20)
        self.assertLess(now["process_open_fds"], now["process_max_fds"])
        later = wait_for("later figures", lambda: (lambda n: n["presswatch_polls_total"] > now["presswatch_polls_total"]
                                                   and n)(scrape(daemon)))
        for name, value in now.items():
            if name.split("{")[0].endswith(("_total", "_count", "_bucket")):
                self.assertGreaterEqual(later[name], value, name)

    def test_promtool_has_nothing_to_say(self):
        if shutil.which("promtool") is None:
            self.skipTest("promtool is not installed (Debian's package prometheus)")
        self.add("/a", "Iran and its neighbours meet")
        daemon = self.start()
        Log(daemon).collect("the alert", lambda got: got)
        done = subprocess.run(["promtool", "check", "metrics"], input=scrape_text(daemon), capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_the_manual_lists_each_metric_with_its_kind(self):
        text = scrape_text(self.start())
        page = (ROOT / "docs/metrics.md").read_text(encoding="utf-8")
        listed = dict(re.findall(r"^\| `((?:presswatch|process)_\w+)`[^|]*\| (\w+) \|", page, re.MULTILINE))
        served = dict(re.findall(r"^# TYPE (\S+) (\w+)$", text, re.MULTILINE))
        self.assertEqual(listed, served)

    def test_dashboard_rules_and_examples_name_what_there_is(self):
        served = families(scrape_text(self.start()))
        monitoring = ROOT / "config/monitoring"
        dashboard = json.loads((monitoring / "dashboard.json").read_text(encoding="utf-8"))
        texts = {"dashboard": " ".join(one["expr"] for panel in dashboard["panels"] for one in panel["targets"]),
                 "rules": (monitoring / "alerts.yml").read_text(encoding="utf-8"),
                 "manual": (ROOT / "docs/metrics.md").read_text(encoding="utf-8")}
        for where, text in texts.items():
            named = set(NAME.findall(text))
            self.assertTrue(named, where)
            for name in named:
                base = next((name.removesuffix(s) for s in SUFFIXES if name.endswith(s)), name)
                self.assertTrue(name in served or base in served, f"{where}: {name}")

    def test_sources_and_watchlists_beyond_the_bound_are_added_up(self):
        self.add("/a", "Iran and its neighbours meet")
        sources = "".join(source(name, "feed", self.site.url + "/rss") for name in ("a", "b", "c", "d"))
        daemon = self.daemon(sources, "".join(WATCHLIST.replace('"iran"', f'"{name}"') for name in ("w1", "w2", "w3")),
                             metrics=LISTEN + "\nmax_sources = 2\nmax_watchlists = 1").start()
        Log(daemon).collect("all alerts", lambda got: len(got) >= 12)
        now = wait_for("their commits", lambda: (lambda n: n["presswatch_alerts_total"] == 12 and n)(scrape(daemon)))
        self.assertEqual(now["presswatch_metrics_sources_summed"], 2)
        self.assertEqual(now["presswatch_metrics_watchlists_summed"], 2)
        self.assertEqual({name: value for name, value in now.items() if name.startswith("presswatch_source_alerts_total")},
                         {'presswatch_source_alerts_total{source="a"}': 3, 'presswatch_source_alerts_total{source="b"}': 3,
                          'presswatch_source_alerts_total{source="other"}': 6})
        self.assertEqual({name: value for name, value in now.items()
                          if name.startswith("presswatch_watchlist_alerts_total")},
                         {'presswatch_watchlist_alerts_total{watchlist="w1"}': 4,
                          'presswatch_watchlist_alerts_total{watchlist="other"}': 8})

    def test_health_ready_and_nothing_else(self):
        daemon = self.start()
        self.assertEqual(get(daemon, "/healthz"), (200, "ok\n"))
        self.assertEqual(get(daemon, "/readyz"), (200, "ready\n"))
        self.assertEqual(get(daemon, "/")[0], 404)
        self.assertEqual(get(daemon, "/metrics?x=1")[0], 200)

    def test_a_unix_socket(self):
        daemon = self.daemon(self.rss)
        path = daemon.folder / "metrics.sock"
        daemon.write("presswatch.toml", daemon.config.read_text(encoding="utf-8").replace(
            "[metrics]", f'[metrics]\nlisten = "unix:{path}"'))
        daemon.start()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
            client.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
            with client.makefile("rb") as answer:
                self.assertIn(b"presswatch_ready 1", answer.read())
        self.assertEqual(daemon.stop(), 0)
        self.assertFalse(path.exists())

    def test_it_is_off_unless_configured_and_never_for_other_machines(self):
        daemon = self.daemon(self.rss).start()
        self.assertEqual(daemon.ask("status")["metrics"], "")
        for listen in ("0.0.0.0:9464", "[::]:9464", "metrics.sock"):
            other = self.daemon(self.rss, metrics=f'listen = "{listen}"')
            other.start(wait=False)
            self.assertEqual(other.process.wait(timeout=PATIENCE), 78)
            self.assertIn("metrics.listen must be a port of the loopback interface", other.output())

    def test_a_port_in_use_is_said_with_its_key(self):
        daemon = self.start()
        port = daemon.ask("status")["metrics"].rsplit(":", 1)[1]
        second = self.daemon(self.rss, metrics=f'listen = "127.0.0.1:{port}"')
        second.start(wait=False)
        self.assertEqual(second.process.wait(timeout=PATIENCE), 1)
        self.assertIn(f"metrics.listen: cannot listen on 127.0.0.1:{port}: Address already in use", second.output())

    def test_a_full_disk_is_not_ready_and_needs_a_person_until_it_ends(self):
        if os.geteuid() != 0:
            self.skipTest("only root may mount a small disk")
        daemon = self.daemon(self.rss, metrics=LISTEN)
        state = daemon.folder / "state"
        state.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", state], check=True)
        self.addCleanup(subprocess.run, ["umount", "--lazy", state], check=True)
        daemon.start()
        wait_for("the first poll", lambda: daemon.source("rss")["state"] == "ok")
        self.assertEqual(get(daemon, "/readyz")[0], 200)
        filler = state / "filler"
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                pass
        wait_for("trouble", lambda: get(daemon, "/readyz")[0] == 503)
        self.assertIn("nothing can be stored", get(daemon, "/readyz")[1])
        self.assertEqual(get(daemon, "/healthz")[0], 200, "it is alive")
        now = scrape(daemon)
        self.assertEqual(now["presswatch_ready"], 0)
        self.assertEqual(now["presswatch_store_ok"], 0)
        self.assertGreaterEqual(now['presswatch_attention{severity="critical"}'], 1)
        done = command_line("status", "--socket", daemon.control)
        self.assertEqual(done.returncode, 1)
        self.assertIn("!! nothing can be stored", done.stdout.splitlines()[2])
        filler.unlink()
        wait_for("the end of it", lambda: get(daemon, "/readyz")[0] == 200)


class Status(Case):
    def test_all_is_well(self):
        self.site.feed("/rss", [])
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()
        wait_for("the first poll", lambda: daemon.source("rss")["state"] == "ok")
        done = command_line("status", "--socket", daemon.control)
        self.assertIn("nothing needs a person", done.stdout.splitlines()[0], done.stdout)
        self.assertEqual(done.returncode, 0)
        self.assertLess(max(map(len, done.stdout.splitlines())), 81)
        self.assertLess(len(done.stdout.splitlines()), 24, "one screen")

    def test_a_source_that_cannot_be_read_needs_a_person(self):
        self.site.feed("/rss", [])
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")
                             + source("wrong", "feed", self.site.url + "/nothing")).start()
        wait_for("the failure", lambda: daemon.source("wrong")["state"] == "missing")
        done = command_line("status", "--socket", daemon.control)
        self.assertEqual(done.returncode, 1)
        self.assertIn("one thing needs a person", done.stdout)
        self.assertIn("!  wrong is not found (404)", done.stdout)
        attention = daemon.ask("status")["attention"]
        self.assertEqual([(one["severity"], one["about"]) for one in attention], [("warning", "sources")])

    def test_a_refused_reload_needs_a_person_until_it_is_mended(self):
        self.site.feed("/rss", [])
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()
        daemon.write("watchlists.d/more.toml", "[[watchlist]]\nid = \"x\"\nquery = '(Iran AND'\n")
        self.assertIsNone(daemon.ask("reload", check=False))
        about = lambda: [one["about"] for one in daemon.ask("status")["attention"]]
        self.assertIn("configuration", about())
        (daemon.folder / "watchlists.d/more.toml").unlink()
        daemon.ask("reload")
        self.assertNotIn("configuration", about())

    def test_a_clock_that_differs_from_those_of_web_servers(self):
        def serve(handler):
            body = b"<rss version='2.0'><channel><title>t</title></channel></rss>"
            handler.send_response_only(200)
            handler.send_header("Date", formatdate(time.time() + 7200, usegmt=True))
            handler.send_header("Content-Type", "application/rss+xml")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
        self.site.routes["/rss"] = serve
        daemon = self.daemon("".join(
            source(f"s{n}", "feed", self.site.url.replace(".0.1", f".0.{n}") + "/rss") for n in (1, 2, 3)),
            metrics=LISTEN).start()
        clock = wait_for("three hosts", lambda: (lambda c: c if "behind_ms" in c else None)(daemon.ask("status")["clock"]))
        self.assertAlmostEqual(clock["behind_ms"], 7_200_000, delta=1000 * PATIENCE)
        self.assertIn("clock", [one["about"] for one in daemon.ask("status")["attention"]])
        self.assertAlmostEqual(scrape(daemon)["presswatch_clock_behind_seconds"], 7200, delta=PATIENCE)


def hourly_rhythm(hours):
    """The saved rhythm of a source that has brought something in each of the last `hours` hours (schedule/rhythm.hpp)."""
    now = int(time.time()) // 3600
    week = bytes([31 * 4]) * 168
    return struct.pack("<bIIIBHI", 1, now - hours, now, now, 0, 20, 0) + week + week


class Silence(Case):
    def test_a_source_that_falls_silent_and_speaks_again(self):
        items = [("/a", "A quiet day in the village", "x")]
        for path, title, _ in items:
            self.site.page(path, title, STORY)
        self.site.feed("/rss", items)
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss"), metrics=LISTEN).start()
        wait_for("the article", lambda: daemon.source("rss")["items"] == 1)
        self.assertEqual(daemon.stop(), 0)
        with sqlite3.connect(daemon.folder / "state" / "presswatch.db") as db:
            db.execute("UPDATE sources SET rhythm = ?, last_item = last_item - 3 * 86400 * 1000", (hourly_rhythm(2000),))
        db.close()
        daemon.start()
        live = zmq.Context.instance().socket(zmq.SUB)
        self.addCleanup(live.close, 0)
        live.setsockopt(zmq.RCVTIMEO, 1000 * PATIENCE)
        live.subscribe(b"S/rss")
        live.connect(daemon.live)
        wait_for("silence", lambda: daemon.source("rss")["state"] == "silent")
        found = daemon.source("rss")
        self.assertRegex(found["reason"], r"nothing new for 3d\w*, in which it usually brings something in \d\d hours")
        board, _ = Log(daemon).request(op="health")
        self.assertEqual([one["state"] for one in board["sources"]], ["silent"])
        now = scrape(daemon)
        self.assertEqual(now['presswatch_source_silent{source="rss"}'], 1)
        self.assertEqual(now['presswatch_sources{state="silent"}'], 1)
        done = command_line("status", "--socket", daemon.control)
        self.assertEqual(done.returncode, 1)
        self.assertIn("!  rss is silent", done.stdout)

        self.site.page("/b", "Another day in the village", STORY)
        items.insert(0, ("/b", "Another day in the village", "x"))
        wait_for("its voice", lambda: daemon.source("rss")["state"] == "ok")
        events = []
        while not events or events[-1]["state"] != "ok":
            events.append(json.loads(live.recv_multipart()[2]))
        self.assertEqual(events[-1]["previous"], "silent")
        self.assertEqual(scrape(daemon)['presswatch_source_silent{source="rss"}'], 0)


if __name__ == "__main__":
    unittest.main()
