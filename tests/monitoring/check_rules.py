#!/usr/bin/env python3
"""check_rules.py RULES TESTS: promtool accepts the alert rules, its tests of them pass, and no rule is without a test."""
import re
import shutil
import subprocess
import sys
from pathlib import Path


def main(rules, tests):
    if shutil.which("promtool") is None:
        print("SKIPPED: promtool is not installed (Debian's package prometheus)")
        return 77
    for command in (["check", "rules", rules], ["test", "rules", tests]):
        if subprocess.run(["promtool", *command], check=False).returncode != 0:
            return 1
    tested = set(re.findall(r"alertname: (\w+)", Path(tests).read_text(encoding="utf-8")))
    untested = set(re.findall(r"alert: (\w+)", Path(rules).read_text(encoding="utf-8"))) - tested
    if untested:
        print("without a test:", ", ".join(sorted(untested)))
    return 1 if untested else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
