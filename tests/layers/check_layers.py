#!/usr/bin/env python3
"""Fails when a room of daemon/ includes a room, or a library, that the architecture keeps from it.

check_layers.py ROOT      checks the tree
check_layers.py --selftest  makes a small tree with breaches and wants each found
"""
import re
import sys
import tempfile
from pathlib import Path

# Who may include whom: the one table of the layers (docs/architecture.md explains it).
STAGES = {"schedule", "fetch", "parse", "extract", "match", "stories", "store", "bus", "websub"}
MAY_INCLUDE = {
    "core": set(),
    "confine": {"core"},
    "config": {"core"},
    "runtime": {"core"},
    "schedule": {"core"},
    "parse": {"core"},
    "fetch": {"core", "runtime", "parse"},
    "extract": {"core", "parse"},
    "match": {"core"},
    "stories": {"core"},
    "store": {"core"},
    "bus": {"core"},
    "websub": {"core", "runtime"},
    "desk": {"core", "config", "match"},
    "source": {"core", "config", "parse"},
    "native": {"core", "config", "parse", "source"},
    "exec": {"core", "confine", "config", "parse", "source"},
    "host": {"core", "confine", "config", "parse", "source", "exec", "native"},
    "pipeline": STAGES | {"core", "config", "runtime", "desk", "source"},
    "loader": {"core", "confine", "config", "source", "exec", "native"},
    "ops": STAGES | {"core", "config", "runtime", "desk", "source", "pipeline"},
}
MAY_INCLUDE["app"] = set(MAY_INCLUDE) | {"app"}
MAY_INCLUDE["cli"] = set(MAY_INCLUDE) | {"cli"}
PLUGINS_MAY_INCLUDE = {"core", "config", "parse", "extract", "source"}

PURE = {"core", "parse", "extract", "match", "stories", "schedule"}
NOT_IN_PURE = re.compile(r"boost/asio|boost/beast|curl/|sqlite3|zmq|sys/socket")
# The URL is all that fetch may take from parse.
FETCH_FROM_PARSE = {"parse/url.hpp"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.MULTILINE)


def breaches(root):
    for path in sorted((root / "daemon").glob("*/*.[ch]pp")) + sorted((root / "plugins").glob("**/*.[ch]pp")):
        parts = path.relative_to(root).parts
        in_plugins = parts[0] == "plugins"
        room = parts[1]
        allowed = PLUGINS_MAY_INCLUDE if in_plugins else MAY_INCLUDE.get(room)
        if allowed is None:
            yield f"{path}: daemon/{room} is not in the table of check_layers.py"
            continue
        for quote, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
            target = name.split("/")[0]
            if (in_plugins or room in PURE) and NOT_IN_PURE.search(name):
                yield f"{path}: a pure room must not include {name}"
            if quote == '"' and target in MAY_INCLUDE and (in_plugins or target != room) and target not in allowed:
                yield f"{path}: {room} must not include {name}"
            if room == "fetch" and target == "parse" and name not in FETCH_FROM_PARSE:
                yield f"{path}: fetch takes only the URL from parse, not {name}"


def selftest():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, line in [("daemon/match/a.cpp", '#include "parse/url.hpp"'),
                           ("daemon/parse/b.hpp", "#include <boost/asio.hpp>"),
                           ("daemon/core/c.cpp", '#include "config/load.hpp"'),
                           ("daemon/fetch/d.cpp", '#include "parse/feed.hpp"'),
                           ("plugins/feed/e.cpp", '#include "store/store.hpp"'),
                           ("daemon/extract/fine.cpp", '#include "parse/url.hpp"')]:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(line + "\n")
        found = list(breaches(root))
    print("\n".join(found))
    return 0 if len(found) == 5 and not any("fine.cpp" in one for one in found) else 1


def main():
    if sys.argv[1:] == ["--selftest"]:
        return selftest()
    found = list(breaches(Path(sys.argv[1])))
    for one in found:
        print(one)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
