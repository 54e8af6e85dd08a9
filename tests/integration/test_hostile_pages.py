"""Pages that kill parsers: each must be read within a bounded time and memory of one process."""
import os
import random
import subprocess
import tempfile
import unittest

from harness import BIN

SECONDS = 1.5  # of processor time; 0.5 on an idle machine
MIB = 96  # of the process; Python's own peak is a lower bound of what wait4 reports


def pages():
    sentence = "A sentence, with a comma, which is long enough to be read as text, number {}. "
    yield "nested div", "<div>" * 200_000
    yield "nested div with class words", "<div class='ad nav related'>" * 100_000
    yield "nested span", "<span>" * 500_000 + "x"
    yield "formatting", "".join(f"<p><font color={n}>x" for n in range(4_000))
    yield "nested tables", "<table><tr><td>" * 50_000
    yield "nested bodies", ("<div class=article-body><p>" + sentence.format(1)) * 20_000
    yield "many bodies", ("<div class=article-body><p>" + sentence.format(1) + "</p></div>") * 20_000
    yield "nested figures", ("<figure>" * 400 + "x" + "</figure>" * 400) * 100
    yield "cards", "<div>" * 400 + "<div><h2><a href=/x>A headline of a story</a></h2><p>A line</p></div>" * 20_000
    yield "attributes", "<div " + " ".join(f"a{n}=x" for n in range(200_000)) + ">text"
    yield "class names", ("<div class='" + "nav-x " * 100_000 + "'>t</div>") * 20
    yield "paragraphs", "".join("<p>" + sentence.format(n) for n in range(100_000))
    yield "copies", "".join("<div>" + sentence.format(7) * 60 + str(n) + "</div>" for n in range(1_000))
    yield "line breaks", "a<br>" * 600_000
    yield "entities", "&#x41;" * 500_000 + "&" * 500_000
    yield "less-than signs", "<" * 2_000_000
    yield "linked data", "<script type='application/ld+json'>" + "[" * 1_000_000 + "</script>"
    yield "ten megabytes", "<p>a word, and <a href=/>two</a>" * 330_000
    random.seed(7)
    yield "random bytes", random.randbytes(2_000_000)


class HostilePages(unittest.TestCase):
    def test_every_page_is_bounded(self):
        with tempfile.NamedTemporaryFile() as file:
            for name, page in pages():
                with self.subTest(name):
                    file.seek(0)
                    file.truncate()
                    file.write(page if isinstance(page, bytes) else page.encode())
                    file.flush()
                    child = subprocess.Popen([BIN / "presswatch", "inspect", "page", file.name],
                                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                    _, status, used = os.wait4(child.pid, 0)
                    child.returncode = os.waitstatus_to_exitcode(status)
                    print(f"{name}: {used.ru_utime + used.ru_stime:.2f} s, {used.ru_maxrss / 1024:.0f} MiB")
                    self.assertIn(child.returncode, (0, 1))
                    self.assertLess(used.ru_utime + used.ru_stime, SECONDS)
                    self.assertLess(used.ru_maxrss, MIB * 1024)


if __name__ == "__main__":
    unittest.main()
