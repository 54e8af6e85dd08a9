"""The manual pages, as a reader sees them."""
import re
import subprocess
import unittest

from harness import ROOT


class ManualPages(unittest.TestCase):
    def test_no_line_is_lost_and_nothing_is_warned_of(self):
        pages = sorted((ROOT / "docs" / "man").iterdir())
        self.assertGreaterEqual(len(pages), 4)
        for page in pages:
            with self.subTest(page.name):
                done = subprocess.run(["groff", "-k", "-man", "-Tutf8", "-P-cbou", "-ww", "-rLL=100n", "-rHY=0", page],
                                      capture_output=True, text=True, check=True)
                self.assertEqual(done.stderr, "")
                shown = plain(done.stdout)
                for line in page.read_text(encoding="utf-8").splitlines():
                    for word in words_of(line):
                        self.assertIn(word, shown, line)


def plain(text):
    for mark in "‐−":
        text = text.replace(mark, "-")
    return re.sub(r"\s", "", text.replace("’", "'").replace("‘", "`"))


def words_of(line):
    """The words of a line of a manual page that a reader must see."""
    macro = re.match(r"^\.(BR|RB|IR|RI|BI|IB|B|I|SH|SS)\b", line)
    if line.startswith((".", "'")) and not macro:
        assert re.match(r"^\.(TH|TP|IP|PP|RS|RE|nf|fi|br)\b", line), f"an unknown macro: {line}"
        return []
    text = line[macro.end():].replace('"', " ") if macro else line
    for escape, character in (("\\-", "-"), ("\\(dq", '"'), ("\\e", "\\"), ("\\&", ""), ("\\(ti", "~"), ("\\(ha", "^"),
                              ("\\(aq", "'")):
        text = text.replace(escape, character)
    return [plain(word) for word in re.sub(r"\\f.", "", text).split()]


if __name__ == "__main__":
    unittest.main()
