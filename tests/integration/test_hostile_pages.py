"""Pages that break parsers: each must be parsed within limits on time and memory."""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import hostile_pages

BIN = Path(os.environ["PRESSWATCH_BIN"])
SECONDS = 1.0  # CPU time: twice the documented limit, for slow or busy machines
MIB = 64
# Sanitizers multiply both, and report errors with this exit code.
SANITIZED = bool(os.environ.get("PRESSWATCH_SANITIZE"))
FAULT = 99


def environment():
    out = dict(os.environ)
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        out[name] = ":".join(filter(None, [out.get(name), f"exitcode={FAULT}"]))
    return out


class HostilePages(unittest.TestCase):
    def test_every_page_is_bounded(self):
        for name in hostile_pages.PAGES:
            with self.subTest(name), tempfile.NamedTemporaryFile() as file:
                # Generate it in a separate process: a child's peak memory starts at that of the process it was forked from.
                subprocess.run([sys.executable, hostile_pages.__file__, name], stdout=file, check=True)
                child = subprocess.Popen([BIN / "presswatch", "inspect", "page", file.name], env=environment(),
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                _, status, used = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
                print(f"{name}: {used.ru_utime + used.ru_stime:.2f} s, {used.ru_maxrss / 1024:.0f} MiB")
                self.assertIn(child.returncode, (0, 1))
                if not SANITIZED:
                    self.assertLess(used.ru_utime + used.ru_stime, SECONDS)
                    self.assertLess(used.ru_maxrss, MIB * 1024)


if __name__ == "__main__":
    unittest.main()
