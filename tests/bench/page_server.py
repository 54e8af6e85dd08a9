"""A web server of articles made from real pages, in a process of its own: any number of articles, each with its own
address and one paragraph of its own, and an RSS feed that lists them. Pages are compressed in advance, up to the
inserted paragraph and behind it, so that serving one costs little."""
import asyncio
import multiprocessing
import struct
import time
import zlib
from email.utils import formatdate
from html import escape

HOSTS = 64  # loopback addresses that the articles are spread over
LISTED = 400  # articles in the feed at most if they appear one after the other

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"


def _deflated(data, last):
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)


class PackedPage:
    """gzip of a page with a paragraph that is given later."""

    def __init__(self, page):
        before, self.after = page.body[:page.insert_at], page.body[page.insert_at:]
        self.kind = f"text/html; charset={page.charset}".encode()
        self.head, self.tail = GZIP_HEAD + _deflated(before, False), _deflated(self.after, True)
        self.crc, self.size = zlib.crc32(before), len(page.body)

    def answer(self, paragraph):
        crc = zlib.crc32(self.after, zlib.crc32(paragraph, self.crc))
        middle = _deflated(paragraph, False)
        end = self.tail + struct.pack("<II", crc, self.size + len(paragraph))
        length = len(self.head) + len(middle) + len(end)
        return b"".join((b"HTTP/1.1 200 OK\r\nContent-Type: ", self.kind, b"\r\nContent-Encoding: gzip\r\nContent-Length: ",
                         str(length).encode(), b"\r\n\r\n", self.head, middle, end))


class Plan:
    """What the feed lists at what time. `rate` 0: all `count` articles from the start."""

    def __init__(self, pages, count, rate, sentence):
        self.pages, self.count, self.rate, self.sentence = pages, count, rate, sentence
        self.begun = multiprocessing.Value("d", 0.0)  # by the monotonic clock; 0: nothing is listed yet
        self.port = multiprocessing.Value("i", 0)
        self.ready = multiprocessing.Event()

    def listed(self):
        begun = self.begun.value
        if not begun:
            return 0
        return self.count if not self.rate else min(self.count, int((time.monotonic() - begun) * self.rate))

    def begin(self):
        self.begun.value = time.monotonic()


class _Server:
    def __init__(self, plan):
        self.plan = plan
        self.packed = [PackedPage(page) for page in plan.pages]
        self.entries = {}

    def entry(self, number):
        if number not in self.entries:
            page = self.plan.pages[number % len(self.plan.pages)]
            url = f"http://127.0.0.{1 + number % HOSTS}:{self.plan.port.value}/news/{number}/story.html"
            summary = escape(page.text[:page.text.find(" ", 200)])
            self.entries[number] = (f"<item><title>{escape(page.title)}</title><link>{url}</link><guid>{url}</guid>"
                                    f"<pubDate>{formatdate()}</pubDate><description>{summary}</description></item>")
        return self.entries[number]

    def feed(self, condition):
        listed = self.plan.listed()
        tag = f'"{listed}"'.encode()
        if condition == tag:
            return b"HTTP/1.1 304 Not Modified\r\nETag: %b\r\n\r\n" % tag
        first = max(0, listed - LISTED) if self.plan.rate else 0
        items = "".join(self.entry(number) for number in reversed(range(first, listed)))
        body = ('<?xml version="1.0"?><rss version="2.0"><channel><title>The Bench</title>' + items
                + "</channel></rss>").encode()
        return (b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: %b\r\nContent-Length: %d\r\n\r\n%b"
                % (tag, len(body), body))

    def answer(self, request):
        path = request.split(b" ", 2)[1]
        if path.startswith(b"/news/"):
            number = int(path.split(b"/")[2])
            paragraph = b"<p>%b</p>" % self.plan.sentence(number).encode()
            return self.packed[number % len(self.packed)].answer(paragraph)
        if path == b"/feed":
            condition = next((line.split(b":", 1)[1].strip() for line in request.split(b"\r\n")
                              if line.lower().startswith(b"if-none-match:")), None)
            return self.feed(condition)
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class _Connection(asyncio.Protocol):
    def __init__(self, server):
        self.server, self.received, self.transport = server, b"", None

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.received += data
        while b"\r\n\r\n" in self.received:
            request, self.received = self.received.split(b"\r\n\r\n", 1)
            self.transport.write(self.server.answer(request))


async def _serve(plan):
    server = _Server(plan)
    made = await asyncio.get_running_loop().create_server(lambda: _Connection(server), "0.0.0.0", 0, backlog=1024)
    plan.port.value = made.sockets[0].getsockname()[1]
    plan.ready.set()
    await made.serve_forever()


def start(plan):
    """The process of the server, which knows its port by now."""
    process = multiprocessing.get_context("fork").Process(target=lambda: asyncio.run(_serve(plan)), daemon=True)
    process.start()
    if not plan.ready.wait(120):
        raise RuntimeError("the page server did not start")
    return process
