#!/usr/bin/env python3
"""What a reload of many watchlists costs the daemon: the longest stall of its loop, CPU time off the loop, and memory.

usage: PRESSWATCH_BIN=build/release/bin reload_bench.py [LISTS [FILES]]

Writes LISTS watchlists (100000) to FILES files (100), starts presswatchd, and reloads: twice with nothing changed, once
with every file touched, once with one watchlist changed, and once with a mistake in one. Stalls are the longest since
the start of the daemon, as `presswatch status` gives them, so they never decrease from line to line.
"""
import json
import random
import re
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "integration"))
from harness import Daemon, wait_for  # pylint: disable=wrong-import-position


def words(count):
    """Made-up words that look like a language's: syllables, a few hundred common ones and many rare ones."""
    dice = random.Random(7)
    syllables = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("", "n", "r", "s")]
    return ["".join(dice.choices(syllables, k=dice.randint(2, 4))) for _ in range(count)]


def watchlist(number, vocabulary, dice):
    one, two, three, four = dice.sample(vocabulary, 4)
    query = dice.choice((f'{one} AND {two}', f'({one} OR {two}) AND NOT {three}', f'"{one} {two}" OR {three} NEAR/5 {four}',
                         f'{one}* AND ({two} OR {three} OR {four})'))
    return f"[[watchlist]]\nid = \"list-{number}\"\ntitle = \"Watchlist {number}\"\nquery = '{query}'\n"


def write_lists(folder, lists, files):
    dice, vocabulary = random.Random(11), words(50_000)
    each = -(-lists // files)
    for index in range(files):
        numbers = range(index * each, min((index + 1) * each, lists))
        text = "".join(watchlist(number, vocabulary, dice) for number in numbers)
        (folder / f"lists-{index:06}.toml").write_text(text, encoding="utf-8")


class Process:
    """What /proc says about the daemon."""

    def __init__(self, pid):
        self.folder = Path(f"/proc/{pid}")
        self.pid = pid

    def memory(self, key):
        line = next(one for one in (self.folder / "status").read_text().splitlines() if one.startswith(key + ":"))
        return int(line.split()[1]) / 1024

    def forget_peak(self):
        (self.folder / "clear_refs").write_text("5")

    def cpu_ms(self):
        """CPU time of the loop, which is the main thread, and of all other threads."""
        loop = others = 0
        for task in (self.folder / "task").iterdir():
            used = int((task / "schedstat").read_text().split()[0]) / 1e6
            if task.name == str(self.pid):
                loop = used
            else:
                others += used
        return loop, others


def ask(daemon, command):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(daemon.control))
        client.sendall(json.dumps({"cmd": command}).encode() + b"\n")
        return json.loads(client.makefile().readline())


def measure(name, daemon, process):
    process.forget_peak()
    before, loop_before, pool_before = process.memory("VmRSS"), *process.cpu_ms()
    begun = time.monotonic()
    answer = ask(daemon, "reload")
    took = time.monotonic() - begun
    time.sleep(1.5)  # what was replaced is destroyed behind the answer
    loop, pool = process.cpu_ms()
    stall = ask(daemon, "status")["loop"]
    peak = process.memory("VmHWM")
    print(f"{name:<22} {took * 1000:>7.0f} ms  stall {stall['longest_stall_ms']:>4} ms (CPU {stall['longest_stall_cpu_ms']})"
          f"  loop CPU {loop - loop_before:>5.0f} ms  pool CPU {pool - pool_before:>6.0f} ms"
          f"  RSS {before:>5.0f} MiB  peak {peak:>5.0f} MiB = {peak / before:.2f}x"
          f"  {'ok' if answer.get('ok') else answer['error'][:60]}", flush=True)


def main():
    lists = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    daemon = Daemon(None, "", "")
    try:
        folder = daemon.folder / "watchlists.d"
        write_lists(folder, lists, files)
        time.sleep(2)  # the stamps of files that have just been written prove nothing
        begun = time.monotonic()
        daemon.start()
        print(f"{lists} watchlists in {files} files; the start took {time.monotonic() - begun:.1f} s", flush=True)
        wait_for("every watchlist", lambda: ask(daemon, "status")["watchlists"] == lists)
        process = Process(daemon.process.pid)
        for name in ("unchanged", "unchanged again"):
            measure(name, daemon, process)
        for file in folder.iterdir():
            file.touch()
        measure("touched", daemon, process)
        first = min(folder.glob("lists-*.toml"))
        good = first.read_text(encoding="utf-8")
        first.write_text(re.sub("query = .*", "query = 'changed'", good, count=1), encoding="utf-8")
        measure("one changed", daemon, process)
        first.write_text(re.sub("query = .*", "query = '(changed'", good, count=1), encoding="utf-8")
        measure("one wrong", daemon, process)
        daemon.stop()
    finally:
        daemon.close()


if __name__ == "__main__":
    main()
