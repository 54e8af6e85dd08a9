"""Pages that break parsers. `python3 hostile_pages.py NAME > FILE` writes one; without a name, it lists them."""
import random
import sys

SENTENCE = "A sentence, with a comma, which is long enough to be read as text, number {}. "


def random_bytes():
    random.seed(7)
    return random.randbytes(2_000_000)


PAGES = {
    "nested div": lambda: "<div>" * 200_000,
    "nested div with class words": lambda: "<div class='ad nav related'>" * 100_000,
    "nested span": lambda: "<span>" * 500_000 + "x",
    "formatting": lambda: "".join(f"<p><font color={n}>x" for n in range(4_000)),
    "nested tables": lambda: "<table><tr><td>" * 50_000,
    "nested bodies": lambda: ("<div class=article-body><p>" + SENTENCE.format(1)) * 20_000,
    "many bodies": lambda: ("<div class=article-body><p>" + SENTENCE.format(1) + "</p></div>") * 20_000,
    "nested figures": lambda: ("<figure>" * 400 + "x" + "</figure>" * 400) * 100,
    "cards": lambda: "<div>" * 400 + "<div><h2><a href=/x>A headline of a story</a></h2><p>A line</p></div>" * 20_000,
    "attributes": lambda: "<div " + " ".join(f"a{n}=x" for n in range(200_000)) + ">text",
    "short attributes": lambda: "<p id=a rel=b src=c href=d lang=e name=f role=g type=h class=i title=j>" * 140_000,
    "class names": lambda: ("<div class='" + "nav-x " * 100_000 + "'>t</div>") * 20,
    "paragraphs": lambda: "".join("<p>" + SENTENCE.format(n) for n in range(100_000)),
    "copies": lambda: "".join("<div>" + SENTENCE.format(7) * 60 + str(n) + "</div>" for n in range(1_000)),
    "line breaks": lambda: "a<br>" * 600_000,
    "entities": lambda: "&#x41;" * 500_000 + "&" * 500_000,
    "less-than signs": lambda: "<" * 2_000_000,
    "linked data": lambda: "<script type='application/ld+json'>" + "[" * 1_000_000 + "</script>",
    "ten megabytes": lambda: "<p>a word, and <a href=/>two</a>" * 330_000,
    "random bytes": random_bytes,
}

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("\n".join(PAGES))
    page = PAGES[sys.argv[1]]()
    sys.stdout.buffer.write(page if isinstance(page, bytes) else page.encode())
