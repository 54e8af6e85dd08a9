"""Plugins that are programs: they produce alerts, and misbehaviour only costs their own poll."""
import os
import unittest
from pathlib import Path

from harness import ROOT, STORY, Case, Log, OnTime, command_line, source, wait_for

SDK = ROOT / "plugins" / "sdk" / "python" / "presswatch_plugin.py"

# Reads a list of "path title" lines; the cursor is the number of lines seen.
LINES = '''
import presswatch_plugin as pw

class Lines(pw.Plugin):
    def poll(self, cursor):
        yield pw.Request(self.options["url"], tag=cursor or "0")

    def parse(self, response, cursor):
        rows = response.body.splitlines()
        print("at", cursor or "the start")
        for row in reversed(rows[int(cursor or 0):]):
            path, title = row.split(" ", 1)
            if title == "CRASH":
                import os; os.abort()
            yield pw.Item(url=response.url.rsplit("/", 1)[0] + path, title=title)
        yield pw.Cursor(str(len(rows)))

    def stored(self, cursor):
        print("stored up to", cursor)

pw.run(Lines)
'''

# Misbehaviour in the first call, selected by an option.
WRONG = '''
import json, os, signal, sys, time
how = json.loads(sys.stdin.readline())["source"]["options"]["how"]
print(json.dumps({"type": "ready", "protocol": 1, "version": "1"}), flush=True)
call = json.loads(sys.stdin.readline())
if how == "crash": os.kill(os.getpid(), signal.SIGSEGV)
if how == "hang": signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)
if how == "spin":
    while True: pass
if how == "garbage": print("]]{{", flush=True); time.sleep(600)
if how == "flood":
    while True: sys.stdout.write("x" * 65536)
if how == "items":
    while True: print(json.dumps({"type": "emit", "id": call["id"], "items": [{"title": "x" * 999}]}))
if how == "log":
    while True: print("blah " * 100, file=sys.stderr)
'''


class ExecPlugins(Case):
    def plugin(self, daemon, name, program, manifest=""):
        head = f'[plugin]\nname = "{name}"\nversion = "1"\nkind = "exec"\ncommand = ["/usr/bin/python3", "plugin.py"]\n'
        self.add_package(daemon, name, head + manifest, {"plugin.py": program, SDK.name: SDK.read_text(encoding="utf-8")})

    def lines(self, rows):
        self.site.routes["/lines"] = lambda handler: handler.answer(200, "\n".join(rows), "text/plain")
        for i in range(8):
            self.site.page(f"/p{i}", f"Iran number {i}", STORY)

    def lines_daemon(self):
        made = self.daemon_with_plugins(source("lines", "lines", self.site.url + "/lines"))
        self.plugin(made, "lines", LINES, '[options.url]\ntype = "url"\nrequired = true\n')
        return made

    def test_a_python_plugin_delivers_alerts_and_hears_of_storage(self):
        rows = ["/p0 Iran number 0"]
        self.lines(rows)
        daemon = self.lines_daemon().start()
        log = Log(daemon)
        log.collect("the alert", lambda got: got)
        rows.append("/p1 Iran number 1")
        second = log.collect("the second alert", lambda got: got)
        self.assertEqual([one["article"]["title"] for one in second], ["Iran number 1"])
        wait_for("the acknowledgement", lambda: "lines: stored up to 2" in daemon.output())
        self.assertEqual(daemon.stop(), 0)

    def test_the_position_survives_a_crash_of_either_side(self):
        rows = ["/p0 Iran number 0"]
        self.lines(rows)
        daemon = self.lines_daemon().start()
        log = Log(daemon)
        log.collect("the alert", lambda got: got)
        wait_for("the acknowledgement", lambda: "stored up to 1" in daemon.output())
        rows.extend(["/p1 CRASH", "/p2 Iran number 2"])
        wait_for("the crash", lambda: "signal 6" in daemon.source("lines")["reason"])
        rows[1] = "/p1 Iran number 1"
        titles = {one["article"]["title"] for one in log.collect("both", lambda got: len(got) == 2)}
        self.assertEqual(titles, {"Iran number 1", "Iran number 2"})
        wait_for("the cursor", lambda: "stored up to 3" in daemon.output())
        daemon.kill()
        (daemon.folder / "stderr").write_text("", encoding="utf-8")
        daemon.start()
        wait_for("the saved position", lambda: "lines: at 3" in daemon.output())

    def test_whoever_misbehaves_loses_only_its_own_turn(self):
        kinds = ["crash", "hang", "spin", "garbage", "flood", "items", "log"]
        items = []
        self.site.feed("/rss", items)
        sources = source("good", "feed", self.site.url + "/rss")
        for kind in kinds:
            sources += f'[[source]]\nid = "{kind}"\nplugin = "wrong"\nhow = "{kind}"\ninterval = "300ms"\n'
        made = self.daemon_with_plugins(sources)
        self.plugin(made, "wrong", WRONG, '[options.how]\ntype = "text"\nrequired = true\n[limits]\ncall = "2s"\n'
                                          'answer = "1MiB"\n')
        daemon = made.start()
        log = Log(daemon)
        for i in range(8):
            self.site.page(f"/p{i}", f"Iran number {i}", STORY)
            items.insert(0, (f"/p{i}", f"Iran number {i}", "x"))
            with OnTime(self, 5, "an alert of the good source"):
                log.collect("an alert of the good source", lambda got: got)
        for kind in kinds:
            row = wait_for(f"{kind} to be found out", lambda name=kind: daemon.source(name)["failures"] > 0
                           and daemon.source(name))
            self.assertIn("wrong", row["reason"])
        children = wait_for("the end of hanging children", lambda: self.children(daemon) <= len(kinds) and "yes")
        self.assertEqual(children, "yes")
        self.assertEqual(daemon.source("good")["state"], "ok")
        self.assertEqual(daemon.stop(), 0)

    @staticmethod
    def children(daemon):
        path = f"/proc/{daemon.process.pid}/task"
        return sum(len(Path(path, task, "children").read_text(encoding="ascii").split()) for task in os.listdir(path))

    def test_a_plugin_is_switched_off_and_on_while_the_daemon_runs(self):
        self.lines(["/p0 Iran number 0"])
        daemon = self.lines_daemon().start()
        wait_for("the source", lambda: daemon.source("lines")["state"] == "ok")

        def switch(verb, name):
            return command_line("plugin", verb, name, "--config", daemon.config)

        done = switch("disable", "lines")
        self.assertEqual(done.returncode, 0, done.stderr)
        wait_for("the source's rest", lambda: "plugin enable lines" in daemon.source("lines")["reason"])
        self.assertIn("already", switch("disable", "lines").stdout)
        self.assertEqual(switch("enable", "lines").returncode, 0)
        wait_for("the source's return", lambda: daemon.source("lines")["state"] == "ok")
        for name, why in [("feed", "built in"), ("line", 'did you mean "lines"?')]:
            refused = switch("disable", name)
            self.assertEqual(refused.returncode, 1)
            self.assertIn(why, refused.stderr)

    def test_a_changed_package_is_taken_over_without_touching_the_others(self):
        self.lines(["/p0 Iran number 0"])
        made = self.lines_daemon()
        self.plugin(made, "other", LINES.replace("stored up to", "other stored"),
                    '[options.url]\ntype = "url"\nrequired = true\n')
        made.write("sources.d/other.toml", source("other", "other", self.site.url + "/lines"))
        daemon = made.start()
        wait_for("both", lambda: all(daemon.source(one)["state"] == "ok" for one in ("lines", "other")))

        def pids():
            found = {}
            for entry in os.listdir("/proc"):
                try:
                    with open(f"/proc/{entry}/environ", "rb") as file:
                        environment = file.read()
                    if os.readlink(f"/proc/{entry}/cwd").startswith(str(daemon.folder)):
                        for name in ("lines", "other"):
                            if f"PRESSWATCH_PLUGIN={name}\0".encode() in environment:
                                found[name] = entry
                except (OSError, ValueError):
                    continue
            return found

        before = wait_for("both children", lambda: len(pids()) == 2 and pids())
        program = made.folder / "plugins" / "lines" / "plugin.py"
        program.write_text(LINES.replace('"at"', '"now at"'), encoding="utf-8")
        daemon.ask("reload")
        wait_for("the new program", lambda: "lines: now at" in daemon.output())
        after = pids()
        self.assertEqual(before["other"], after["other"])
        self.assertNotEqual(before["lines"], after["lines"])


if __name__ == "__main__":
    unittest.main()
