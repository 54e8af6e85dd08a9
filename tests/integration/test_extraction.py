"""Extraction: `inspect page` on stored pages, and a source with selectors for its pages."""
import gzip
import json
import tempfile
import unittest
from datetime import datetime, timezone
from pathlib import Path

from harness import STORY, WATCHLIST, Case, Log, command_line, source

PAGE = """<!doctype html><html lang="{lang}"><head><title>{title} | The Crier</title>
<meta property="og:site_name" content="The Crier"><meta property="og:title" content="{title}">
<meta property="article:section" content="Town"><meta property="og:image" content="/bridge.jpg">
<meta name="author" content="{author}"><meta property="article:published_time" content="{date}">
<link rel="canonical" href="/town/bridge"></head><body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>{text}
</article><footer>All rights reserved</footer></body></html>"""
RUSSIAN = ["Мэр открыл мост в пятницу, на два года позже, чем обещал, и первым прошёл по нему вместе с горожанами.",
           "Инженеры сказали, что река, которая разливается каждую весну, задержала работы, но что мост надёжен."]
DATE = "2024-05-03T10:00:00+02:00"


def page(title, author, text, lang="en"):
    return PAGE.format(title=title, author=author, text="".join(f"<p>{one}</p>" for one in text), lang=lang,
                       date=DATE)


class Extraction(Case):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def batch(self, *pages):
        with open(self.folder / "pages.jsonl", "w", encoding="utf-8") as lines:
            for name, data, charset in pages:
                (self.folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
                lines.write(json.dumps({"id": name, "file": name, "charset": charset,
                                        "url": "https://crier.example/1"}) + "\n")
        done = command_line("inspect", "page", "--batch", self.folder / "pages.jsonl")
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_a_batch_reads_packed_pages_in_the_charset_of_their_line(self):
        russian = page("Мост открыт", "Анна Ли", RUSSIAN, "ru").encode("windows-1251")
        first, second = self.batch(("a.html", page("Bridge opens", "Ann Lee", STORY).encode(), "utf-8"),
                                   ("b.html.gz", russian, "windows-1251"))
        self.assertEqual(first, {
            "id": "a.html", "title": "Bridge opens", "text": "\n".join(STORY), "author": ["Ann Lee"],
            "published": DATE, "lang": "en", "url": "https://crier.example/town/bridge",
            "section": "Town", "image": "https://crier.example/bridge.jpg", "method": "article", "partial": False})
        self.assertEqual((second["text"], second["title"], second["author"], second["lang"]),
                         ("\n".join(RUSSIAN), "Мост открыт", ["Анна Ли"], "ru"))

    def test_explain_names_the_rule_of_every_block(self):
        file = self.folder / "page.html"
        file.write_text(page("Bridge opens", "Ann Lee", STORY), encoding="utf-8")
        lines = command_line("inspect", "page", "--explain", file).stdout.splitlines()
        self.assertEqual(lines[0], "text by: article")
        self.assertEqual([line.split()[:2] for line in lines[1:]],
                         [["-", "element:nav"], ["-", "title"], ["+", "kept"], ["+", "kept"], ["-", "element:footer"]])

    def test_a_sources_selectors_go_before_the_general_rules(self):
        said = "<p>The envoy of Tehran spoke about railways, pipelines and border crossings for more than two hours.</p>"
        html = page("Talks end", "Ann Lee", ["Israel was named in this part, which the source leaves out.", *STORY])
        html = html.replace(DATE, datetime.now(timezone.utc).isoformat())  # old news does not raise alerts
        part = f"<noscript><div data-part='body'>{said}<i class=note>Iran</i></div></noscript>"
        html = html.replace("</article>", part + "</article>")
        self.site.routes["/a"] = lambda handler: handler.answer(200, html)
        self.site.feed("/rss", [("/a", "Talks end", "x")])
        extra = 'interval = "300ms"\nbody = "[data-part=body]"\ndrop = [".note"]\nauthor = "meta[name=author]"'
        keywords = WATCHLIST.replace('"Iran", "Tehran"', '"Iran", "Tehran", "Israel"')
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss", extra), keywords).start()
        alert = Log(daemon).collect("the alert", lambda got: got)[0]
        self.assertEqual([one["matched"] for one in alert["matches"]], ["Tehran"])
        self.assertEqual(alert["article"]["authors"], ["Ann Lee"])


if __name__ == "__main__":
    unittest.main()
