"""The Python client receives every alert once and in order, whatever happens to the daemon or the client process."""
import random
import subprocess
import sys
import threading
import time
import unittest

import zmq

from harness import PATIENCE, ROOT, STORY, Case, free_port, source, wait_for

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
            self.add(f"Iran story number {number}")
            time.sleep(0.1)

    def add(self, title):
        path = f"/story{len(self.items)}"
        self.site.page(path, title, STORY)
        self.items.insert(0, (path, title, "x"))

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
        self.made.let_turns_pass("rss")
        self.add("Iran at the end")
        wait_for("the last alert", lambda: "at the end" in self.seen.read_text(encoding="utf-8"))
        numbers = [int(line.split()[0]) for line in self.lines()]
        self.assertEqual(numbers, list(range(1, self.STORIES + 2)))
        titles = {line.split(" ", 1)[1] for line in self.lines()}
        self.assertEqual(titles, {f"Iran story number {number}" for number in range(self.STORIES)} | {"Iran at the end"})

    def test_the_subscriber_is_killed_and_goes_on_where_it_was(self):
        self.subscribe()
        writer = threading.Thread(target=self.publish)
        writer.start()
        for _ in range(3):
            before = len(self.lines())
            wait_for("progress", lambda before=before: len(self.lines()) > before)
            self.client.kill()
            self.client.wait()
            self.subscribe()
        writer.join()
        wait_for("all alerts", lambda: len(set(self.lines())) >= self.STORIES)
        numbers = [int(line.split()[0]) for line in self.lines()]
        self.assertEqual(sorted(set(numbers)), list(range(1, self.STORIES + 1)))
        # Only an alert that was being processed when the process died is delivered again.
        self.assertLessEqual(len(numbers), self.STORIES + 3)
        self.assertEqual(numbers, sorted(numbers))


class Busy(unittest.TestCase):
    def test_a_daemon_that_is_busy_is_asked_again_and_said_once(self):
        context = zmq.Context.instance()
        router = context.socket(zmq.ROUTER)
        self.addCleanup(router.close, 0)
        router.RCVTIMEO = 1000 * PATIENCE
        port = router.bind_to_random_port("tcp://127.0.0.1")

        def serve():
            header = b"PW\x01A" + bytes(16) + (7).to_bytes(8, "big") + bytes(36)
            for reply in ([b'{"status":"busy","why":"full","retry_ms":60}'],
                          [b'{"status":"busy","why":"full","retry_ms":60}'],
                          [b'{"status":"ok","log":"' + b"0" * 32 + b'","head":7,"n":1,"next":7,"now_ms":5}', header, b"{}"]):
                frames = router.recv_multipart()
                router.send_multipart([frames[0], b"", b"PWR1", *reply])

        server = threading.Thread(target=serve)
        server.start()
        self.addCleanup(server.join)
        sys.path.insert(0, str(ROOT / "clients/python"))
        from presswatch import Subscriber
        notices = []
        subscriber = Subscriber(since=60, live=f"tcp://127.0.0.1:{free_port()}", log=f"tcp://127.0.0.1:{port}",
                                notice=notices.append)
        self.assertEqual(next(iter(subscriber))["_seq"], 7)
        self.assertEqual(notices, ["the daemon is busy (full); asking again"])


if __name__ == "__main__":
    unittest.main()
