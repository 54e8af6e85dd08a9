"""The whole path from a source to an alert at a subscriber."""
import json
import unittest

import zmq

from harness import STORY, Case, Log, source, wait_for


class Alerts(Case):
    def test_each_item_of_an_api_raises_its_alert(self):
        items = [{"key": 1, "title": "Iran opens a port"}]
        self.site.routes["/api"] = lambda h: h.answer(200, json.dumps({"items": items}), "application/json")
        fields = 'items = "/items"\ntitle = "/title"\ninterval = "300ms"'
        daemon = self.daemon(source("plain", "json", self.site.url + "/api", fields) +
                             source("keyed", "json", self.site.url + "/api", fields + '\nitem_id = "/key"')).start()
        log = Log(daemon)
        log.collect("the first item's alert of both sources", lambda got: len(got) >= 2)
        items.append({"key": 2, "title": "Tehran hosts a fair"})
        alerts = log.collect("the second item's", lambda got: len(got) >= 2)
        self.assertEqual({(one["source"]["id"], one["article"]["title"]) for one in alerts},
                         {("plain", "Tehran hosts a fair"), ("keyed", "Tehran hosts a fair")})

    def test_each_kind_of_source_gives_its_alert_with_the_whole_budget(self):
        self.site.page("/a", "Talks in Tehran end", STORY)
        self.site.page("/b", "Iran opens a railway", STORY)
        self.site.page("/c", "A visit to Iran", STORY)
        self.site.feed("/rss", [("/a", "Talks in Tehran end", "short")])
        self.site.routes["/map.xml"] = lambda handler: handler.answer(
            200, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{self.site.url}/b</loc></url>'
                 "</urlset>", "application/xml")
        self.site.routes["/list"] = lambda handler: handler.answer(
            200, '<html><body><ul class="news"><li><a href="/c">A visit to Iran</a></li></ul></body></html>')
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")
                             + source("map", "sitemap", self.site.url + "/map.xml")
                             + source("list", "webpage", self.site.url + "/list",
                                      'interval = "300ms"\nlinks = "ul.news a"')).start()
        alerts = Log(daemon).collect("three alerts", lambda got: len(got) >= 3)
        self.assertEqual({one["source"]["id"] for one in alerts}, {"rss", "map", "list"})
        self.assertEqual([one["_seq"] for one in alerts], [1, 2, 3])
        for alert in alerts:
            self.assertEqual(alert["watchlist"]["id"], "iran")
            latency = {name: int(value) for name, value in alert["latency"].items()}
            way = [latency[name] for name in ("seenMs", "fetchedMs", "matchedMs", "committedMs", "sentMs")]
            self.assertEqual(way, sorted(way))
            self.assertGreater(way[0], 0)

    def test_the_page_around_the_article_raises_no_alert(self):
        # The navigation and footer of every page mention Iran and Israel.
        self.site.page("/plain", "Weather is fine", STORY)
        self.site.page("/hit", "Iran again", STORY)
        items = [("/plain", "Weather is fine", "sun"), ("/hit", "Iran again", "x")]
        self.site.feed("/rss", items)
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()
        alerts = Log(daemon).collect("the alert", lambda got: len(got) >= 1)
        wait_for("both items", lambda: daemon.source("rss")["items"] == 2)
        self.assertEqual([one["article"]["title"] for one in alerts + Log(daemon).new()[1:]], ["Iran again"])

    def test_matches_say_where_in_the_text(self):
        self.site.page("/a", "A meeting", ["Ministers flew to Tehran on Monday. " + STORY[0], STORY[1]])
        self.site.feed("/rss", [("/a", "A meeting", "x")])
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()
        alert = Log(daemon).collect("the alert", lambda got: got)[0]
        hit = alert["matches"][0]
        text = alert["article"]["text"].encode()
        self.assertEqual(text[int(hit.get("begin", 0)):int(hit["end"])].decode(), "Tehran")
        self.assertIn("Tehran", alert["sentence"])

    def test_live_messages_have_three_frames_and_heartbeats(self):
        items = []
        self.site.feed("/rss", items)
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()
        live = zmq.Context.instance().socket(zmq.SUB)
        self.addCleanup(live.close, 0)
        live.setsockopt(zmq.RCVTIMEO, 20000)
        live.connect(daemon.live)
        live.subscribe(b"A/")
        live.subscribe(b"H")
        topic, header, body = live.recv_multipart()
        self.assertEqual(topic, b"H")
        self.site.page("/late", "News from Iran", STORY)
        items.append(("/late", "News from Iran", "x"))
        while topic == b"H":
            topic, header, body = live.recv_multipart()
        self.assertEqual(topic, b"A/iran/rss")
        self.assertEqual((header[:2], len(header)), (b"PW", 64))
        self.assertEqual(json.loads(body)["article"]["title"], "News from Iran")

    def test_an_unchanged_feed_is_asked_conditionally(self):
        def serve(handler):
            if handler.headers.get("If-None-Match") == '"v1"':
                handler.answer(304, "")
            else:
                handler.answer(200, f"<rss><channel><item><title>Iran</title><link>{self.site.url}/a</link></item>"
                                    "</channel></rss>", "application/rss+xml", [("ETag", '"v1"')])

        self.site.page("/a", "Iran", STORY)
        self.site.routes["/rss"] = serve
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()
        Log(daemon).collect("the alert", lambda got: got)
        wait_for("a 304", lambda: daemon.ask("status")["fetch"]["not_modified"] >= 2)
        self.assertEqual(daemon.source("rss")["state"], "ok")


if __name__ == "__main__":
    unittest.main()
