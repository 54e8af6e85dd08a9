"""Splits a numbered digest ("1. … 2. …") into items."""
import hashlib
import re

import presswatch_plugin as pw


@pw.poll
def poll(cursor):
    yield pw.Request(pw.options["url"])


@pw.parse
def parse(response, cursor):
    text = pw.text_of(response.body)
    entries = [one.strip() for one in re.split(r"(?:^|\s)\d{1,2}\.\s+", text)[1:]]
    if not entries:
        raise pw.Failure("the page has no numbered entries: has its layout changed?")
    for entry in entries:
        yield pw.Item(id=hashlib.sha256(entry.encode()).hexdigest()[:32], title=entry, text=entry, complete=True)


pw.run()
