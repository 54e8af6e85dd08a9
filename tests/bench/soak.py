#!/usr/bin/env python3
"""What grows in a daemon that never runs out of news: prints its memory every minute.

usage: PRESSWATCH_BIN=build/release/bin soak.py [--minutes 15] [--sources 60] [--articles 8] [--most MiB]

The feeds list --articles new articles a second in all, each with a page of its own; one in ten raises an alert, which
`presswatch tail` follows. With --most, the exit code is 1 if the resident memory was ever above it.
"""
import argparse
import random
import subprocess
import sys
import time
from email.utils import formatdate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "integration"))
from harness import BIN, Daemon, Site, source  # noqa: E402

LISTED = 20  # articles of a feed
WORDS = [f"{a}{b}{c}" for a in ("mar", "tel", "os", "vin", "quar", "bel", "dor", "ham") for b in ("a", "e", "ino", "uri")
         for c in ("n", "sto", "reth", "lia", "k", "dom", "vey", "tz", "ra", "phil")]


class Newspapers:
    """`count` feeds that together publish `rate` articles a second, since the object was made."""

    def __init__(self, site, count, rate):
        self.gap = count / rate
        self.begun = time.time() - LISTED * self.gap
        for number in range(count):
            site.routes[f"/feed/{number}"] = lambda handler, number=number: self.feed(handler, number)
        site.routes["/page"] = self.page

    def newest(self, number):
        return int((time.time() - self.begun) / self.gap + number * 0.618 % 1)

    @staticmethod
    def title(rng):
        name = ["Quintara"] if rng.random() < 0.1 else []
        return " ".join(name + rng.choices(WORDS, k=8)).capitalize()

    def feed(self, handler, number):
        newest = self.newest(number)
        items = []
        for index in range(newest, newest - LISTED, -1):
            link = f"{self.address(handler)}/page?{number}-{index}"
            date = formatdate(self.begun + index * self.gap, usegmt=True)
            title = self.title(random.Random(f"{number}-{index}"))
            items.append(f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{date}</pubDate>"
                         "</item>")
        handler.answer(200, f'<rss version="2.0"><channel><title>Paper {number}</title>{"".join(items)}</channel></rss>',
                       "application/rss+xml")

    def page(self, handler):
        rng = random.Random(handler.path.split("?")[1])
        title = self.title(rng)
        text = "".join(f"<p>{' '.join(rng.choices(WORDS, k=90)).capitalize()}.</p>" for _ in range(6))
        handler.answer(200, f"<!doctype html><html lang=en><head><title>{title}</title></head><body><article>"
                            f"<h1>{title}</h1>{text}</article></body></html>")

    @staticmethod
    def address(handler):
        return "http://" + handler.headers["Host"]


def memory_of(process):
    """KiB by kind, from the kernel."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) for line in lines}


def row(daemon, minutes):
    memory = memory_of(daemon.process.pid)
    status = daemon.ask("status")
    state = sum(file.stat().st_size for file in (daemon.folder / "state").iterdir())
    tasks = len(list(Path(f"/proc/{daemon.process.pid}/task").iterdir()))
    open_files = len(list(Path(f"/proc/{daemon.process.pid}/fd").iterdir()))
    print(f"{minutes:6.1f} {status['items']:9} {status['alerts']:8} {memory['Rss'] / 1024:8.1f} "
          f"{memory['Anonymous'] / 1024:8.1f} {state / 2**20:10.1f} {tasks:8} {open_files:6}", flush=True)
    return memory["Rss"] / 1024


def watch(daemon, minutes):
    """Prints a row every minute, and returns the highest resident memory."""
    print("minute  articles   alerts  RSS MiB anon MiB  store MiB  threads  files")
    begun = time.monotonic()
    highest, passed = row(daemon, 0), 0.0
    while passed < minutes:
        time.sleep(max(1.0, min(60, (minutes - passed) * 60)))
        passed = (time.monotonic() - begun) / 60
        highest = max(highest, row(daemon, passed))
    return highest


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--sources", type=int, default=60)
    parser.add_argument("--articles", type=float, default=8, help="new ones a second")
    parser.add_argument("--most", type=float, help="MiB of resident memory")
    return parser.parse_args()


def main():
    given = parse_arguments()
    site = Site()
    # Each of the loopback addresses is a host of its own to the daemon.
    hosts = [site.url.replace("127.0.0.1", f"127.0.0.{1 + n % 3}") for n in range(given.sources)]
    sources = "".join(source(f"paper-{n}", "feed", f"{hosts[n]}/feed/{n}", 'interval = "10s"')
                      for n in range(given.sources))
    daemon = Daemon(site, sources, '[[watchlist]]\nid = "q"\nkeywords = ["Quintara"]\n')
    Newspapers(site, given.sources, given.articles)
    reader = None
    try:
        daemon.start()
        reader = subprocess.Popen([BIN / "presswatch", "tail", "--json", "--config", daemon.config],
                                  stdout=subprocess.DEVNULL)
        highest = watch(daemon, given.minutes)
        daemon.stop()
    finally:
        if reader:
            reader.kill()
            reader.wait()
        daemon.close()
        site.close()
    return 1 if given.most and highest > given.most else 0


if __name__ == "__main__":
    sys.exit(main())
