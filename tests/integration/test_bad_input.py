"""Misbehaving servers and feeds: each source reports the reason, and other sources are unaffected."""
import gzip
import unittest

from harness import STORY, Case, Log, source, wait_for


class BadInput(Case):
    def setUp(self):
        super().setUp()
        self.items = [("/good", "Iran is in the news", "x")]
        self.site.page("/good", "Iran is in the news", STORY)
        self.site.feed("/rss", self.items)
        routes = self.site.routes
        routes["/410"] = lambda h: h.answer(410, "")
        routes["/403"] = lambda h: h.answer(403, "no")
        routes["/429"] = lambda h: h.answer(429, "slow down", headers=[("Retry-After", "1")])
        routes["/500"] = lambda h: h.answer(500, "oops")
        routes["/loop"] = lambda h: h.answer(302, "", headers=[("Location", "/loop")])
        routes["/html"] = lambda h: h.answer(200, "<html><body><h1>Hello</h1></body></html>")
        routes["/empty"] = lambda h: h.answer(200, "", "application/rss+xml")
        whole = gzip.compress(b"<rss>" + b"<item><title>x</title></item>" * 9999)
        routes["/cut"] = lambda h: h.answer(200, whole[: len(whole) // 2], "application/rss+xml",
                                            [("Content-Encoding", "gzip")])
        bomb = gzip.compress(b" " * 100_000_000)
        routes["/bomb"] = lambda h: h.answer(200, bomb, "application/rss+xml", [("Content-Encoding", "gzip")])
        routes["/big"] = lambda h: h.answer(200, b" " * 100_000_000, "application/rss+xml")
        routes["/redirect-out"] = lambda h: h.answer(302, "", headers=[("Location", "ftp://127.0.0.1/feed")])

    def test_each_failure_has_its_reason_and_the_good_source_goes_on(self):
        expected = {
            "404": ("missing", "404"), "410": ("gone", "410"), "403": ("blocked", "403"), "500": ("failing", "500"),
            "loop": ("failing", "redirect"), "html": ("unreadable", "HTML"), "empty": ("unreadable", "empty"),
            "cut": ("ok", "is cut"), "bomb": ("failing", "bomb"), "big": ("failing", "max_body"), "redirect-out": ("refused", "ftp"),
            "429": ("waiting", "429"), "unreachable": ("failing", "connect"),
        }
        # 429 pauses the host, so this source and the good one use different names for the address.
        hosts = {"429": "127.0.0.3", "good": "127.0.0.2"}
        sources = source("good", "feed", self.site.url.replace("127.0.0.1", hosts["good"]) + "/rss")
        for name in expected:
            address = self.site.url.replace("127.0.0.1", hosts.get(name, "127.0.0.1"))
            sources += source(name, "feed", "http://127.0.0.1:1/feed" if name == "unreachable" else f"{address}/{name}")
        daemon = self.daemon(sources).start()
        alerts = Log(daemon).collect("the good source's alert", lambda got: got)
        self.assertEqual(alerts[0]["source"]["id"], "good")

        def settled():
            states = {one["id"]: one for one in daemon.ask("sources")["sources"]}
            return states if all(states[name]["state"] != "new" for name in expected) else None

        states = wait_for("every source's first turn", settled)
        for name, (state, reason) in expected.items():
            with self.subTest(name):
                self.assertEqual(states[name]["state"], state, states[name])
                self.assertIn(reason, states[name]["reason"])
        self.assertEqual(states["good"]["state"], "ok")

    def test_a_hostile_page_costs_its_item_nothing_but_the_text(self):
        self.site.routes["/deep"] = lambda h: h.answer(200, "<div>" * 200_000)
        self.items.insert(0, ("/deep", "Tehran under the divs", "A summary that names Iran"))
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()
        alerts = Log(daemon).collect("both alerts", lambda got: len(got) >= 2)
        self.assertEqual({one["article"]["title"] for one in alerts}, {"Tehran under the divs", "Iran is in the news"})

    def test_a_feed_in_another_charset_than_it_says_loses_no_item(self):
        rss = ("<rss version='2.0'><channel><item><title>Iran in a Caf\xe9</title><guid>1</guid></item>"
               "<item><title>Tehran</title><guid>2</guid></item></channel></rss>").encode("cp1252")
        self.site.routes["/utf8"] = lambda h: h.answer(200, rss, "application/rss+xml; charset=utf-8")
        self.site.routes["/unknown"] = lambda h: h.answer(200, rss, "application/rss+xml; charset=x-no-such")
        daemon = self.daemon(source("a", "feed", self.site.url + "/utf8") +
                             source("b", "feed", self.site.url + "/unknown")).start()
        alerts = Log(daemon).collect("an alert for each item of each feed", lambda got: len(got) >= 4)
        self.assertEqual({one["source"]["id"] for one in alerts}, {"a", "b"})

    def test_a_page_that_cannot_be_had_is_matched_by_what_the_feed_says(self):
        self.items.insert(0, ("/gone-page", "Iran without a page", "Only this summary"))
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()
        alerts = Log(daemon).collect("both alerts", lambda got: len(got) >= 2)
        partial = next(one for one in alerts if one["article"]["title"] == "Iran without a page")
        self.assertTrue(partial["article"]["partial"])

    def test_a_page_that_fails_for_a_while_is_had_later_in_whole(self):
        answers = iter([503])
        self.site.page("/late", "Iran after a while", STORY)
        whole = self.site.routes["/late"]

        def flaky(handler):
            status = next(answers, 200)
            if status == 200:
                whole(handler)
            else:
                handler.answer(status, "later")

        self.site.routes["/late"] = flaky
        self.items[:] = [("/late", "Iran after a while", "x")]
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()
        alert = Log(daemon).collect("the alert", lambda got: got)[0]
        self.assertIn("railways", alert["article"]["text"])
        daemon.let_turns_pass("rss")
        self.assertEqual(len(Log(daemon).new()), 1)

    def test_a_private_address_is_refused_unless_allowed(self):
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss"), fetch="")
        text = daemon.config.read_text().replace('allow_addresses = ["127.0.0.0/8"]', "")
        daemon.write("presswatch.toml", text)
        daemon.start()
        state = wait_for("the refusal", lambda: (lambda s: s if s["state"] == "refused" else None)(daemon.source("rss")))
        self.assertIn("127.0.0.1", state["reason"])
        self.assertEqual(self.site.requests, [])


if __name__ == "__main__":
    unittest.main()
