"""A feed with a hub: the daemon subscribes, accepts only signed deliveries, renews its lease and polls rarely."""
import hashlib
import hmac
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from harness import PATIENCE, STORY, Case, Log, free_port, source, wait_for


class Hub:
    """Confirms every subscription as specified by WebSub, with a lease of `lease` seconds."""

    def __init__(self, lease):
        self.lease = lease
        self.longest = 0  # longest lease confirmed
        self.asked = []
        self.echoes = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                fields = {key: values[0] for key, values in urllib.parse.parse_qs(form).items()}
                hub.asked.append(fields)
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()
                threading.Thread(target=hub.confirm, args=(fields,)).start()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.2", 0), Handler)
        self.url = f"http://127.0.0.2:{self.server.server_address[1]}/hub"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def confirm(self, fields):
        lease = self.lease
        query = urllib.parse.urlencode({"hub.mode": "subscribe", "hub.topic": fields["hub.topic"],
                                        "hub.challenge": "c & c", "hub.lease_seconds": lease})
        answer = call(fields["hub.callback"] + "?" + query)
        self.longest = max(self.longest, lease)
        self.echoes.append(answer)

    def deliver(self, body, method="sha256", secret=None):
        fields = self.asked[-1]
        key = (secret or fields["hub.secret"]).encode()
        signature = f"{method}=" + hmac.new(key, body.encode(), getattr(hashlib, method)).hexdigest()
        return call(fields["hub.callback"], body.encode(), {"X-Hub-Signature": signature,
                                                            "Content-Type": "application/rss+xml"})

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def call(url, data=None, headers=()):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, dict(headers)), timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except (urllib.error.URLError, ConnectionError):
        return 0, ""


class WebSub(Case):
    def begin(self, lease):
        self.hub = Hub(lease)
        self.addCleanup(self.hub.close)
        self.items = ["/a"]
        self.polls = []
        self.site.routes["/rss"] = self.serve
        for path in ("/a", "/b", "/c"):
            self.site.page(path, f"Iran in story {path[1]}", STORY)
        callback = f"http://127.0.0.1:{free_port()}/websub"
        websub = f'[websub]\nlisten = "{callback[7:-7]}"\ncallback = "{callback}"\n'
        self.site.feed("/plain", [])  # of another host, without a hub
        daemon = self.daemon(source("a", "feed", self.site.url + "/rss")
                             + source("plain", "feed", self.site.url.replace(".0.1", ".0.3") + "/plain"),
                             store=websub).start()
        self.log = Log(daemon)
        self.log.collect("the first alert", lambda got: got)
        wait_for("the confirmation", lambda: self.hub.echoes)
        return daemon

    def serve(self, handler):
        self.polls.append(time.monotonic())
        handler.answer(200, self.rss(self.items), "application/rss+xml")

    @staticmethod
    def due(daemon):
        return datetime.fromisoformat(daemon.source("a")["next_due"] or "1970-01-01T00:00:00+00:00")

    def rss(self, paths):
        entries = "".join(f"<item><title>Iran in story {path[1]}</title><link>{self.site.url}{path}</link>"
                          f"<guid>{path}</guid></item>" for path in paths)
        return ('<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>t</title>'
                f'<atom:link rel="hub" href="{self.hub.url}"/><atom:link rel="self" href="{self.site.url}/rss"/>'
                f"{entries}</channel></rss>")

    def test_a_delivery_is_read_and_polls_go_down(self):
        daemon = self.begin(lease=86400)
        self.assertEqual(self.hub.echoes[0], (200, "c & c"))
        self.assertEqual(self.hub.asked[0]["hub.topic"], self.site.url + "/rss")
        self.assertEqual(self.hub.deliver(self.rss(["/b"]))[0], 202)
        alerts = self.log.collect("the delivered alert", lambda got: got)
        self.assertEqual(alerts[0]["article"]["title"], "Iran in story b")
        self.assertIn("railways", alerts[0]["article"]["text"])
        self.items.insert(0, "/b")
        far = datetime.now(timezone.utc) + timedelta(minutes=1)
        wait_for("the next poll to be far off", lambda: self.due(daemon) > far)
        before = len(self.polls)
        daemon.let_turns_pass("plain", 7)
        self.assertEqual(len(self.polls), before)
        self.assertEqual(self.hub.deliver(self.rss(["/c", "/b"]), "sha1")[0], 202)
        alerts = self.log.collect("the next alert", lambda got: got)
        self.assertEqual([one["article"]["title"] for one in alerts], ["Iran in story c"])

    def test_a_hub_that_has_not_delivered_is_not_relied_on(self):
        self.begin(lease=86400)
        before = len(self.polls)
        wait_for("more polls", lambda: len(self.polls) > before + 2)
        self.items.insert(0, "/b")
        self.log.collect("the polled alert", lambda got: got)

    def test_only_who_knows_the_secret_is_believed(self):
        daemon = self.begin(lease=86400)
        self.assertEqual(self.hub.deliver(self.rss(["/b"]), secret="guessed")[0], 202)
        wait_for("its refusal", lambda: "without the right signature is ignored" in daemon.output())
        self.assertEqual(self.hub.deliver(self.rss(["/c"]))[0], 202)
        alerts = self.log.collect("the signed delivery's alert", lambda got: got)
        self.assertEqual([one["article"]["title"] for one in alerts], ["Iran in story c"])
        callback = self.hub.asked[0]["hub.callback"]
        self.assertEqual(call(callback[:-1] + "x", b"<rss/>")[0], 410)
        wrong = urllib.parse.urlencode({"hub.mode": "subscribe", "hub.topic": "http://other.example/",
                                        "hub.challenge": "x"})
        self.assertEqual(call(callback + "?" + wrong)[0], 404)

    def test_a_lease_is_renewed_before_it_ends_and_kept_over_a_restart(self):
        daemon = self.begin(lease=4)
        self.hub.deliver(self.rss(["/b"]))
        wait_for("the renewal", lambda: len(self.hub.asked) >= 2)
        self.assertEqual(self.hub.asked[0]["hub.callback"], self.hub.asked[1]["hub.callback"])
        self.hub.lease = 86400
        wait_for("the long lease", lambda: self.hub.longest == 86400 and len(self.hub.echoes) == len(self.hub.asked))
        asked = len(self.hub.asked)
        daemon.stop()
        daemon.start()
        wait_for("the callback's server", lambda: self.hub.deliver(self.rss(["/c"]))[0] == 202)
        self.log.collect("the alert", lambda got: any(a["article"]["title"] == "Iran in story c" for a in got))
        self.assertEqual(len(self.hub.asked), asked)


if __name__ == "__main__":
    unittest.main()
