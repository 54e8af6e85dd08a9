"""Bus clients that request too much, read too little or violate the protocol: other clients and the daemon are unaffected."""
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import unittest

import zmq

from harness import BIN, SANITIZED, Case, Log, free_port, source, wait_for

ROUNDS = int(os.environ.get("PRESSWATCH_FLOOD_ROUNDS", "5"))
GREETING = b"\xff" + b"\0" * 8 + b"\x7f\x03\x00NULL" + b"\0" * 48
PING = b"\x04\x07\x04PING\0\0"
REQUEST = b"\x01\x00" + b"\x01\x04PWQ1" + b"\x00\x0d" + b'{"op":"head"}'

GREEDY = """
import sys, time, zmq
one = zmq.Context().socket(zmq.DEALER)
one.setsockopt(zmq.LINGER, 0)
one.connect(sys.argv[1])
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    try:
        one.send_multipart([b"", b"PWQ1", b'{"op":"replay","after":0,"max":500}'], zmq.NOBLOCK)
    except zmq.Again:
        time.sleep(0.001)
    while one.poll(0):
        one.recv_multipart()
"""


def ready(kind):
    body = b"\x05READY\x0bSocket-Type" + struct.pack(">I", len(kind)) + kind
    return b"\x04" + bytes([len(body)]) + body


def port_of(endpoint):
    return int(endpoint.rsplit(":", 1)[1])


class BusLoad(Case):
    def setUp(self):
        super().setUp()
        self.context = zmq.Context()
        self.addCleanup(self.context.destroy, 0)  # closes its sockets too
        words = "word " * 400
        self.site.feed("/rss", [(f"/{n}", f"Iran, item {n}", words) for n in range(120)])
        self.made = self.daemon(source("rss", "feed", self.site.url + "/rss", 'interval = "300ms"\nfetch_pages = false'))
        self.made.start()
        wait_for("the log", lambda: (self.head() or {}).get("head", 0) >= 120)

    def head(self):
        return Log(self.made).request(op="head")[0]

    def memory(self, which):
        """MiB."""
        with open(f"/proc/{self.made.process.pid}/status", encoding="utf-8") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(which)) // 1024

    def rss(self):
        """The most there ever was."""
        return self.memory("VmHWM")

    def raw(self, endpoint, kind):
        """A connection after the handshake."""
        one = socket.create_connection(("127.0.0.1", port_of(endpoint)), 30)
        self.addCleanup(one.close)
        one.sendall(GREETING + ready(kind))
        answer = b""
        while b"READY" not in answer:
            answer += one.recv(1000)
        return one

    def greedy(self, seconds):
        one = subprocess.Popen([sys.executable, "-c", GREEDY, self.made.log, str(seconds)])
        self.addCleanup(one.wait)
        self.addCleanup(one.kill)
        return one

    def heartbeats(self):
        one = self.context.socket(zmq.SUB)
        one.subscribe(b"H")
        one.connect(self.made.live)
        return one

    def lives(self):
        """Asserts that the bus responds and sends heartbeats."""
        self.made.died()
        wait_for("an answer", self.head)
        beats = self.heartbeats()
        for _ in range(2):
            self.assertTrue(beats.poll(30_000), "no heartbeat")
            beats.recv_multipart()
        self.made.died()

    def test_greedy_clients_starve_neither_heartbeats_nor_others_nor_the_stop(self):
        beats = self.heartbeats()
        self.assertTrue(beats.poll(30_000))
        for _ in range(2):
            self.greedy(120)
        wait_for("the flood", lambda: self.made.ask("status")["bus"]["requests"] > 3000)
        start = time.monotonic()
        for _ in range(20):
            self.assertTrue(beats.poll(20_000), "no heartbeat")
            beats.recv_multipart()
        # 20 at 200 ms each, plus a margin for a busy machine.
        self.assertLess(time.monotonic() - start, 30)
        self.assertIsNotNone(self.head())
        self.assertLess(self.rss(), 400)
        start = time.monotonic()
        self.assertEqual(self.made.stop(), 0)
        self.assertLess(time.monotonic() - start, 12)  # otherwise it was killed

    def test_who_asks_too_much_at_once_is_told_to_come_again(self):
        one = self.context.socket(zmq.DEALER)
        one.connect(self.made.log)
        for n in range(3000):
            one.send_multipart([b"PWQ1", json.dumps({"op": "head", "req": str(n)}).encode()])
        seen = {}
        while "busy" not in seen or "ok" not in seen:
            self.assertTrue(one.poll(30_000), seen)
            reply = json.loads(one.recv_multipart()[1])
            seen[reply["status"]] = reply
        self.assertGreater(seen["busy"]["retry_ms"], 0)
        self.assertTrue(seen["busy"]["req"].isdigit())
        self.assertIn("refused as busy", wait_for("the line", lambda: self.made.output()
                                                  if "refused as busy" in self.made.output() else None))

    def test_replies_that_nobody_reads_are_bounded(self):
        stuck = []
        for _ in range(60):
            one = self.context.socket(zmq.DEALER)
            for option, value in ((zmq.RCVHWM, 1), (zmq.RCVBUF, 4096), (zmq.LINGER, 0)):
                one.setsockopt(option, value)
            one.connect(self.made.log)
            for _ in range(40):
                one.send_multipart([b"PWQ1", b'{"op":"replay","after":0}'])
            stuck.append(one)
        wait_for("their requests", lambda: self.made.ask("status")["bus"]["requests"] >= 60 * 40)
        self.lives()
        self.assertLess(self.rss(), 250)

    def test_a_message_without_an_end_is_cut(self):
        for endpoint, kind in ((self.made.log, b"DEALER"), (self.made.live, b"SUB")):
            one = self.raw(endpoint, kind)
            part = (b"\x03" + struct.pack(">Q", 8000) + b"x" * 8000) * 20
            sent = 0
            with self.assertRaises(ConnectionError):
                while sent < 2_000_000_000:
                    sent += one.send(part)
            self.lives()
        self.assertLess(self.rss(), 400)
        self.assertIn("no whole message", self.made.output())

    def test_subscriptions_of_one_client_are_bounded(self):
        beats = self.heartbeats()
        self.assertTrue(beats.poll(30_000), "no heartbeat")
        before = self.memory("VmRSS")
        for _ in range(3):
            one = self.raw(self.made.live, b"SUB")
            rest = memoryview(b"".join(b"\x00" + bytes([1 + len(prefix)]) + b"\x01" + prefix for prefix in (
                f"A/{number:06d}-{'x' * 70}/".encode() for number in range(100_000))))
            with self.assertRaises(ConnectionError):
                while rest:
                    rest = rest[one.send(rest):]
                while one.recv(65536):  # all was sent, and now it is closed
                    pass
                raise ConnectionError
        self.lives()
        if not SANITIZED:
            self.assertLess(self.memory("VmHWM") - before, 32)
        self.assertGreaterEqual(self.made.ask("status")["bus"]["closed"], 3)
        self.assertRegex(self.made.output(), "closed a connection of LIVE: it (sent|has more than)")

    def test_long_polls_of_one_client_do_not_end_the_wait_of_another(self):
        one = self.context.socket(zmq.DEALER)
        one.connect(self.made.log)
        for _ in range(300):
            one.send_multipart([b"PWQ1", b'{"op":"replay","after":120,"wait_ms":30000}'])
        refused = json.loads(one.recv_multipart()[1]) if one.poll(30_000) else {}
        self.assertEqual(refused.get("status"), "busy")
        start = time.monotonic()
        reply, _ = Log(self.made).request(op="replay", after=120, wait_ms=2000)
        self.assertEqual(reply["status"], "ok")
        self.assertGreater(time.monotonic() - start, 1.9)

    def test_clients_that_leave_in_the_middle_of_a_flood_do_not_end_it(self):
        """libzmq 4.3.4 aborts if a connection with stalled input breaks while a heartbeat is due."""

        def flood(endpoint, kind, message):
            one = self.raw(endpoint, kind)
            one.settimeout(5)
            data = (message * 3 + PING) * 200
            end = time.monotonic() + 0.2
            try:
                while time.monotonic() < end:
                    one.send(data)
            except OSError:
                pass  # disconnected
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            one.close()

        for _ in range(ROUNDS):
            floods = [threading.Thread(target=flood, args=one) for one in (
                (self.made.log, b"DEALER", REQUEST), (self.made.log, b"DEALER", REQUEST),
                (self.made.live, b"SUB", b"\x00\x03\x01A/"))]
            for one in floods:
                one.start()
            for one in floods:
                one.join()
            self.made.died()
        for one in [self.greedy(2) for _ in range(3)]:
            one.wait()
        # The heartbeats that would be its end are due 2 s after a connection was made, as is the one of this connection.
        late = self.raw(self.made.live, b"SUB")
        heard = b""
        while b"\x04PING" not in heard:
            heard += late.recv(1000) or self.fail("closed")
        self.lives()


class Descriptors(Case):
    LIMIT = 256

    def test_who_holds_connections_keeps_nobody_from_the_control_socket(self):
        port = free_port()
        made = self.daemon(source("rss", "feed", self.site.url + "/rss"),
                           store=f'[websub]\nlisten = "127.0.0.1:{port}"\ncallback = "http://127.0.0.1:{port}/w"\n')
        made.start(descriptors=self.LIMIT)
        early = Log(made)
        held = []
        for address, hello in ((port_of(made.live), GREETING + ready(b"SUB")),
                               (port_of(made.log), GREETING + ready(b"DEALER")), (port, b"POST /w/x HTTP/1.1\r\n")):
            for _ in range(self.LIMIT):
                try:
                    one = socket.create_connection(("127.0.0.1", address), 30)
                    self.addCleanup(one.close)
                    held.append(one)
                    one.sendall(hello)
                except ConnectionError:
                    pass  # closed already
        # Some are closed again: then all that may stay have been accepted.
        wait_for("the limits", lambda: made.ask("status")["bus"]["closed"] > self.LIMIT
                 and "a callback was refused: too many connections" in made.output())
        for _ in range(10):
            self.assertEqual(made.ask("status")["sources"], 1)
        for one in held:
            one.close()
        wait_for("an answer", lambda: early.request(op="head")[0])
        self.assertEqual(made.stop(), 0)


class Survival(Case):
    def test_a_closed_pipe_behind_stderr_does_not_end_it(self):
        made = self.daemon(source("rss", "feed", self.site.url + "/rss"))
        made.start()
        made.kill()
        made.process = subprocess.Popen([BIN / "presswatchd", "--config", made.config], stderr=subprocess.PIPE)
        wait_for("the daemon", lambda: made.ask("status", check=False))
        made.process.stderr.close()
        for _ in range(3):
            made.process.send_signal(signal.SIGHUP)  # reported on stderr
            wait_for("an answer", lambda: made.ask("status", check=False))
        self.assertEqual(made.stop(), 0)


if __name__ == "__main__":
    unittest.main()
