"""Compares `presswatch match` with the reference matcher in ../shared on generated texts in many scripts; skipped without it."""
import importlib.util
import json
import random
import sys
import tempfile
import unicodedata
import unittest
from pathlib import Path

from harness import command_line

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "bench" / "matching" / "oracle.py"
SPELLINGS = ["Iran", "IRAN's", "Azerbaijan’s", "vice-chair", "U.S.", "don't", "O'Brien", "Straße", "STRASSE", "Bakı", "BAKI",
             "İstanbul", "ﬁnance", "x²", "Brand™", "Баку", "баку", "Ёлка", "елка", "Հայաստան", "საქართველო", "ایران", "ايران",
             "إِيرَان", "هیئت", "می‌خواهم", "ישראל", "יִשְׂרָאֵל", "ईरान", "काम", "কাজ", "ไทย", "ກັບ", "ខ្មែរ", "မြန်မာ", "東京都", "伊朗", "が",
             "か\u3099", "アゼルバイジャン", "ｱｾﾞﾙ", "이란", "이\u1105\u1161\u11ab", "½", "①", "ǅ", "ΟΔΟΣ", "οδος", "e\u0301te\u0301", "ø", "Łódź",
             "'s", "a's", "s's", "l'homme", "1,000", "3.5", "C++", "a_b", "ð", "ʼ", "aʼs", "a\u00adb", "a\u200bb"]
BETWEEN = [" ", " ", " ", " ", "-", ", ", ". ", "\n", "'", "’s ", "/", "\u00a0", ""]
UNQUOTED = set('"“”„«»*?{}()[]^~:\\')


class Texts:
    def __init__(self, seed):
        self.random = random.Random(seed)
        ranges = [(0x21, 0x7F), (0xA1, 0x250), (0x300, 0x370), (0x370, 0x530), (0x530, 0x700), (0x900, 0xE00), (0xE00, 0x1200),
                  (0x1E00, 0x2100), (0x2150, 0x2190), (0x3000, 0x3400), (0x4E00, 0x4E40), (0xAC00, 0xAC40), (0xFB00, 0xFFE0),
                  (0x1D400, 0x1D800), (0x20000, 0x20020)]
        self.letters = [chr(c) for first, last in ranges for c in range(first, last) if unicodedata.category(chr(c)) != "Cn"]

    def word(self):
        if self.random.random() < 0.7:
            return self.random.choice(SPELLINGS)
        return "".join(self.random.choice(self.letters) for _ in range(self.random.randint(1, 3)))

    def text(self, most):
        return "".join(self.word() + self.random.choice(BETWEEN) for _ in range(self.random.randint(0, most)))

    def piece(self, docs):
        doc = self.random.choice(docs)["text"]
        if self.random.random() < 0.5 or not doc:
            piece = self.word()
        else:
            at = self.random.randrange(len(doc))
            piece = doc[at:at + self.random.randint(1, 9)]
        return "".join(c for c in piece if c not in UNQUOTED)

    def term(self, docs, oracle):
        piece = self.piece(docs)
        tokens = oracle.tokenize(piece)
        if len(tokens) == 1 and len(tokens[0]) > 1 and self.random.random() < 0.3:
            return tokens[0][:self.random.randint(2, len(tokens[0]))] + "*"
        return f'"{piece}"'

    def query(self, docs, oracle):
        one, two, three = (self.term(docs, oracle) for _ in range(3))
        n = self.random.randint(0, 4)
        return self.random.choice([one, f"{one} OR {two}", f"{one} AND {two}", f"{one} NEAR/{n} {two}",
                                   f"({one} OR {two}) NEAR/{n} {three}", f"({one} OR {two}) NOT {three}", f"title:{one}",
                                   f'"{self.piece(docs)} {self.piece(docs)}"~{n}'])


def load_oracle():
    spec = importlib.util.spec_from_file_location("oracle", ORACLE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["oracle"] = module
    spec.loader.exec_module(module)
    # presswatch folds the digits of all scripts, the reference only full-width ones.
    module.LETTERS.update({c: str(unicodedata.decimal(chr(c))) for c in range(sys.maxunicode + 1)
                           if unicodedata.category(chr(c)) == "Nd"})
    return module


@unittest.skipUnless(ORACLE.exists(), f"there is no {ORACLE.name} beside the checkout")
class Reference(unittest.TestCase):
    def test_every_pair_is_equal_on_generated_texts(self):
        oracle = load_oracle()
        made = Texts(20261125)
        docs = [{"id": f"d{i}", "title": made.text(6), "text": made.text(60)} for i in range(120)]
        queries = {}
        while len(queries) < 1500:
            query = made.query(docs, oracle)
            try:
                queries[f"q{len(queries)}"] = (query, oracle.parse(query))
            except oracle.QueryError:
                continue
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            write = lambda name, rows: (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
            rows = [{"id": key, "query": query} for key, (query, _) in queries.items()]
            write("queries.jsonl", rows)
            write("docs.jsonl", docs)
            checked = command_line("query", "check", folder / "queries.jsonl", "--json")
            refused = {json.loads(line)["id"] for line in checked.stdout.splitlines()}
            self.assertLess(len(refused), 75, checked.stdout[:2000])
            write("queries.jsonl", [row for row in rows if row["id"] not in refused])
            done = command_line("match", "--queries", folder / "queries.jsonl", "--docs", folder / "docs.jsonl")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = {row["doc"]: set(row["queries"]) for row in map(json.loads, done.stdout.splitlines())}
        pairs = 0
        for doc in docs:
            read = oracle.Doc(doc["title"], doc["text"])
            wanted = {key for key, (_, tree) in queries.items() if key not in refused and oracle.evaluate(tree, read)}
            pairs += len(wanted)
            for key in wanted ^ found[doc["id"]]:
                self.fail(f"{queries[key][0]!r} on {doc!r}: {key in wanted} by the reference")
        self.assertGreater(pairs, 5000)


if __name__ == "__main__":
    unittest.main()
