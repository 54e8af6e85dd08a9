#!/usr/bin/env python3
"""Measures the whole way of an article, from the page to the subscriber, on real pages.

usage: whole_way.py BIN... [options]        (BIN: a folder with presswatchd and presswatch)

A server in another process serves articles made from real pages, gzipped; the daemon polls its feed, fetches,
extracts, matches, stores and publishes them; a subscriber receives the alerts. Printed: articles per second of CPU time
of the daemon, which does not depend on what else the machine does, its peak memory, and how long alerts took from
"fetched" to "sent". With several BINs, each is measured in turn, and compared with the first.
"""
import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "integration")]

SIZES = {"218": (190_000, 250_000), "60": (50_000, 70_000)}  # KB: bounds whose pages have this mean
QUERIES = 1000
REGIMES = ("saturation", "third", "rest")
ALERT_EVERY = 5  # one article in this many raises an alert, besides those of the other queries
TICK = os.sysconf("SC_CLK_TCK")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage=argparse.SUPPRESS)
    parser.add_argument("bins", nargs="+", metavar="BIN", type=Path)
    parser.add_argument("--data", type=Path, default=HERE.parents[2] / "shared/data/extraction",
                        help="folder with the sets of pages (default: %(default)s)")
    parser.add_argument("--size", choices=[*SIZES, "both"], default="both", help="mean size of the pages, in KB")
    parser.add_argument("--articles", type=int, default=3000, help="articles of a run at saturation")
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--regime", choices=REGIMES, action="append", dest="regimes",
                        help="all articles at once, a third of that rate, or one article a second (default: each)")
    parser.add_argument("--seconds", type=float, default=60, help="duration of a run at a rate")
    parser.add_argument("--profile", type=Path, help="file for perf record, of the daemon's threads")
    return parser.parse_args()


def sentence(number):
    """A sentence that only this article has."""
    rng = random.Random(number)
    some = " ".join(rng.choices(WORDS, k=12))
    alert = "the Zorvane Accord" if number % ALERT_EVERY == 0 else "the accord"
    return f"Delegates of group {number} spoke about {alert} on Tuesday, and mentioned {some} before they left the room."


WORDS = ("harbour rail freight energy transport border minister embassy council price talks report court bridge "
         "school river market union storm budget").split()


def watchlists(pages):
    """Queries of which few match: pairs of words that stand together in only one of these, other articles."""
    rng = random.Random(1000)
    seen = Counter(pair for page in pages
                   for pair in set(re.findall(r"\b([a-z]{5,12} [a-z]{5,12})\b", page.text)))
    pairs = sorted(pair for pair, count in seen.items() if count == 1 and not set(pair.split()) & set(WORDS))
    forms = ('"{0} {1}"', "{0} NEAR/3 {1}", '"{0} {1}" AND {2}', '"{0} {1}" OR "{2} {3}"', '"{0} {1}" NOT {2}')
    out = ['[[watchlist]]\nid = "accord"\nquery = \'"Zorvane Accord"\'\n']
    for number in range(QUERIES - 1):
        words = []
        while len(set(words)) < 4:
            words = [word for pair in rng.sample(pairs, 2) for word in pair.split()]
        query = forms[number % len(forms)].format(*words)
        out.append(f"[[watchlist]]\nid = \"q{number}\"\nquery = '{query}'\n")
    return "".join(out)


class Subscriber(threading.Thread):
    """Receives alerts and keeps their bodies."""

    def __init__(self, endpoint):
        super().__init__(daemon=True)
        self.endpoint, self.bodies, self.done = endpoint, [], threading.Event()

    def run(self):
        import zmq
        live = zmq.Context.instance().socket(zmq.SUB)
        live.setsockopt(zmq.RCVHWM, 0)
        live.subscribe(b"A/")
        live.connect(self.endpoint)
        while not self.done.is_set():
            if live.poll(100):
                self.bodies.append(live.recv_multipart()[2])
        live.close(0)

    def latencies(self):
        return [{name.removesuffix("Ms"): int(value) for name, value in json.loads(body)["latency"].items()}
                for body in self.bodies]


def cpu_seconds(pid):
    """By name of thread; those of the pool have the name of the program."""
    spent = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            name, rest = (task / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue  # it has ended
        name = "loop" if task.name == str(pid) else "pool" if name == "presswatchd" else name
        fields = rest.split()
        spent[name] = spent.get(name, 0) + (int(fields[11]) + int(fields[12])) / TICK
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    spent["all"] = (int(fields[11]) + int(fields[12])) / TICK
    return spent


def peak_mib(pid):
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def processor():
    """As Linux names it."""
    return re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())[1]


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


class Run:
    """One measurement: server, daemon and subscriber, from the first listing to the last article."""

    def __init__(self, binaries, pages, queries, articles, rate, profile):
        import harness
        import page_server
        harness.BIN = binaries
        plan = page_server.Plan(pages, articles, rate, sentence)
        server = page_server.start(plan)
        self.daemon = harness.Daemon(None, harness.source("bench", "feed", f"http://127.0.0.1:{plan.port.value}/feed"),
                                     queries, fetch="max_per_host = 16", store="")
        text = self.daemon.config.read_text(encoding="utf-8")
        text = text.replace('min_gap = "10ms"', 'min_gap = "0ms"').replace('timeout = "5s"', 'timeout = "60s"')
        text = text.replace("[schedule]", f'[schedule]\nmax_age = "5000w"\nmax_items_per_poll = {articles}')
        self.daemon.write("presswatch.toml", text)
        subscriber = Subscriber(self.daemon.live)
        try:
            subscriber.start()
            self.daemon.start()
            time.sleep(1)  # connections and the first, empty polls
            self.measure(plan, articles, rate, profile)
            time.sleep(0.5)
        finally:
            subscriber.done.set()
            subscriber.join()
            self.daemon.close()
            server.kill()
        self.latencies = subscriber.latencies()
        if len(self.latencies) < articles // ALERT_EVERY:
            print(f"only {len(self.latencies)} alerts arrived of {articles // ALERT_EVERY} at least", file=sys.stderr)

    def measure(self, plan, articles, rate, profile):
        pid = self.daemon.process.pid
        before, begun = cpu_seconds(pid), time.monotonic()
        plan.begin()
        tracing = None
        if profile:
            tracing = subprocess.Popen(["perf", "record", "-q", "-F", "499", "-g", "-p", str(pid), "-o", profile])
        while True:
            time.sleep(0.5)
            items = self.daemon.ask("status")["items"]
            if items >= articles or (rate and time.monotonic() - begun > 3 * articles / rate + 60):
                break
            self.daemon.died()
        if tracing:
            tracing.terminate()
            tracing.wait()
        self.wall = time.monotonic() - begun
        after = cpu_seconds(pid)
        self.articles = items
        self.cpu = {name: spent - before.get(name, 0) for name, spent in after.items()}
        self.memory = peak_mib(pid)

    def rate_of_cpu(self):
        return self.articles / self.cpu["all"]

    def span(self, begin, end):
        return [one[end] - one[begin] for one in self.latencies]

    def line(self):
        sent = self.span("fetched", "sent")
        threads = ", ".join(f"{name} {spent / self.cpu['all']:.0%}" for name, spent in
                            sorted(self.cpu.items(), key=lambda one: -one[1])
                            if name != "all" and spent > 0.005 * self.cpu["all"])
        steps = " ".join(f"{begin}-{end} {percentile(self.span(begin, end), 0.5)}/{percentile(self.span(begin, end), 0.99)}"
                         for begin, end in (("fetched", "matched"), ("matched", "committed"), ("committed", "sent")))
        return (f"{self.articles:6} articles {self.wall:6.1f} s {self.rate_of_cpu():7.1f} per core-second "
                f"{self.memory:6.1f} MiB  fetched-sent p50 {percentile(sent, 0.5)} ms p99 {percentile(sent, 0.99)} ms "
                f"({len(sent)} alerts; {steps})  CPU: {threads}")


def measure(options, pages, queries, rate, how):
    """The runs of each BIN."""
    results = {binaries: [] for binaries in options.bins}
    articles = max(1, int(rate * options.seconds)) if rate else options.articles
    mean = statistics.mean(len(page.body) for page in pages) / 1000
    print(f"pages of {mean:.0f} KB ({len(pages)} different ones), {QUERIES} queries, {how}:", flush=True)
    for _ in range(options.turns):
        for binaries in options.bins:
            run = Run(binaries, pages, queries, articles, rate, options.profile)
            results[binaries].append(run)
            print(f"  {run.line()}{f'  {binaries}' if len(options.bins) > 1 else ''}", flush=True)
    first = statistics.median(run.rate_of_cpu() for run in results[options.bins[0]])
    for binaries in options.bins[1:]:
        ratio = statistics.median(run.rate_of_cpu() for run in results[binaries]) / first
        print(f"  ratio of medians: {ratio:.3f}  {binaries}", flush=True)
    return results


def measure_regimes(options, pages, queries):
    saturation = 0
    if "saturation" in options.regimes or "third" in options.regimes:
        runs = measure(options, pages, queries, 0, "at saturation")[options.bins[0]]
        saturation = statistics.median(run.articles / run.wall for run in runs)
    if "third" in options.regimes:
        measure(options, pages, queries, saturation / 3,
                f"{saturation / 3:.0f} articles per second, a third of saturation")
    if "rest" in options.regimes:
        measure(options, pages, queries, 1, "1 article per second")


def main():
    options = arguments()
    options.bins = [binaries.resolve() for binaries in options.bins]
    options.regimes = options.regimes or REGIMES
    if not options.data.is_dir():
        sys.exit(f"{options.data}: the pages are not here: nothing was measured")
    os.environ["PRESSWATCH_BIN"] = str(options.bins[0])
    print(f"{time.strftime('%Y-%m-%d')}, {processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    from real_pages import real_pages
    program = options.bins[0] / "presswatch"
    queries = watchlists(real_pages(program, options.data, 80_000, 150_000, 300))
    for size in SIZES if options.size == "both" else [options.size]:
        pages = real_pages(program, options.data, *SIZES[size], 150)
        measure_regimes(options, pages, queries)


if __name__ == "__main__":
    main()
