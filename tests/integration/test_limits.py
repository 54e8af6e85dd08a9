"""Memory, links and files stay within their limits, whatever a source sends and however many clients there are."""
import os
import stat
import unittest
from pathlib import Path

from harness import Case, Log, source, wait_for

SANITIZED = bool(os.environ.get("PRESSWATCH_SANITIZE"))
MEBIBYTE = 1 << 20

# Each response is one text of 14 MiB, within the limit of 16 MiB.
HUGE = '''
import json, sys
for line in sys.stdin:
    m = json.loads(line)
    if m["type"] == "hello":
        print(json.dumps({"type": "ready", "protocol": 1, "version": "1"}), flush=True)
    elif m["type"] == "call":
        item = {"id": str(m["id"]), "title": "Huge " + str(m["id"]), "text": "Iran Tehran. " * 1_100_000}
        print(json.dumps({"type": "result", "id": m["id"], "items": [item]}), flush=True)
'''

# Reports its OOM score adjustment, and whether it can change it.
OOM = '''
import json, sys
def answer():
    with open("/proc/self/oom_score_adj") as file:
        out = file.read().strip()
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("0")
        return out + " and changed it"
    except OSError as error:
        return out + " " + type(error).__name__
for line in sys.stdin:
    m = json.loads(line)
    if m["type"] == "hello":
        print(json.dumps({"type": "ready", "protocol": 1, "version": "1"}), flush=True)
    elif m["type"] == "call":
        item = {"id": "1", "title": "Iran " + answer()}
        print(json.dumps({"type": "result", "id": m["id"], "items": [item]}), flush=True)
'''


def memory(process, name):
    """A value from /proc/PID/status, in bytes."""
    for line in Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) << 10
    raise AssertionError(f"no {name}")


class Plugins(Case):
    def started(self, name, program):
        made = self.daemon_with_plugins(f'[[source]]\nid = "{name}"\nplugin = "{name}"\ninterval = "300ms"\n')
        self.add_package(made, name, f'[plugin]\nname = "{name}"\nversion = "1"\nkind = "exec"\n'
                                     'command = ["/usr/bin/python3", "plugin.py"]\n', {"plugin.py": program})
        return made.start()

    def test_huge_texts_are_cut_and_cost_the_daemon_a_bounded_amount(self):
        daemon = self.started("huge", HUGE)
        before = memory(daemon.process, "VmRSS")
        alerts = Log(daemon).collect("six alerts", lambda got: len(got) >= 6, 120)
        self.assertTrue(all(one["article"]["partial"] for one in alerts))
        wait_for("the reason", lambda: "truncated to 1048576 bytes" in daemon.source("huge")["reason"])
        if SANITIZED:
            self.skipTest("a sanitizer's memory counts too")
        grown = (memory(daemon.process, "VmHWM") - before) / MEBIBYTE
        print(f"grown by {grown:.0f} MiB at most", flush=True)
        self.assertLess(grown, 14 * 10, "one answer, what is read of it, and the article's own memory")

    def test_a_plugin_is_ended_before_the_daemon_when_memory_runs_out(self):
        daemon = self.started("oom", OOM)
        alert = Log(daemon).collect("an alert", lambda got: got)[0]
        self.assertEqual(alert["article"]["title"], "Iran 1000 PermissionError")


class ManyWatchlists(Case):
    LISTS = 1500
    TEXT = "Iran and Tehran. " + "A sentence that says nothing at all. " * 1500

    def many(self):
        self.items = []
        self.site.feed("/rss", self.items)
        lists = "".join(f'[[watchlist]]\nid = "w{n}"\nkeywords = ["Iran"]\nper_story = {str(n % 2 == 0).lower()}\n'
                        for n in range(self.LISTS))
        return self.daemon(source("rss", "feed", self.site.url + "/rss", 'interval = "300ms"\nfetch_pages = false\n'),
                           lists).start()

    def all_alerts(self, log):
        alerts = log.collect("all alerts", lambda got: len(got) >= self.LISTS, 300)
        self.assertEqual([one["_seq"] for one in alerts], list(range(1, self.LISTS + 1)))
        self.assertEqual([one["watchlist"]["id"] for one in alerts], [f"w{n}" for n in range(self.LISTS)])
        return alerts

    def test_their_alerts_take_no_more_memory_than_a_few_do(self):
        daemon = self.many()
        before = memory(daemon.process, "VmRSS")
        self.items.append(("/1", "Iran", self.TEXT))
        self.all_alerts(Log(daemon))
        if SANITIZED:
            self.skipTest("a sanitizer's memory counts too")
        grown = (memory(daemon.process, "VmHWM") - before) / MEBIBYTE
        print(f"grown by {grown:.0f} MiB at most; all bodies together have {self.LISTS * 55 >> 10} MiB", flush=True)
        self.assertLess(grown, 60)

    def test_killed_between_two_groups_none_is_lost_and_none_comes_twice(self):
        daemon = self.many()
        self.items.append(("/1", "Iran", self.TEXT))
        for part in (1, 2, 3):
            head = wait_for("some of the alerts", lambda: self.head_above(daemon, part * self.LISTS // 5))
            daemon.kill()
            self.assertLess(head, self.LISTS, "it was killed in the midst of them")
            daemon.start()
        alerts = self.all_alerts(Log(daemon))
        self.assertEqual(len({one["storyId"] for one in alerts}), 1)
        wait_for("the item to be known", lambda: daemon.source("rss")["items"] == 1)
        self.assertEqual(Log(daemon).request(op="replay", log=None, channel=None, after=self.LISTS, max=1)[1], [])

    def head_above(self, daemon, enough):
        head, _ = Log(daemon).request(op="head")
        return head and head["head"] >= enough and head["head"]


class Links(Case):
    def test_only_web_addresses_leave_the_daemon(self):
        entries = "".join(f"<item><title>Iran {n}</title><link>{link}</link><guid isPermaLink='false'>g{n}</guid>"
                          f"<enclosure url='{link}' type='image/png' length='1'/><description>Tehran</description></item>"
                          for n, link in enumerate(("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd")))
        self.site.routes["/rss"] = lambda handler: handler.answer(
            200, f"<rss version='2.0'><channel><title>t</title>{entries}</channel></rss>", "application/rss+xml")
        self.site.routes["/json"] = lambda handler: handler.answer(
            200, '[{"t":"Iran j1","u":"javascript:void(0)","i":"data:,x"},{"t":"Iran j2","u":"javascript:void(0)"}]',
            "application/json")
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss") + source(
            "api", "json", self.site.url + "/json",
            'interval = "300ms"\nitems = ""\nlink = "/u"\ntitle = "/t"\nimage = "/i"\n')).start()
        alerts = Log(daemon).collect("an alert for each", lambda got: len(got) >= 5)
        self.assertEqual({one["article"]["title"] for one in alerts}, {"Iran 0", "Iran 1", "Iran 2", "Iran j1", "Iran j2"})
        for one in alerts:
            for field in ("url", "canonicalUrl", "image"):
                self.assertEqual(one["article"].get(field, ""), "", one["article"])
        wait_for("the reason", lambda: "not an http or https URL" in daemon.source("api")["reason"])


class Files(Case):
    def test_nobody_else_reads_the_database(self):
        self.site.feed("/rss", [("/1", "Iran", "Tehran")])
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss", 'interval = "300ms"\nfetch_pages = false\n'))
        self.addCleanup(os.umask, os.umask(0))
        daemon.start()
        Log(daemon).collect("an alert", lambda got: got)
        state = daemon.folder / "state"
        self.assertEqual(stat.S_IMODE(state.stat().st_mode), 0o700)
        names = {path.name for path in state.iterdir()}
        self.assertLessEqual({f"presswatch.db{end}" for end in ("", "-wal", "-shm", ".lock")}, names)
        self.assertEqual({path.name: oct(path.stat().st_mode & 0o077) for path in state.iterdir()},
                         {name: "0o0" for name in names})


if __name__ == "__main__":
    unittest.main()
