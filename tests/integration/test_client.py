"""The Python client: every alert once and in order, whatever happens to the daemon or to its own process."""
import json
import random
import subprocess
import sys
import threading
import time
import unittest

import zmq

from harness import ROOT, STORY, Case, source, wait_for

sys.path.insert(0, str(ROOT / "clients" / "python"))
from presswatch import Subscriber  # noqa: E402

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from presswatch import Subscriber
out = open(sys.argv[5], "a", buffering=1)
for alert in Subscriber(cursor=sys.argv[4], live=sys.argv[2], log=sys.argv[3], since=3600):
    out.write(f"{alert['_seq']} {alert['article']['title']}\\n")
"""


class Client(Case):
    STORIES = 40

    def setUp(self):
        super().setUp()
        self.items = []
        self.site.feed("/rss", self.items)
        self.made = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()
        self.seen = self.made.folder / "seen"
        self.seen.touch()
        self.client = None

    def subscribe(self):
        self.client = subprocess.Popen([sys.executable, "-c", PROGRAM, ROOT / "clients/python", self.made.live,
                                        self.made.log, self.made.folder / "cursor", self.seen])
        self.addCleanup(self.client.wait)
        self.addCleanup(self.client.kill)

    def publish(self):
        for number in range(self.STORIES):
            title = f"Iran story number {number}"
            self.site.page(f"/story{number}", title, STORY)
            self.items.insert(0, (f"/story{number}", title, "x"))
            time.sleep(0.1)

    def lines(self):
        return self.seen.read_text(encoding="utf-8").splitlines()

    def test_the_daemon_is_killed_and_the_subscriber_has_every_alert_once(self):
        self.subscribe()
        writer = threading.Thread(target=self.publish)
        writer.start()
        random.seed(3)
        for _ in range(3):
            time.sleep(random.uniform(0.3, 1.3))
            self.made.kill()
            self.made.start()
        writer.join()
        wait_for("all alerts", lambda: len(self.lines()) >= self.STORIES)
        time.sleep(1)
        numbers = [int(line.split()[0]) for line in self.lines()]
        self.assertEqual(numbers, list(range(1, self.STORIES + 1)))
        titles = {line.split(" ", 1)[1] for line in self.lines()}
        self.assertEqual(titles, {f"Iran story number {number}" for number in range(self.STORIES)})

    def test_the_subscriber_is_killed_and_goes_on_where_it_was(self):
        self.subscribe()
        writer = threading.Thread(target=self.publish)
        writer.start()
        for _ in range(3):
            time.sleep(1)
            self.client.kill()
            self.client.wait()
            self.subscribe()
        writer.join()
        wait_for("all alerts", lambda: len(set(self.lines())) >= self.STORIES)
        numbers = [int(line.split()[0]) for line in self.lines()]
        self.assertEqual(sorted(set(numbers)), list(range(1, self.STORIES + 1)))
        # An alert that was worked on when the process died comes again; no other does.
        self.assertLessEqual(len(numbers), self.STORIES + 3)
        self.assertEqual(numbers, sorted(numbers))


class BusyLog(unittest.TestCase):
    def test_a_busy_log_is_asked_again(self):
        context = zmq.Context()
        self.addCleanup(context.destroy, 0)
        log, live = context.socket(zmq.REP), context.socket(zmq.PUB)
        ports = [one.bind_to_random_port("tcp://127.0.0.1") for one in (log, live)]
        lines = []
        subscriber = Subscriber(log=f"tcp://127.0.0.1:{ports[0]}", live=f"tcp://127.0.0.1:{ports[1]}", since=60,
                                notice=lines.append)
        header = b"PW\x01A" + b"\x11" * 16 + (1).to_bytes(8, "big") * 3 + b"\x22" * 16 + b"\0" * 4
        page = {"status": "ok", "log": "11" * 16, "first": 1, "head": 1, "n": 1, "next": 1, "now_ms": 1}

        def answer():
            for reply in ([{"status": "busy", "retry_ms": 1}], [page, header, b"{}"]):
                log.recv_multipart()
                log.send_multipart([b"PWR1", json.dumps(reply[0]).encode(), *reply[1:]])

        server = threading.Thread(target=answer, daemon=True)
        server.start()
        self.assertEqual(next(iter(subscriber))["_seq"], 1)
        server.join()
        self.assertEqual(lines, [])  # it is not taken for a daemon that is away


if __name__ == "__main__":
    unittest.main()
