"""The daemon from a publisher's point of view: conditional requests, redirects, feeds that disappear or become empty."""
import json
import sqlite3
import threading
import unittest
from datetime import datetime, timedelta, timezone

import zmq

from harness import STORY, Case, Log, source, wait_for


class Manners(Case):
    def setUp(self):
        super().setUp()
        self.items = [("/i", "Iran in the news", "x")]
        self.site.page("/i", "Iran in the news", STORY)
        self.site.feed("/rss", self.items)
        self.whole = self.site.routes["/rss"]
        self.asked = []  # headers of each request to /feed

    def route(self, answer):
        def recorded(handler):
            self.asked.append(dict(handler.headers))
            answer(handler, len(self.asked))
        self.site.routes["/feed"] = recorded

    def feed(self, handler, headers=()):
        """The feed, with additional headers."""
        items = "".join(f"<item><title>{title}</title><link>{self.site.url}{path}</link><guid>{path}</guid></item>"
                        for path, title, _ in self.items)
        handler.answer(200, f"<rss><channel><title>t</title>{items}</channel></rss>", "application/rss+xml", list(headers))

    def start(self, path="/feed"):
        """Source a has the path that is under test; b is a whole feed of another host, which is polled as often."""
        self.site.feed("/other", [])
        daemon = self.daemon(source("a", "feed", self.site.url + path)
                             + source("b", "feed", self.site.url.replace(".0.1", ".0.2") + "/other")).start()
        self.addCleanup(daemon.stop)
        return daemon

    def health_of(self, daemon):
        """Returns a function that returns the next health event on LIVE, or None."""
        live = zmq.Context.instance().socket(zmq.SUB)
        self.addCleanup(live.close, 0)
        live.setsockopt(zmq.RCVTIMEO, 200)
        live.setsockopt(zmq.SUBSCRIBE, b"S/")
        live.setsockopt(zmq.SUBSCRIBE, b"H")
        live.connect(daemon.live)

        def receive():
            try:
                topic, header, body = live.recv_multipart()
            except zmq.Again:
                return None
            if topic == b"H":
                return None
            self.assertEqual(header[:4], b"PW\x01S")
            return json.loads(body)
        wait_for("a heartbeat", lambda: live.poll(200))
        return receive

    def test_validators_come_back_byte_for_byte_and_a_304_renews_them(self):
        tags = iter(['W/"one, two"', '"three"'])
        odd = "Tue, 03 Mar 2026 10:00:00 UTC"

        def answer(handler, number):
            if number == 1:
                self.feed(handler, [("ETag", next(tags)), ("Last-Modified", odd)])
            elif number == 2:
                handler.answer(304, "", headers=[("ETag", next(tags))])
            else:
                handler.answer(304, "")
        self.route(answer)
        daemon = self.start()
        wait_for("four polls", lambda: len(self.asked) >= 4)
        self.assertNotIn("If-None-Match", self.asked[0])
        self.assertEqual(self.asked[1]["If-None-Match"], 'W/"one, two"')
        self.assertEqual(self.asked[1]["If-Modified-Since"], odd)
        self.assertEqual(self.asked[2]["If-None-Match"], '"three"')
        self.assertEqual(self.asked[3]["If-None-Match"], '"three"')
        for headers in self.asked:
            self.assertIn("presswatch/", headers["User-Agent"])
            self.assertIn("gzip", headers["Accept-Encoding"])
            self.assertNotIn("Cookie", headers)
            self.assertNotIn("Referer", headers)
        row = wait_for("the counts", lambda: (lambda s: s if s["not_modified"] >= 3 else None)(daemon.source("a")))
        self.assertEqual(row["state"], "ok")

    def test_what_could_not_be_read_is_asked_for_without_validators(self):
        def answer(handler, number):
            if number == 2:
                handler.answer(200, "<html><body>maintenance</body></html>", "text/html", [("ETag", '"bad"')])
            else:
                self.feed(handler, [("ETag", '"good"')])
        self.route(answer)
        self.start()
        wait_for("three polls", lambda: len(self.asked) >= 3)
        self.assertEqual(self.asked[1]["If-None-Match"], '"good"')
        self.assertNotIn("If-None-Match", self.asked[2])

    def test_validators_stay_with_the_address_that_gave_them(self):
        target = {"to": "/one"}
        seen = {"/one": [], "/two": []}
        self.route(lambda handler, number: handler.answer(302, "", headers=[("Location", target["to"])]))

        def serve(path):
            def answer(handler):
                seen[path].append(handler.headers.get("If-None-Match"))
                self.feed(handler, [("ETag", f'"{path}"')])
            self.site.routes[path] = answer
        serve("/one")
        serve("/two")
        self.start()
        wait_for("two answers", lambda: len(seen["/one"]) >= 2)
        target["to"] = "/two"
        wait_for("two of the other", lambda: len(seen["/two"]) >= 2)
        self.assertEqual(seen["/one"][1], '"/one"')
        self.assertIsNone(seen["/two"][0])
        self.assertEqual(seen["/two"][1], '"/two"')

    def test_a_permanent_redirect_becomes_the_address_after_three_times_and_a_restart_keeps_it(self):
        self.route(lambda handler, number: handler.answer(301, "", headers=[("Location", "/new")]))
        self.site.routes["/new"] = self.feed
        daemon = self.start()
        row = wait_for("the new address", lambda: (lambda s: s if s["moved_to"] else None)(daemon.source("a")))
        self.assertTrue(row["moved_to"].endswith("/new"))
        wait_for("the reason", lambda: "moved permanently" in daemon.source("a")["reason"])
        self.assertEqual(len(self.asked), 3)
        daemon.stop()
        daemon.start()
        polls = daemon.source("a")["polls"]
        wait_for("polls after the restart", lambda: daemon.source("a")["polls"] >= polls + 2)
        self.assertEqual(len(self.asked), 3)
        del self.site.routes["/new"]
        wait_for("the old address again", lambda: len(self.asked) > 3)

    def test_what_is_gone_is_not_asked_again(self):
        end = threading.Event()
        self.route(lambda handler, number: handler.answer(410, "") if end.is_set() else self.feed(handler))
        daemon = self.start()
        wait_for("a poll", lambda: daemon.source("a")["state"] == "ok")
        events = self.health_of(daemon)
        end.set()
        event = wait_for("the event", lambda: (lambda e: e if e and e["state"] == "gone" else None)(events()))
        self.assertEqual(event["previous"], "ok")
        self.assertIn("410", event["reason"])
        asked = len(self.asked)
        daemon.let_turns_pass("b", 5)
        self.assertEqual(len(self.asked), asked)
        self.assertIsNone(daemon.source("a")["next_due"])

    def test_a_pause_that_was_asked_for_survives_a_restart(self):
        self.route(lambda handler, number: handler.answer(429, "", headers=[("Retry-After", "3600")]))
        daemon = self.start()
        wait_for("the pause", lambda: daemon.source("a")["state"] == "waiting")
        due = daemon.source("a")["next_due"]
        daemon.stop()
        daemon.start()
        daemon.let_turns_pass("b", 5)
        self.assertEqual(daemon.source("a")["next_due"], due)
        self.assertEqual(len(self.asked), 1)

    def skipping(self, hours=(), days=(), ttl=0):
        """A daemon whose feed requests to skip these hours and days (UTC) and to wait `ttl` minutes between polls."""
        skip = (f"<ttl>{ttl}</ttl>" if ttl else "") + ("<skipHours>" + "".join(f"<hour>{hour % 24}</hour>" for hour in hours) + "</skipHours><skipDays>"
                + "".join(f"<day>{day:%A}</day>" for day in days) + "</skipDays>")
        self.route(lambda handler, number: handler.answer(
            200, f"<rss><channel><title>t</title>{skip}</channel></rss>", "application/rss+xml"))
        self.site.feed("/other", [])
        daemon = self.daemon(source("a", "feed", self.site.url + "/feed", "" if ttl else 'interval = "300ms"')
                             + source("b", "feed", self.site.url.replace(".0.1", ".0.2") + "/other"))
        daemon.config.write_text(daemon.config.read_text().replace('max_interval = "2s"', 'max_interval = "2h"'))
        daemon.start()
        self.addCleanup(daemon.close)
        wait_for("a poll", lambda: daemon.source("a")["polls"])
        return daemon

    def due(self, daemon):
        return datetime.fromisoformat(daemon.source("a")["next_due"])

    def test_skipped_hours_move_the_next_poll_out_of_them_also_after_a_restart(self):
        # This hour and the next, in case the test runs past the hour.
        hour = datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0)
        end = hour + timedelta(hours=2)
        daemon = self.skipping(hours=(hour.hour, hour.hour + 1))
        self.assertEqual(self.due(daemon), end)
        daemon.stop()
        daemon.start()
        self.assertEqual(self.due(daemon), end)
        daemon.stop()
        with sqlite3.connect(next((daemon.folder / "state").glob("*.db"))) as store:
            store.execute("UPDATE sources SET next_due = 1")
        store.close()
        daemon.start()
        self.assertEqual(self.due(daemon), end)
        daemon.let_turns_pass("b", 5)
        self.assertEqual(len(self.asked), 1)

    def test_a_skipped_hour_holds_nothing_that_is_due_after_it(self):
        now = datetime.now(timezone.utc)
        daemon = self.skipping(hours=(now.hour,), ttl=60)
        self.assertLess(abs(self.due(daemon) - now - timedelta(hours=1)), timedelta(minutes=1))

    def test_an_hour_that_is_skipped_later_moves_a_poll_that_is_due_in_it(self):
        hour = datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0)
        daemon = self.skipping(hours=(hour.hour + 1, hour.hour + 2), ttl=60)
        self.assertEqual(self.due(daemon), hour + timedelta(hours=3))

    def test_a_feed_that_skips_all_hours_is_asked_all_the_same(self):
        self.skipping(hours=range(24))
        wait_for("more polls", lambda: len(self.asked) >= 3)

    def test_today_can_be_skipped(self):
        today = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
        daemon = self.skipping(days=(today, today + timedelta(days=1)))
        self.assertEqual(self.due(daemon), today + timedelta(days=2))

    def test_a_listing_that_runs_dry_is_an_alarm_on_the_bus_and_no_news(self):
        listing = {"html": '<ul class="n"><li><a href="/i">Iran in the news</a></li></ul>'}
        self.site.routes["/list"] = lambda h: h.answer(200, listing["html"], "text/html")
        daemon = self.daemon(source("a", "webpage", self.site.url + "/list", "links = 'ul.n a'")).start()
        self.addCleanup(daemon.stop)
        Log(daemon).collect("the alert", lambda got: got)
        events = self.health_of(daemon)
        listing["html"] = "<p>We have a new design</p>"
        event = wait_for("the alarm", lambda: (lambda e: e if e and e["state"] == "empty" else None)(events()))
        self.assertEqual(event["source"]["id"], "a")
        self.assertEqual((event["previous"], event["state"]), ("ok", "empty"))
        self.assertIn("layout changed", event["reason"])
        self.assertEqual(daemon.source("a")["state"], "empty")
        daemon.let_turns_pass("a")
        self.assertEqual(len(Log(daemon).new()), 1)
        board, _ = Log(daemon).request(op="health")
        self.assertEqual([one["state"] for one in board["sources"]], ["empty"])

    def test_a_removed_source_takes_its_leave_and_a_new_one_is_announced(self):
        self.site.feed("/feed", [])
        daemon = self.start()

        def board():
            return [one["source"]["id"] for one in Log(daemon).request(op="health")[0]["sources"]]
        both = (daemon.folder / "sources.d" / "test.toml").read_text(encoding="utf-8")
        daemon.let_turns_pass("a", 1)
        daemon.let_turns_pass("b", 1)
        events = self.health_of(daemon)
        daemon.write("sources.d/test.toml", source("b", "feed", self.site.url.replace(".0.1", ".0.2") + "/other"))
        daemon.ask("reload")
        event = wait_for("the last event", events)
        self.assertEqual((event["source"]["id"], event["state"]), ("a", "removed"))
        self.assertEqual(board(), ["b"])
        daemon.write("sources.d/test.toml", both)
        daemon.ask("reload")
        wait_for("both sources", lambda: board() == ["a", "b"])


if __name__ == "__main__":
    unittest.main()
