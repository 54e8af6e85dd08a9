"""One working source among five hundred hosts that accept connections but never respond."""
import asyncio
import os
import threading
import unittest

from harness import SANITIZED, STORY, Case, Log, OnTime, free_port, source, wait_for

HOSTS = 500
FIRST = 45  # seconds on an idle machine until the first alert of a source that was never polled
LATER = 3   # until an alert from a host that is known to respond
PAGE = 10   # until an alert whose page is on a host that was never contacted
STOP = 15


class SilentServer:
    """Accepts connections on all loopback addresses and keeps them open."""

    def __init__(self):
        self.port = free_port()
        self.hosts = set()
        self.open = 0
        self.most_open = 0
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()

        async def hold(reader, writer):
            self.hosts.add(writer.get_extra_info("sockname")[0])
            self.open += 1
            self.most_open = max(self.most_open, self.open)
            try:
                while await reader.read(4096):
                    pass
            except ConnectionError:
                pass
            self.open -= 1
            writer.close()

        async def serve():
            self.server = await asyncio.start_server(hold, "0.0.0.0", self.port, backlog=1024)
            ready.set()

        self.loop.create_task(serve())
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        ready.wait()

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.server.close()


class Watch:
    """Records the maximum number of threads and the peak memory of a process."""

    def __init__(self, pid):
        self.status = f"/proc/{pid}/status"
        self.threads = self.mib = 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()

    def look(self):
        while not self.done.wait(0.1):
            with open(self.status, encoding="ascii") as status:
                fields = dict(line.split(":", 1) for line in status)
            self.threads = max(self.threads, int(fields["Threads"]))
            self.mib = max(self.mib, int(fields["VmHWM"].split()[0]) // 1024)

    def close(self):
        self.done.set()
        self.thread.join()


class HangingHosts(Case):
    def setUp(self):
        super().setUp()
        self.silent = SilentServer()
        self.addCleanup(self.silent.close)
        self.items = []
        self.site.routes["/rss"] = self.feed

    def feed(self, handler):
        items = "".join(f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid></item>"
                        for link, title in list(self.items))
        handler.answer(200, f"<rss><channel><title>t</title>{items}</channel></rss>", "application/rss+xml")

    def publish(self, number, host="127.0.0.1"):
        title = f"Iran in the news, part {number}"
        self.site.page(f"/{number}", title, STORY)
        self.items.append((self.site.url.replace("127.0.0.1", host) + f"/{number}", title))

    def seconds(self, log, most):
        """Returns the time until the next alert."""
        with OnTime(self, most, "an alert") as it:
            alerts = log.collect("an alert", lambda got: got)
        self.assertEqual(len(alerts), 1)
        self.assertFalse(alerts[0]["article"].get("partial", False))
        return it.took

    def stopped(self, daemon):
        """Returns how many seconds the daemon takes to stop cleanly."""
        with OnTime(self, STOP, "the end") as it:
            self.assertEqual(daemon.stop(), 0, daemon.output()[-2000:])
        return it.took

    def crowd(self):
        return "".join(source(f"silent{i}", "feed", f"http://127.1.{i // 250}.{i % 250 + 1}:{self.silent.port}/rss")
                       for i in range(HOSTS))

    def test_a_source_that_answers_is_on_time_beside_hosts_that_hang(self):
        self.publish(0)
        daemon = self.daemon(self.crowd() + source("good", "feed", self.site.url + "/rss")).start()
        watch = Watch(daemon.process.pid)
        self.addCleanup(watch.close)
        log = Log(daemon)
        first = self.seconds(log, FIRST)
        later = []
        for number in range(1, 6):
            self.publish(number)
            later.append(self.seconds(log, LATER))
        self.publish(6, "127.0.0.2")
        elsewhere = self.seconds(log, PAGE)
        wait_for("a visit to every host", lambda: len(self.silent.hosts) == HOSTS)
        watch.close()
        stop = self.stopped(daemon)
        daemon.start()
        self.publish(7)
        restarted = self.seconds(log, LATER)
        stop = max(stop, self.stopped(daemon))
        print(f"\nfirst alert {first:.2f} s, later ones {max(later):.2f} s at most, a page elsewhere {elsewhere:.2f} s, "
              f"after a restart {restarted:.2f} s, stop {stop:.2f} s; {watch.threads} threads, {watch.mib} MiB, "
              f"{self.silent.most_open} connections", flush=True)
        self.assertLessEqual(self.silent.most_open, 64)
        self.assertLess(watch.threads, 32 + 16 + os.cpu_count())
        if not SANITIZED:
            self.assertLess(watch.mib, 96)


if __name__ == "__main__":
    unittest.main()
