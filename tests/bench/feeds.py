"""Makes RSS and Atom feeds for benches."""
from html import escape

WORDS = ("the harbour authority said on Friday that talks about freight rates had not ended Montréal yesterday "
         "minister embassy agreement border convoy").split()


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
