#!/usr/bin/env python3
"""A small fictional news site, for a first run and for tests.

newsroom.py [--port 8750] [--every 3] [--seed 1]

Serves several newsrooms on one port: /en/ (RSS, listing, news sitemap), /he/ (Atom), /ru/ (RSS, windows-1251), /az/ (JSON
Feed), /fa/ (RSS), /slow/ (responds after two seconds), /busy/ (every third response is a 429 with Retry-After). A new story
appears in one of them every few seconds. Feeds return 304 for a matching ETag. /__served lists all stories, for tests.
All stories, people and events are invented.
"""
import argparse
import hashlib
import html
import json
import random
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# "about" has subjects of the watchlists, "other" has other subjects; a title is a subject followed by an event ("does").
ROOMS = {
    "en": {
        "name": "The Morning Courier", "lang": "en", "dir": "ltr", "charset": "utf-8",
        "nav": ["World", "Israel", "Iran", "Business", "Donate"],
        "about": ["Azerbaijan's foreign minister", "Israel's ambassador", "Iran's central bank",
                  "A delegation from Azerbaijan", "An Iranian negotiator"],
        "other": ["The harbour authority", "A museum in Lisbon", "The national weather service", "A choir from Bergen"],
        "does": ["announces a new agreement on rail freight", "postpones a visit planned for next week",
                 "publishes figures nobody expected", "opens talks on water and energy",
                 "asks for more time to answer"],
        "lead": "{title}, says a statement of {day}.",
        "body": ["Officials said on {day} that the decision had been prepared for months, and that the details would be "
                 "made public before the end of the year.",
                 "People familiar with the talks described them as slow but friendly, and said that transport, energy and "
                 "the cost of insurance had taken up most of the time.",
                 "Analysts had expected a different outcome. The markets, which had been quiet all week, hardly moved, and "
                 "traders said that they would wait for the full text."],
        "appeal": "Support our work! Readers in Israel and Iran rely on us: donate today and become a member.",
        "related": "Read also: What Iran and Azerbaijan agreed last year",
        "comment": "A reader writes: Israel should have said so before!", "by": "By Dana Keller",
    },
    "he": {
        "name": "עיתון הבוקר", "lang": "he", "dir": "rtl", "charset": "utf-8", "nav": ["ראשי", "איראן", "כלכלה"],
        "about": ["שר החוץ של אזרבייג׳ן", "שגריר ישראל", "הבנק המרכזי של איראן"],
        "other": ["איגוד הנמלים", "המוזיאון בליסבון", "השירות המטאורולוגי"],
        "does": ["הודיע על הסכם חדש בתחום הרכבות", "דחה את הביקור שתוכנן לשבוע הבא", "פרסם נתונים שאיש לא ציפה להם"],
        "lead": "{title}, כך לפי הודעה מיום {day}.",
        "body": ["גורמים רשמיים מסרו ביום {day} כי ההחלטה הוכנה במשך חודשים, וכי הפרטים יפורסמו לפני סוף השנה.",
                 "אנשים המקורבים לשיחות תיארו אותן כאיטיות אך ידידותיות, ואמרו כי התחבורה והאנרגיה תפסו את רוב הזמן.",
                 "הפרשנים ציפו לתוצאה אחרת. השווקים, שהיו שקטים כל השבוע, כמעט לא זזו."],
        "appeal": "תמכו בעבודתנו: תרמו היום!", "related": "קראו גם: מה סוכם עם איראן בשנה שעברה",
        "comment": "תגובת קורא: ישראל הייתה צריכה לומר זאת קודם", "by": "מאת דנה קלר",
    },
    "ru": {
        "name": "Утренний вестник", "lang": "ru", "dir": "ltr", "charset": "windows-1251",
        "nav": ["Мир", "Иран", "Экономика"],
        "about": ["Министр иностранных дел Азербайджана", "Посол Израиля", "Центральный банк Ирана"],
        "other": ["Портовый союз", "Музей в Лиссабоне", "Гидрометцентр"],
        "does": ["объявил о новом соглашении по железным дорогам", "отложил визит, намеченный на следующую неделю",
                 "опубликовал цифры, которых никто не ждал"],
        "lead": "{title}, говорится в заявлении от {day}.",
        "body": ["Чиновники сообщили {day}, что решение готовилось несколько месяцев и что подробности обнародуют до "
                 "конца года.",
                 "Люди, знакомые с ходом переговоров, назвали их медленными, но дружескими, и сказали, что больше всего "
                 "времени заняли транспорт и энергетика.",
                 "Аналитики ожидали другого исхода. Рынки, спокойные всю неделю, почти не изменились."],
        "appeal": "Поддержите нашу работу: сделайте пожертвование сегодня!",
        "related": "Читайте также: о чём Иран договорился в прошлом году",
        "comment": "Комментарий читателя: Израиль должен был сказать об этом раньше", "by": "Дана Келлер",
    },
    "az": {
        "name": "Səhər Xəbərləri", "lang": "az", "dir": "ltr", "charset": "utf-8", "nav": ["Dünya", "İran", "İqtisadiyyat"],
        "about": ["Azərbaycanın xarici işlər naziri", "İsrailin səfiri", "İranın mərkəzi bankı"],
        "other": ["Liman idarəsi", "Lissabondakı muzey", "Hidrometeorologiya xidməti"],
        "does": ["dəmir yolu daşımaları barədə yeni saziş elan etdi", "gələn həftəyə planlaşdırılan səfəri təxirə saldı",
                 "heç kimin gözləmədiyi rəqəmləri açıqladı"],
        "lead": "{title}: bu barədə {day} tarixli bəyanatda deyilir.",
        "body": ["Rəsmilər {day} bildirdilər ki, qərar aylarla hazırlanıb və təfərrüatlar ilin sonuna qədər açıqlanacaq.",
                 "Danışıqlardan xəbərdar olan şəxslər onları yavaş, amma mehriban adlandırdılar və vaxtın çoxunu nəqliyyat "
                 "və enerji mövzularının tutduğunu dedilər.",
                 "Təhlilçilər başqa nəticə gözləyirdilər. Bütün həftə sakit qalan bazarlar demək olar ki, dəyişmədi."],
        "appeal": "İşimizi dəstəkləyin: bu gün ianə edin!", "related": "Həmçinin oxuyun: İran keçən il nəyə razılaşdı",
        "comment": "Oxucu yazır: İsrail bunu əvvəl deməli idi", "by": "Dana Keller",
    },
    "fa": {
        "name": "پیک صبح", "lang": "fa", "dir": "rtl", "charset": "utf-8", "nav": ["جهان", "اسرائیل", "اقتصاد"],
        "about": ["وزیر خارجه آذربایجان", "سفیر اسرائیل", "بانک مرکزی ایران"],
        "other": ["سازمان بنادر", "موزه‌ای در لیسبون", "سازمان هواشناسی"],
        "does": ["از توافق تازه‌ای درباره راه‌آهن خبر داد", "سفر هفته آینده را به تعویق انداخت",
                 "آماری را منتشر کرد که کسی انتظارش را نداشت"],
        "lead": "{title}؛ این در بیانیه {day} آمده است.",
        "body": ["مقام‌ها روز {day} گفتند که این تصمیم ماه‌ها در دست تهیه بوده و جزئیات آن تا پایان سال منتشر می‌شود.",
                 "افراد آگاه از گفتگوها آن‌ها را کند اما دوستانه توصیف کردند و گفتند بیشتر وقت صرف حمل‌ونقل و انرژی شد.",
                 "تحلیلگران انتظار نتیجه دیگری داشتند. بازارها که تمام هفته آرام بودند تقریباً تغییری نکردند."],
        "appeal": "از کار ما حمایت کنید: امروز کمک کنید!", "related": "همچنین بخوانید: توافق سال گذشته با اسرائیل",
        "comment": "نظر خواننده: ایران باید زودتر می‌گفت", "by": "دانا کلر",
    },
}
ALIASES = {"slow": "en", "busy": "en"}  # rooms that use the words of another
FEED_LENGTH = 30
HOSTS = 7  # 127.0.0.1 to .7, so that each room can have its own host


class Story:
    def __init__(self, room, number, words, rng):
        self.room, self.number = room, number
        self.about = rng.random() < 0.6
        self.title = f"{rng.choice(words['about' if self.about else 'other'])} {rng.choice(words['does'])}"
        self.made = time.time()
        day = time.strftime("%d.%m.%Y", time.gmtime(self.made))
        body = [one.replace("{day}", day) for one in words["body"]]
        rng.shuffle(body)
        lead = words["lead"].replace("{title}", self.title).replace("{day}", day)
        self.paragraphs = [f"{lead} {body[0]}", *body[1:]]
        self.path = f"/{room}/story-{number}.html"

    @property
    def iso(self):
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.made))


class Newsroom:
    """All rooms and their stories; write_news() adds a story every `every` seconds."""

    def __init__(self, every, seed):
        self.every = every
        self.rng = random.Random(seed)
        self.lock = threading.Lock()
        self.stories = {room: [] for room in [*ROOMS, *ALIASES]}
        self.number = 0
        self.requests = {}
        for room in self.stories:
            for _ in range(2):
                self.add(room)

    def words(self, room):
        return ROOMS[ALIASES.get(room, room)]

    def add(self, room):
        with self.lock:
            self.number += 1
            self.stories[room].append(Story(room, self.number, self.words(room), self.rng))

    def write_news(self):
        while True:
            time.sleep(self.every)
            self.add(self.rng.choice(list(self.stories)))

    def newest(self, room):
        with self.lock:
            return list(reversed(self.stories[room][-FEED_LENGTH:]))

    def served(self):
        with self.lock:
            return [{"path": one.path, "title": one.title, "about": one.about, "language": self.words(room)["lang"]}
                    for room in self.stories for one in self.stories[room]]

    def count(self, room):
        with self.lock:
            self.requests[room] = self.requests.get(room, 0) + 1
            return self.requests[room]


def esc(text):
    return html.escape(text, quote=True)


def page(words, story):
    nav = "".join(f'<li><a href="#">{esc(one)}</a></li>' for one in words["nav"])
    text = "\n".join(f"<p>{esc(one)}</p>" for one in story.paragraphs)
    return f"""<!doctype html>
<html lang="{words['lang']}" dir="{words['dir']}"><head><meta charset="{words['charset']}">
<title>{esc(story.title)} | {esc(words['name'])}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{esc(story.title)}">
<meta property="og:site_name" content="{esc(words['name'])}">
<meta property="article:published_time" content="{story.iso}"></head>
<body><header><nav><ul>{nav}</ul></nav></header>
<main><article class="post"><h1>{esc(story.title)}</h1><p class="byline">{esc(words['by'])}
<time datetime="{story.iso}">{story.iso[:10]}</time></p>
<div class="entry-content">{text}</div></article>
<div class="donate-box"><p>{esc(words['appeal'])}</p></div>
<aside class="related"><ul><li><a href="#">{esc(words['related'])}</a></li></ul></aside>
<section class="comments" id="comments"><div class="comment"><p>{esc(words['comment'])}</p></div></section></main>
<footer><p>{esc(words['name'])}</p></footer></body></html>"""


def rss(base, words, stories):
    items = "".join(f"<item><title>{esc(s.title)}</title><link>{base}{s.path}</link><guid>{base}{s.path}</guid>"
                    f"<pubDate>{formatdate(s.made)}</pubDate></item>\n" for s in stories)
    return (f'<?xml version="1.0" encoding="{words["charset"]}"?>\n<rss version="2.0"><channel><title>'
            f'{esc(words["name"])}</title><link>{base}/</link><language>{words["lang"]}</language>\n{items}'
            "</channel></rss>")


def atom(base, words, stories):
    entries = "".join(f'<entry><id>{base}{s.path}</id><title>{esc(s.title)}</title><link href="{base}{s.path}"/>'
                      f"<published>{s.iso}</published><updated>{s.iso}</updated></entry>\n" for s in stories)
    return (f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{words["lang"]}"><title>'
            f'{esc(words["name"])}</title><id>{base}/</id>\n{entries}</feed>')


def json_feed(base, words, stories):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": words["name"], "language": words["lang"],
                       "items": [{"id": base + s.path, "url": base + s.path, "title": s.title,
                                  "date_published": s.iso} for s in stories]}, ensure_ascii=False)


def sitemap(base, words, stories):
    urls = "".join(f"<url><loc>{base}{s.path}</loc><news:news><news:publication><news:name>{esc(words['name'])}"
                   f"</news:name><news:language>{words['lang']}</news:language></news:publication>"
                   f"<news:publication_date>{s.iso}</news:publication_date><news:title>{esc(s.title)}</news:title>"
                   "</news:news></url>\n" for s in stories)
    return ('<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>')


def listing(base, words, stories):
    rows = "".join(f'<li class="headline"><a href="{s.path}">{esc(s.title)}</a></li>\n' for s in stories)
    return (f'<!doctype html><html lang="{words["lang"]}"><head><meta charset="{words["charset"]}"><title>'
            f'{esc(words["name"])}</title><link rel="alternate" type="application/rss+xml" href="rss.xml"></head>'
            f'<body><nav><a href="/about">About</a></nav><ul class="headlines">{rows}</ul></body></html>')


FORMS = {"rss.xml": (rss, "application/rss+xml"), "atom.xml": (atom, "application/atom+xml"),
         "feed.json": (json_feed, "application/feed+json"), "news-sitemap.xml": (sitemap, "application/xml"),
         "": (listing, "text/html")}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    newsroom = None

    def do_GET(self):
        try:
            self.route()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def route(self):
        if self.path == "/__served":
            return self.answer(200, json.dumps(self.newsroom.served()), "application/json")
        if self.path == "/robots.txt":
            return self.answer(200, "User-agent: *\nDisallow: /private/\n", "text/plain")
        room, _, rest = self.path.lstrip("/").partition("/")
        if room not in self.newsroom.stories:
            return self.answer(404, "no such newsroom", "text/plain")
        if room == "slow":
            time.sleep(2)
        if room == "busy" and self.newsroom.count(room) % 3 == 0:
            return self.answer(429, "please come back in a second", "text/plain", [("Retry-After", "1")])
        words = self.newsroom.words(room)
        if rest in FORMS:
            form, kind = FORMS[rest]
            base = f"http://{self.headers.get('Host', 'localhost')}"
            return self.conditional(form(base, words, self.newsroom.newest(room)), kind, words["charset"])
        for story in self.newsroom.newest(room):
            if story.path == self.path:
                return self.answer(200, page(words, story), "text/html", charset=words["charset"])
        return self.answer(404, "no such story", "text/plain")

    def conditional(self, text, kind, charset):
        etag = '"' + hashlib.sha256(text.encode()).hexdigest()[:16] + '"'
        if self.headers.get("If-None-Match") == etag:
            return self.answer(304, "", kind, [("ETag", etag)])
        return self.answer(200, text, kind, [("ETag", etag)], charset)

    def answer(self, status, text, kind, headers=(), charset="utf-8"):
        data = text.encode(charset, errors="xmlcharrefreplace")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset={charset}")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def main():
    arguments = argparse.ArgumentParser(description="a small local news site")
    arguments.add_argument("--port", type=int, default=8750)
    arguments.add_argument("--every", type=float, default=3, help="seconds between new stories")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    Handler.newsroom = Newsroom(given.every, given.seed)
    threading.Thread(target=Handler.newsroom.write_news, daemon=True).start()
    for last in range(1, HOSTS + 1):
        server = ThreadingHTTPServer((f"127.0.0.{last}", given.port), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"newsroom on http://127.0.0.1:{given.port}/", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
