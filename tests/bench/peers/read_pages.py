"""Extracts the articles of stored pages with another program.

usage: read_pages.py trafilatura|newspaper4k|readability-lxml PAGES.jsonl

Prints a JSON object: version, articles, bytes of text, and seconds of CPU time without imports.
"""
import json
import logging
import sys
import time
from importlib.metadata import version
from pathlib import Path


def with_trafilatura():
    import trafilatura
    return lambda html, url: trafilatura.extract(html, url=url, include_comments=False, with_metadata=True)


def with_newspaper():
    import newspaper

    def extract(html, url):
        article = newspaper.Article(url)
        article.download(input_html=html)
        article.parse()
        return article.text

    return extract


def with_readability():
    import lxml.html
    import readability
    return lambda html, url: lxml.html.fromstring(readability.Document(html, url=url).summary()).text_content()


EXTRACTORS = {"trafilatura": with_trafilatura, "newspaper4k": with_newspaper, "readability-lxml": with_readability}


def main():
    name, listing = sys.argv[1], Path(sys.argv[2])
    logging.disable(logging.CRITICAL)
    extract = EXTRACTORS[name]()
    pages = []
    for line in listing.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        pages.append(((listing.parent / one["file"]).read_bytes().decode(one["charset"], "replace"), one["url"]))
    text = 0
    begun = time.process_time()
    for html, url in pages:
        try:
            text += len(extract(html, url) or "")
        except Exception as error:  # a page that the program cannot read must not end the comparison
            print(f"{name}: {url}: {error}", file=sys.stderr)
    print(json.dumps({"version": version(name), "items": len(pages), "text": text,
                      "cpu": time.process_time() - begun}))


main()
