"""`presswatch query`: explain, translate, check."""
import json
import tempfile
import unittest
from pathlib import Path

from harness import command_line

NAMES = '[names.Iran]\nru = ["Иран*"]\nhe = ["איראן"]\n'


class Query(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def config(self):
        self.file("names.d/names.toml", NAMES)
        return self.file("presswatch.toml", f'[daemon]\nstate = "{self.folder}"\n')

    def test_explain_shows_the_tree_and_where_it_waits(self):
        done = command_line("query", "explain", "Azerbaijan* AND (oil OR gas)")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("prefix Azerbaijan*", done.stdout)
        self.assertIn("waits  for azerbaijan*", done.stdout)
        shown = json.loads(command_line("query", "explain", "Azerbaijan* AND (oil OR gas)", "--json").stdout)
        self.assertEqual(shown["tree"]["kind"], "and")
        self.assertEqual(shown["waits"]["words"], ["azerbaijan*"])

    def test_explain_says_why_an_article_matches(self):
        article = self.file("a.txt", "Envoy in Baku\n\nПрезидент говорил об Иране.\nOil.\n")
        done = command_line("query", "explain", "Iran AND Baku", "--on", article, "--config", self.config(), "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        match = json.loads(done.stdout)["articles"][0]["match"]
        self.assertEqual([(hit["field"], hit["matched"], hit["alias_of"]) for hit in match["hits"]],
                         [("title", "Baku", ""), ("text", "Иране", "Iran")])
        begin, end = match["hits"][1]["begin"], match["hits"][1]["end"]
        self.assertEqual("Президент говорил об Иране.".encode()[begin:end].decode(), "Иране")
        self.assertEqual(match["sentence"], "Президент говорил об Иране.")
        self.assertGreater(match["score"], 2)
        self.assertIn("a name of Iran", command_line("query", "explain", "Iran", "--on", article, "--config",
                                                     self.config()).stdout)

    def test_explain_says_what_keeps_an_article_from_matching(self):
        article = self.file("a.jsonl", json.dumps({"id": "x", "title": "", "text": "Oil and gas", "language": "en"}))
        done = command_line("query", "explain", "oil AND (iran OR lang:ru) NOT gas", "--on", article)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("iran: is not in the article", done.stdout)
        self.assertIn("the article's lang is en", done.stdout)
        self.assertIn("NOT gas: gas matches", done.stdout)

    def test_explain_extracts_a_page(self):
        page = self.file("a.html", "<html><title>Envoy</title><body><article><h1>Envoy</h1><p>" +
                         "The ambassador met officials in Azerbaijan on Tuesday, people said afterwards. " * 8 +
                         "</p></article></body></html>")
        done = command_line("query", "explain", "azerbaijan", "--on", page)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Azerbaijan", done.stdout)

    def test_translate_prints_the_default_dialect(self):
        done = command_line("query", "translate", "--from", "lexis", "azerb! w/5 iran and not sport")
        self.assertEqual((done.returncode, done.stdout), (0, "((azerb* NEAR/4 iran) AND NOT sport)\n"))
        self.assertIn("note: ", done.stderr)
        done = command_line("query", "translate", "--from", "lucene", "a AND b OR c")
        self.assertEqual(done.returncode, 1)
        self.assertIn("\n            ^\n    perhaps: ", done.stderr)
        self.assertEqual(command_line("query", "translate", "--from", "googl", "a").returncode, 2)

    def test_check_names_file_line_and_caret_of_every_wrong_query(self):
        lists = self.file("lists.toml", '[[watchlist]]\nid = "fine"\nkeywords = ["a"]\n\n[[watchlist]]\nid = "broken"\n'
                          "query = '''\noil\nAND (gas'''\n\n[[watchlist]]\nid = \"lexis\"\ndialect = \"lexis\"\n"
                          "query = 'oil w/5 gas'\n\n[[watchlist]]\nid = \"x\"\ndialect = \"lexi\"\nquery = 'a b'\n")
        lines = self.file("lists.jsonl", '{"id": "1", "query": "a"}\n{"id": "2", "query": "a b"}\nnonsense\n')
        plain = self.file("plain.query", "oil AND\ngas OR coal\n")
        done = command_line("query", "check", lists, lines, plain)
        self.assertEqual(done.returncode, 78)
        for part in (f"{lists}:9: broken: this ( is never closed\n    AND (gas\n        ^", 'did you mean "lexis"',
                     f"{lists}:19: x: no operator", f"{lines}:2: 2: no operator",
                     f"{lines}:3: not a JSON object", f"{plain}:2: AND next to OR needs brackets", "perhaps: "):
            self.assertIn(part, done.stderr)
        self.assertEqual(done.stdout, "7 queries, 6 errors\n")
        rows = [json.loads(line) for line in command_line("query", "check", lists, "--json").stdout.splitlines()]
        self.assertEqual((rows[0]["line"], rows[0]["column"], rows[0]["id"]), (9, 5, "broken"))

    def test_check_of_right_queries_says_so(self):
        done = command_line("query", "check", self.file("a.query", "oil /5 gas"), "--dialect", "lexis")
        self.assertEqual((done.returncode, done.stdout), (0, "1 query, 0 errors\n"))
        self.assertEqual(command_line("query", "check", "/does/not/exist").returncode, 78)

    def test_a_watchlist_says_its_dialect(self):
        config = self.config()
        self.file("watchlists.d/a.toml", '[[watchlist]]\nid = "lexis"\ndialect = "lexis"\nquery = "azerb! w/5 envoy"\n')
        self.assertEqual(command_line("check", "--config", config).returncode, 0)
        page = self.file("a.html", "<html><title>Envoy</title><body><article><h1>Envoy</h1><p>" +
                         "The envoy of Azerbaijan met officials on Tuesday, people said afterwards. " * 8 +
                         "</p></article></body></html>")
        found = json.loads(command_line("try", page, "--config", config, "--json").stdout)["matches"]
        self.assertEqual([one["watchlist"] for one in found], ["lexis"])
        self.file("watchlists.d/a.toml", '[[watchlist]]\nid = "w"\ndialect = "lexi"\nquery = "a"\n\n'
                  '[[watchlist]]\nid = "v"\ndialect = "lexis"\nkeywords = ["azerb!"]\n')
        done = command_line("check", "--config", config)
        self.assertEqual(done.returncode, 78)
        self.assertRegex(done.stderr, r"a\.toml:3:\d+: ")
        self.assertIn("keywords are read in the default one", done.stderr)


if __name__ == "__main__":
    unittest.main()
