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
from html import escape
from pathlib import Path

import feedparser

WORDS = ("the harbour authority said on Friday that talks about freight rates had not ended Montréal yesterday "
         "minister embassy agreement border convoy").split()
FEEDS = 100
TURNS = 3


def prose(rng, words):
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def paragraphs(rng, count):
    return "\n".join(f'<p>{prose(rng, 60)} <a href="https://courier.example/tag/{i}">more</a></p>' for i in range(count))


def rss(rng, items, whole):
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
           'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
           'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>The Courier</title>'
           '<link>https://courier.example/</link><language>en</language><ttl>15</ttl>\n']
    for i in range(items):
        url = f"https://courier.example/2026/02/{rng.randrange(10**6)}.html"
        content = f"<content:encoded><![CDATA[{paragraphs(rng, whole)}]]></content:encoded>\n" if whole else ""
        out.append(f'<item>\n<title>{prose(rng, 9)} &#8211; live</title>\n<link>{url}</link>\n'
                   f'<guid isPermaLink="false">https://courier.example/?p={i}</guid>\n'
                   f'<dc:creator><![CDATA[Dana Keller]]></dc:creator>\n'
                   f'<pubDate>Fri, {1 + i % 28:02} Feb 2026 {i % 24:02}:30:00 +0000</pubDate>\n'
                   f'<category><![CDATA[World]]></category>\n'
                   f'<description><![CDATA[{prose(rng, 45)} [&#8230;]]]></description>\n'
                   f'<media:content url="{url}.jpg" medium="image" width="1200"/>\n{content}</item>\n')
    return "".join(out) + "</channel></rss>\n"


def atom(rng, items, whole):
    out = ['<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
           '<title>The Courier</title><id>https://courier.example/</id>\n']
    for i in range(items):
        url = f"https://courier.example/2026/02/{rng.randrange(10**6)}.html"
        out.append(f'<entry><title type="html">{prose(rng, 9)}</title><link rel="alternate" href="{url}"/>'
                   f'<id>tag:courier.example,2026:{i}</id><updated>2026-02-{1 + i % 28:02}T11:30:00Z</updated>'
                   f'<author><name>Dana Keller</name></author>'
                   f'<content type="html">{escape(paragraphs(rng, whole))}</content></entry>\n')
    return "".join(out) + "</feed>\n"


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
