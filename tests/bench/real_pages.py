"""Real article pages for benches, each with a place in its text where a sentence can be inserted."""
import gzip
import html
import json
import random
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SETS = ("fundus", "fundus-eval", "zyte", "wcxb", "trafilatura", "dates")
PARAGRAPH = re.compile(rb"<p[\s>][^<]{60,}.*?</p>", re.S)
TAGS = re.compile(r"<[^>]*>")
PROBE = "The quorum of probe number zero met on Tuesday, and its members agreed to meet again before the end of the year."


@dataclass
class RealPage:
    """A page as stored, and what presswatch extracts from it."""
    body: bytes
    charset: str
    url: str
    insert_at: int = 0  # an offset in `body` behind a paragraph of the article
    title: str = ""
    text: str = ""

    def with_paragraph(self, sentence):
        return b"%b<p>%b</p>%b" % (self.body[:self.insert_at], sentence.encode(), self.body[self.insert_at:])


def _flat(text):
    return " ".join(text.split())


def _stored(data, smallest, largest):
    for name in SETS:
        for line in (data / name / "truth.jsonl").read_text(encoding="utf-8").splitlines():
            truth = json.loads(line)
            body = gzip.decompress((data / name / truth["file"]).read_bytes())
            if smallest <= len(body) <= largest:
                yield RealPage(body, truth.get("charset") or "utf-8", truth.get("url") or "https://example.com/")


def _inspect(program, pages, bodies):
    """What `presswatch inspect page` extracts, page by page."""
    with tempfile.TemporaryDirectory() as folder:
        with open(Path(folder) / "pages.jsonl", "w", encoding="utf-8") as lines:
            for number, (page, body) in enumerate(zip(pages, bodies)):
                (Path(folder) / f"{number}.html").write_bytes(body)
                lines.write(json.dumps({"id": str(number), "file": f"{number}.html", "charset": page.charset,
                                        "url": page.url}) + "\n")
        done = subprocess.run([program, "inspect", "page", "--batch", Path(folder) / "pages.jsonl"], check=True,
                              capture_output=True, text=True)
    found = {one["id"]: one for one in map(json.loads, done.stdout.strip().split("\n"))}
    return [found.get(str(number), {}) for number in range(len(pages))]


def _place_in(page):
    """The end of a paragraph of the article, from its middle if possible; None if there is none."""
    article = _flat(page.text)
    ends = []
    for match in PARAGRAPH.finditer(page.body):
        words = _flat(html.unescape(TAGS.sub("", match[0].decode(page.charset, "replace"))))
        if len(words) > 80 and words[:60] in article:
            ends.append(match.end())
    return ends[len(ends) // 2] if ends else None


def real_pages(program, data, smallest, largest, most):
    """At most `most` pages of these sizes in which an inserted paragraph is extracted with the text."""
    pages = list(_stored(data, smallest, largest))
    for page, found in zip(pages, _inspect(program, pages, [page.body for page in pages])):
        page.title, page.text = found.get("title") or "", found.get("text") or ""
    usable = []
    for page in pages:
        place = _place_in(page) if page.title else None
        if place is not None:
            page.insert_at = place
            usable.append(page)
    again = _inspect(program, usable, [page.with_paragraph(PROBE) for page in usable])
    usable = [page for page, found in zip(usable, again) if PROBE in (found.get("text") or "")]
    random.Random(218).shuffle(usable)
    return usable[:most]
