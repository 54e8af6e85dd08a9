"""Source plugins for presswatch, for Python 3.9 or later, without dependencies.

Either a class:

    import presswatch_plugin as pw

    class Wire(pw.Plugin):
        def poll(self, cursor):
            yield pw.Request("https://wire.example/list")

        def parse(self, response, cursor):
            for row in json.loads(response.body):
                yield pw.Item(url=row["link"], title=row["headline"])

    pw.run(Wire)

or functions (extract is optional):

    @pw.poll
    def poll(cursor): ...

    @pw.parse
    def parse(response, cursor): ...

    pw.run()

Each of them yields (or returns a list of) Request, Item, Cursor, Pace and Warn. The options of the source are in the attribute
`options` of the class and in `presswatch_plugin.options`. Output of print() and logging goes to the log of presswatch.
`raise pw.Failure("why")` ends a call with an error; the text is shown in the status of the source. proto/PLUGIN_EXEC.md
specifies the protocol.
"""
from __future__ import annotations

import html.parser
import json
import logging
import os
import re
import sys
import traceback
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional, Union

__version__ = "1.0.0"
__all__ = ["Article", "Cursor", "Failure", "Item", "Pace", "Plugin", "Request", "Response", "Warn", "extract", "options",
           "parse", "poll", "run", "text_of"]

PROTOCOL = 1
MAX_LINE = 16 * 1024 * 1024
EMIT_EVERY = 200  # items per line

options: Dict[str, Any] = {}


@dataclass
class Request:
    """Something for the host to fetch. `tag` is returned with the response."""
    url: str
    headers: Dict[str, str] = field(default_factory=dict)
    tag: str = ""


@dataclass
class Article:
    """The article found by extract. All text is plain; dates are strings in any common format, datetime, or Unix seconds."""
    url: str = ""
    title: str = ""
    text: str = ""
    authors: List[str] = field(default_factory=list)
    published: Union[str, int, float, datetime, None] = None
    modified: Union[str, int, float, datetime, None] = None
    language: str = ""
    site: str = ""
    section: str = ""
    image: str = ""
    partial: bool = False


@dataclass
class Item(Article):
    """A news item. Its page is fetched unless `complete` says that `text` is the whole article."""
    id: str = ""
    complete: bool = False


@dataclass
class Cursor:
    """The position of the source, saved together with everything emitted and passed to the next poll."""
    value: str


@dataclass
class Pace:
    """The minimum interval between polls, in seconds."""
    at_least: int


@dataclass
class Warn:
    """A warning for the status of the source."""
    text: str


@dataclass
class Response:
    """The response to a request, always with status 200."""
    body: str
    url: str
    content_type: str
    tag: str

    def json(self) -> Any:
        return json.loads(self.body)


class Failure(Exception):
    """Ends a call with an error; the text is shown in the status of the source."""


class Plugin:
    """Base class for plugins; pass the derived class to run(). `now` is the host's time at the start of the call, in UTC."""
    version = "1.0.0"

    def __init__(self, source: str, given: Dict[str, Any]):
        self.source = source
        self.options = given
        self.now = datetime.now(timezone.utc)

    def poll(self, cursor: str):
        raise NotImplementedError

    def parse(self, response: Response, cursor: str):
        return []

    # Define extract(self, page: Response) -> Optional[Article] only if the general extractor is not good enough.

    def stored(self, cursor: str) -> None:
        """Called when everything emitted with this cursor has been stored."""


_functions: Dict[str, Any] = {}


def poll(function):
    _functions["poll"] = function
    return function


def parse(function):
    _functions["parse"] = function
    return function


def extract(function):
    _functions["extract"] = function
    return function


class _Functions(Plugin):
    """Wraps the decorated functions in a plugin."""

    def poll(self, cursor):
        return _functions["poll"](cursor)

    def parse(self, response, cursor):
        return _functions["parse"](response, cursor) if "parse" in _functions else []


class _FunctionsWithExtract(_Functions):
    def extract(self, page):
        return _functions["extract"](page)


class _Text(html.parser.HTMLParser):
    BLOCKS = frozenset("address article aside blockquote br dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header hr li main nav ol "
                       "p pre section table td th tr ul".split())

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: List[str] = []
        self.skipped = 0

    def handle_starttag(self, tag, attrs):
        self.skipped += tag in ("script", "style")
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        self.skipped -= tag in ("script", "style") and self.skipped > 0
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data):
        if not self.skipped:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of(markup: str) -> str:
    """The text of an HTML fragment, one paragraph per line."""
    reader = _Text()
    reader.feed(markup)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _date(value):
    if isinstance(value, datetime):
        value = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc).isoformat()
    return int(value) if isinstance(value, float) else value


def _article(article: Article) -> Dict[str, Any]:
    out = {name: value for name, value in vars(article).items() if value not in ("", None, [], False)}
    for name in ("published", "modified"):
        if name in out:
            out[name] = _date(out[name])
    return out


class _Answer:
    """Collects what a call yields and writes it, several items per line."""

    def __init__(self, channel: "_Channel", call: int):
        self.channel = channel
        self.call = call
        self.lists: Dict[str, List[Any]] = {}
        self.single: Dict[str, Any] = {}

    def add(self, value) -> None:
        if isinstance(value, Item):
            self.lists.setdefault("items", []).append(_article(value))
            if len(self.lists["items"]) >= EMIT_EVERY:
                self.flush("emit")
        elif isinstance(value, Request):
            self.lists.setdefault("requests", []).append(vars(value))
        elif isinstance(value, Cursor):
            self.single["cursor"] = str(value.value)
        elif isinstance(value, Pace):
            self.single["pace"] = {"at_least_s": int(value.at_least)}
        elif isinstance(value, Warn):
            self.lists.setdefault("warnings", []).append(value.text)
        elif isinstance(value, Article):
            self.single["article"] = _article(value)
        else:
            raise TypeError(f"a plugin emits Request, Item, Cursor, Pace and Warn, not {type(value).__name__}")

    def flush(self, kind: str) -> None:
        self.channel.write({"type": kind, "id": self.call, **self.lists, **(self.single if kind == "result" else {})})
        self.lists = {}


class _Channel:
    """Takes over standard input and output for the protocol."""

    def __init__(self):
        self.input = os.fdopen(os.dup(0), "rb")
        self.output = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)  # so that print() writes to the log
        with open(os.devnull, "rb") as nothing:
            os.dup2(nothing.fileno(), 0)

    def read(self) -> Optional[Dict[str, Any]]:
        line = self.input.readline(MAX_LINE + 2)
        return json.loads(line) if line else None

    def write(self, message: Dict[str, Any]) -> None:
        line = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        if len(line) > MAX_LINE:
            raise Failure(f"a line of {len(line)} bytes exceeds the limit of the protocol; emit fewer items at once")
        self.output.write(line + b"\n")
        self.output.flush()


class _LogFormat(logging.Formatter):
    """Formats levels as in sd-daemon(3)."""

    def format(self, record):
        level = 3 if record.levelno >= 40 else 4 if record.levelno >= 30 else 6 if record.levelno >= 20 else 7
        return "\n".join(f"<{level}>{line}" for line in super().format(record).splitlines())


def _start(kind, channel: _Channel) -> Optional[Plugin]:
    hello = channel.read()
    if hello is None:
        return None
    source = hello["source"]
    options.clear()
    options.update(source["options"])
    plugin = kind(source["id"], source["options"])
    channel.write({"type": "ready", "protocol": PROTOCOL, "version": str(plugin.version),
                   "extracts": hasattr(plugin, "extract")})
    return plugin if PROTOCOL in hello["protocols"] else None


def _emitted(plugin: Plugin, message: Dict[str, Any]):
    plugin.now = datetime.fromisoformat(message["now"].replace("Z", "+00:00"))
    call = message["call"]
    if call == "poll":
        return plugin.poll(message["cursor"])
    if call == "parse":
        response = Response(message["body"], message["url"], message["content_type"], message["tag"])
        return plugin.parse(response, message["cursor"])
    found = plugin.extract(Response(message["html"], message["url"], "text/html", ""))
    return [] if found is None else [found]


def _serve(plugin: Plugin, message: Dict[str, Any], channel: _Channel) -> None:
    answer = _Answer(channel, message["id"])
    try:
        for value in _emitted(plugin, message) or []:
            answer.add(value)
        answer.flush("result")
    except Failure as failure:
        channel.write({"type": "error", "id": message["id"], "error": str(failure)})
    except Exception as error:  # a bug in the plugin: this call fails, but later ones may succeed
        traceback.print_exc(file=sys.stderr)
        channel.write({"type": "error", "id": message["id"], "error": f"{type(error).__name__}: {error}"})


def run(kind=None) -> None:
    """Serves calls until the host closes standard input. `kind` is a class derived from Plugin; without it, the decorated
    functions are used."""
    channel = _Channel()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LogFormat("%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    if kind is None:
        kind = _FunctionsWithExtract if "extract" in _functions else _Functions
    plugin = _start(kind, channel)
    while plugin is not None:
        message = channel.read()
        if message is None:
            return
        if message["type"] == "call":
            _serve(plugin, message, channel)
        elif message["type"] == "ack":
            plugin.stored(message["cursor"])
