#!/usr/bin/env python3
"""unity_groups.py MOST FILE...: groups files that can be compiled as one.

Prints one "group;file" per line. A group has at most MOST files, whose anonymous namespaces declare no name twice. The
C++ parser is approximate but sufficient for this tree: what it misses is reported by the compiler.
"""
import re
import sys
from pathlib import Path

TYPE = re.compile(r"(?:struct|class|union|enum(?: class)?)\s+(\w+)")
ALIAS = re.compile(r"(?:using|namespace)\s+(\w+)\s*=\s*(.*)")
FUNCTION = re.compile(r"([~\w]+)\s*\(")
VARIABLE = re.compile(r"(\w+)\s*(?:\[.*)?$")
NOISE = re.compile(r'R"(\w*)\((?:.|\n)*?\)\1"|//[^\n]*|/\*(?:.|\n)*?\*/|"(?:\\.|[^"\\\n])*"|'
                   r"(?<!\w)'(?:\\.|[^'\\\n])+'|^\s*#[^\n]*", re.MULTILINE)


def declared(head):
    """(name, kind) of a declaration, given its text up to "{" or ";"."""
    head = re.sub(r"\[\[.*?\]\]", "", " ".join(head.split()))
    head = re.sub(r"^template ?<.*?> (?=\w)", "", head).strip()
    if found := TYPE.match(head):
        return found[1], head
    if found := ALIAS.match(head):
        return found[1], "alias " + found[2]
    if not head or re.match(r"(using|namespace|static_assert|TEST\w*|INSTANTIATE\w*|MATCHER\w*)\b", head):
        return None
    before_value = re.split(r"(?<!operator)=", head)[0].rstrip()
    found = FUNCTION.search(before_value) or VARIABLE.search(before_value)
    return (found[1], head) if found else None


def names(text):
    """The declarations in a file's anonymous namespaces."""
    text = NOISE.sub(lambda m: "\n" if m[0].lstrip()[0] in "#/" else '""', text)
    out, around, head = {}, [], ""
    for char in text:
        if char not in "{};":
            head += char
            continue
        outside = "anonymous" in around and "body" not in around
        opened = re.search(r"\bnamespace(?:\s+([\w:]+))?\s*$", head)
        if char == "{" and opened:
            around.append("named" if opened[1] else "anonymous")
        elif char != "}" and outside:
            if found := declared(head):
                out[found[0]] = found[1]
        if char == "{" and not opened:
            around.append("body")
        if char == "}" and around:
            around.pop()
        head = ""
    return out


def clash(one, other):
    return any(name in other and not (what.startswith("alias") and what == other[name]) for name, what in one.items())


def groups(files, most):
    """Lists of files; each file is in the first list that can take it."""
    out = []
    for file in files:
        mine = names(Path(file).read_text(encoding="utf-8"))
        for members in out:
            if len(members) < most and not any(clash(mine, theirs) for _, theirs in members):
                members.append((file, mine))
                break
        else:
            out.append([(file, mine)])
    return [[file for file, _ in members] for members in out]


if __name__ == "__main__":
    for number, members in enumerate(groups(sys.argv[2:], int(sys.argv[1]))):
        for member in members:
            print(f"{number};{member}")
