#!/usr/bin/env python3
"""How many times faster presswatch reads feeds than feedparser does: both read the same feeds, in turn, in one run.

usage: feedparser_ratio.py PRESSWATCH        (needs the package python3-feedparser)

Prints a line a kind of feed: MB/s of either, best of three turns, and the ratio. Figures of presswatch are from the
bytes of the answer to items, charset, dates and addresses included, as `presswatch inspect feed --timing` says them.
"""
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import feedparser

from feeds import atom, rss

FEEDS = 100
TURNS = 3


def presswatch_seconds(program, cases):
    run = subprocess.run([program, "inspect", "feed", "--batch", str(cases), "--timing"], check=True,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return float(re.search(r" in ([0-9.]+) s", run.stderr).group(1))


def feedparser_seconds(documents):
    start = time.perf_counter()
    for document in documents:
        if not feedparser.parse(document).entries:
            sys.exit("feedparser read no entries")
    return time.perf_counter() - start


def compare(program, name, documents):
    size = sum(map(len, documents)) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        cases = Path(folder) / "cases.jsonl"
        with cases.open("w") as lines:
            for i, document in enumerate(documents):
                (Path(folder) / f"{i}.xml").write_bytes(document)
                lines.write(json.dumps({"case": str(i), "file": f"{i}.xml", "content_type": "application/xml",
                                        "base_url": "https://courier.example/feed"}) + "\n")
        turns = [(presswatch_seconds(program, cases), feedparser_seconds(documents)) for _ in range(TURNS)]
    ours, theirs = (size / min(column) for column in zip(*turns))
    print(f"{name:24} {size / len(documents) * 1000:6.0f} kB a feed {ours:8.0f} MB/s {theirs:8.2f} MB/s {ours / theirs:7.0f}x")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rng = random.Random(20)
    kinds = {"RSS, summaries": lambda: rss(rng, 60, 0), "RSS, whole texts": lambda: rss(rng, 30, 8),
             "Atom, whole texts": lambda: atom(rng, 30, 8)}
    for name, make in kinds.items():
        compare(sys.argv[1], name, [make().encode() for _ in range(FEEDS)])


main()
