#!/usr/bin/env python3
"""Checks the layers of daemon/ against daemon/modules.txt.

check_layers.py ROOT         fails when a module includes what its line does not name
check_layers.py --page ROOT  prints docs/modules.md
check_layers.py --selftest   makes a small tree with breaches and expects each to be found
"""
import re
import sys
import tempfile
from pathlib import Path

# These are functions of their input alone: nothing that waits, opens or listens may enter.
PURE = {"core", "text", "html", "feed", "extract", "query", "match", "stories", "schedule"}
NOT_IN_PURE = re.compile(r"boost/asio|boost/beast|curl/|sqlite3|zmq|sys/socket")
PLUGINS = {"core", "config", "text", "html", "feed", "extract", "source"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.MULTILINE)


def read_table(root):
    """Name to (modules it may include, purpose), in the order of the file."""
    table = {}
    for line in (root / "daemon/modules.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, sees, purpose = (column.strip() for column in line.split("|"))
        table[name] = (set(table) if sees == "*" else set(sees.split()), purpose)
    return table


def module_of(path, table):
    """The module that a path below daemon/ belongs to: source/sandbox/cgroup.hpp is of source/sandbox, not of source."""
    parts = path.split("/")[:-1]
    while parts and "/".join(parts) not in table:
        parts.pop()
    return "/".join(parts)


def breaches(root):
    table = read_table(root)
    for name, (sees, _) in table.items():
        above = list(table)[list(table).index(name):]
        for wrong in sorted(sees & set(above)):
            yield f"daemon/modules.txt: {name} must not see {wrong}, which stands below it in the table"
    for base, pattern in (("daemon", "*/**/*.[ch]pp"), ("plugins", "**/*.[ch]pp")):
        for path in sorted((root / base).glob(pattern)):
            own = "plugins" if base == "plugins" else module_of(path.relative_to(root / base).as_posix(), table)
            if not own:
                yield f"{path}: daemon/modules.txt has no line for this folder"
                continue
            allowed = PLUGINS if own == "plugins" else table[own][0] | {own}
            for quote, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
                target = module_of(name, table)
                if own in PURE | {"plugins"} and NOT_IN_PURE.search(name):
                    yield f"{path}: a pure module must not include {name}"
                if quote == '"' and target and target not in allowed:
                    yield f"{path}: {own} must not include {name}"


def page(root):
    lines = [
        "# Modules",
        "",
        "The modules of `daemon/`, from the bottom up. Each is one static library and sees only the headers of the modules in the last",
        "column: the compiler finds no others. The table is printed from `daemon/modules.txt`; change that file, not this page.",
        "",
        "| module | purpose | may include |",
        "|---|---|---|",
    ]
    table = read_table(root)
    for name, (sees, purpose) in table.items():
        everything = sees == set(list(table)[: list(table).index(name)]) and len(sees) > 20
        ordered = "every module above" if everything else " ".join(one for one in table if one in sees) or "none"
        lines.append(f"| `{name}` | {purpose} | {ordered} |")
    return "\n".join(lines) + "\n"


def selftest():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "daemon").mkdir()
        (root / "daemon/modules.txt").write_text(
            "# a comment\ncore | | values\ntext | core | text\nstore | core bus | upward\nbus | core | bus\n"
            "bus/inner | core | nested\n")
        for name, line in [("daemon/core/a.cpp", '#include "text/url/url.hpp"'),
                           ("daemon/text/url/b.hpp", "#include <boost/asio.hpp>"),
                           ("daemon/bus/inner/c.cpp", '#include "bus/bus.hpp"'),
                           ("daemon/unknown/d.cpp", ""),
                           ("plugins/feed/e.cpp", '#include "store/store.hpp"'),
                           ("daemon/text/date/fine.cpp", '#include "text/url/url.hpp"')]:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(line + "\n")
        found = list(breaches(root))
    print("\n".join(found))
    return 0 if len(found) == 6 and not any("fine.cpp" in one for one in found) else 1


def main():
    if sys.argv[1:] == ["--selftest"]:
        return selftest()
    if sys.argv[1] == "--page":
        print(page(Path(sys.argv[2])), end="")
        return 0
    root = Path(sys.argv[1])
    found = list(breaches(root))
    if (root / "docs/modules.md").read_text(encoding="utf-8") != page(root):
        found.append("docs/modules.md is not what --page prints")
    for one in found:
        print(one)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
