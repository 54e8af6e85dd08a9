#!/usr/bin/env python3
"""What each rule of extraction is worth: switches one off at a time and prints the change of F1.

usage: ablation.py PRESSWATCH SET_DIR...

A SET_DIR holds pages.jsonl (input of `presswatch inspect page --batch`) and truth.jsonl, a line {"id", "text"} a page.
F1 is that of the article extraction benchmark by Zyte: multisets of 4 words, means of precision and recall over pages.
"""
import collections
import json
import re
import subprocess
import sys
from pathlib import Path

RULES = ("element role hidden class-word soft-class outside link-list read-more appeal title byline heading repeated "
         "small-print standfirst linked-data").split()
UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")


def shingles(text):
    words = re.findall(r"\w+", UNSPACED.sub(r" \1 ", text or ""))
    return collections.Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3)) if words)


def extracted(program, folder, without):
    command = [program, "inspect", "page", "--batch", str(folder / "pages.jsonl"), "--without", without]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return {page["id"]: page.get("text") for page in map(json.loads, lines)}


def score(truth, pages):
    precisions, recalls = [], []
    for name, wanted in truth.items():
        found = shingles(pages.get(name))
        common = sum((wanted & found).values())
        if found:
            precisions.append(common / sum(found.values()))
        recalls.append(common / sum(wanted.values()))
    p, r = (sum(v) / max(1, len(v)) for v in (precisions, recalls))
    return (2 * p * r / (p + r) if p + r else 0.0), p, r


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, folders = sys.argv[1], [Path(name) for name in sys.argv[2:]]
    truth = {}
    for folder in folders:
        for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            if page.get("text"):
                truth[page["id"]] = shingles(page["text"])

    def measure(without):
        pages = {}
        for folder in folders:
            pages.update(extracted(program, folder, without))
        return score(truth, pages)

    full = measure("")
    print(f"{len(truth)} pages, all rules: F1 {full[0]:.4f}, P {full[1]:.4f}, R {full[2]:.4f}\n")
    print("| rule switched off | change of F1 | of P | of R |\n|---|---|---|---|")
    for rule in RULES:
        changes = [a - b for a, b in zip(measure(rule), full)]
        print("| {} | {:+.4f} | {:+.4f} | {:+.4f} |".format(rule, *changes), flush=True)


if __name__ == "__main__":
    main()
