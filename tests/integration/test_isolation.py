"""Malicious plugins: each is contained in its own process, and other sources stay on schedule."""
import os
import shutil
import subprocess
import sys
import unittest

from harness import BIN, ROOT, SANITIZED, STORY, Case, Log, OnTime, source, wait_for

# Tries what the option says, and reports the result as the reason of the source's state.
ATTEMPT = r'''
import ctypes, json, mmap, os, signal, socket, sys, time

def say(**message):
    # One write per line, because the processes of a fork bomb all write, and their output must not interleave.
    os.write(1, (json.dumps(message) + "\n").encode())

how = json.loads(sys.stdin.readline())["source"]["options"]["how"]
say(type="ready", protocol=1, version="1")
call = json.loads(sys.stdin.readline())

def fork_without_end():
    while True:
        os.fork()

def spin():
    while True: pass

def one_long_line():
    for _ in range(1 << 14): sys.stdout.write("x" * (1 << 16))

attempts = {
    "socket": lambda: socket.create_connection(("127.0.0.1", 22)),
    "unix": lambda: socket.socket(socket.AF_UNIX),
    "passwd": lambda: open("/etc/passwd").read(),
    "environment": lambda: open(f"/proc/{os.getppid()}/environ", "rb").read(),
    "write": lambda: open("trace", "w"),
    "temporary": lambda: open("/tmp/trace", "w"),
    "fork": fork_without_end,
    "shell": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "memory": lambda: len(bytearray(10 << 30)),
    "shared": lambda: mmap.mmap(-1, 10 << 30),
    "kill": lambda: os.kill(os.getppid(), signal.SIGKILL),
    "group": lambda: os.setsid(),
    "descriptors": lambda: [os.dup(0) for _ in range(1000)],
    "bombs": fork_without_end,
    "spin": spin,
    "crash": lambda: ctypes.string_at(0),
    "line": one_long_line,
    "hang": lambda: time.sleep(600),
}
try:
    outcome = "succeeded: %r" % (attempts[how](),)
except BaseException as error:
    outcome = "%s: %s" % (type(error).__name__, error)
while True:
    say(type="error", id=call["id"], error=outcome)
    call = json.loads(sys.stdin.readline())
'''

# The expected result of each attempt.
OUTCOMES = {
    "socket": "PermissionError",
    "unix": "PermissionError",
    "passwd": "PermissionError",
    "environment": "PermissionError",
    "write": "PermissionError",
    "temporary": "PermissionError",
    "fork": "PermissionError",
    "shell": "PermissionError",
    "memory": "MemoryError",
    "shared": "PermissionError",
    "kill": "PermissionError",
    "group": "PermissionError",
    "descriptors": "Too many open files",
    "spin": "did not respond in time",
    "crash": "signal 11",
    "line": "wrote more than its limit",
    "hang": "did not respond in time",
}

if SANITIZED:
    del OUTCOMES["memory"]  # a sanitized host cannot run with a data limit

MANIFEST = """
[plugin]
name = "{name}"
version = "1"
kind = "{kind}"
{program}
{isolation}
[options.how]
type = "text"
required = true
[limits]
call = "{patience}s"
{limits}
"""


class Isolation(Case):
    def evil(self, daemon, name, limits="", isolation="", kind="exec",
             program='command = ["/usr/bin/python3", "plugin.py"]'):
        manifest = MANIFEST.format(name=name, kind=kind, limits=limits, isolation=isolation, program=program,
                                   patience=15 if SANITIZED else 3)
        return self.add_package(daemon, name, manifest, {"plugin.py": ATTEMPT})

    def attempt(self, name, how):
        return f'[[source]]\nid = "{name}-{how}"\nplugin = "{name}"\nhow = "{how}"\ninterval = "1s"\n'

    def reason(self, daemon, name):
        return wait_for(f"{name} to be found out",
                        lambda: (lambda row: row["failures"] > 0 and row["reason"])(daemon.source(name)))

    def test_every_attempt_is_contained_while_others_stay_on_time(self):
        items = []
        self.site.feed("/rss", items)
        made = self.daemon_with_plugins(source("good", "feed", self.site.url + "/rss")
                                 + "".join(self.attempt("evil", how) for how in OUTCOMES))
        self.evil(made, "evil")
        daemon = made.start()
        log = Log(daemon)
        for i in range(5):
            self.site.page(f"/p{i}", f"Iran number {i}", STORY)
            items.insert(0, (f"/p{i}", f"Iran number {i}", "x"))
            with OnTime(self, 30, "an alert of the good source"):
                log.collect("an alert of the good source", lambda got: got)
        for how, outcome in OUTCOMES.items():
            with self.subTest(how):
                self.assertIn(outcome, self.reason(daemon, f"evil-{how}"))
        self.assertFalse((daemon.folder / "plugins" / "evil" / "trace").exists())
        self.assertEqual(daemon.source("good")["state"], "ok")
        self.assertEqual(daemon.stop(), 0)

    @unittest.skipUnless(os.geteuid() == 0, "needs root, to start the daemon as another user")
    def test_processes_are_counted_for_every_user_but_root(self):
        made = self.daemon_with_plugins(self.attempt("tree", "bombs"))
        self.evil(made, "tree", limits="processes = 4")
        daemon = made.start()
        self.assertIn("root's processes cannot be limited", self.reason(daemon, "tree-bombs"))
        daemon.kill()
        for path in [daemon.folder, *daemon.folder.rglob("*")]:
            shutil.chown(path, "nobody")
        daemon.start(user="nobody")
        # Which of the two it is, and whether it is still the latest state, is a race between processes.
        wait_for("the bomb to be found out", lambda: any(
            why in said for why in ("its limit is 4", "Resource temporarily")
            for said in (daemon.source("tree-bombs")["reason"], daemon.output())))
        self.assertEqual(daemon.stop(), 0)

    def test_without_isolation_it_is_said_out_loud(self):
        made = self.daemon_with_plugins(self.attempt("free", "passwd"))
        self.evil(made, "free", isolation='isolation = "none"')
        daemon = made.start()
        self.assertIn("succeeded", self.reason(daemon, "free-passwd"))
        self.assertIn("plugin free 1 runs without isolation", daemon.output())
        self.assertEqual(daemon.ask("status")["unconfined_plugins"], ["free"])

    def test_a_native_plugin_that_crashes_takes_only_its_child_along(self):
        made = self.daemon_with_plugins(source("good", "feed", self.site.url + "/rss") + self.attempt("native", "crash"))
        self.site.page("/p", "Iran once", STORY)
        self.site.feed("/rss", [("/p", "Iran once", "x")])
        folder = self.evil(made, "native", kind="native", program='library = "native.so"')
        shutil.copy(ROOT / "tests" / "integration" / "crashing_plugin.c", folder / "native.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-I", ROOT / "proto", "-o", folder / "native.so",
                        folder / "native.c"], check=True)
        os.chmod(folder / "native.so", 0o755)
        daemon = made.start()
        self.assertIn("signal 11", self.reason(daemon, "native-crash"))
        Log(daemon).collect("the alert of the good source", lambda got: got)
        self.assertEqual(daemon.stop(), 0)


class NoLandlock(Case):
    """The owner hears of it before there is a package that needs it."""

    UNDER = [sys.executable, str(ROOT / "tests" / "integration" / "without_landlock.py")]
    WARNING = "plugin packages with code will be rejected, because this machine cannot sandbox them: this kernel has no Landlock"

    def said_by(self, *arguments, under=()):
        return subprocess.run([*under, BIN / "presswatch", *arguments, "--config", self.made.config], check=True,
                              capture_output=True, text=True).stderr

    def setUp(self):
        super().setUp()
        self.made = self.daemon_with_plugins(source("good", "feed", self.site.url + "/rss"))
        self.site.feed("/rss", [])

    def test_the_log_says_it_once(self):
        daemon = self.made.start(under=self.UNDER)
        daemon.ask("reload")
        self.assertEqual(daemon.output().count(self.WARNING), 1)
        self.assertEqual(daemon.stop(), 0)

    def test_check_and_the_list_of_plugins_say_it(self):
        for arguments in (["check"], ["plugin", "list"]):
            with self.subTest(arguments):
                self.assertIn(self.WARNING, self.said_by(*arguments, under=self.UNDER))
                self.assertIn('isolation = "none"', self.said_by(*arguments, under=self.UNDER))

    def test_nothing_is_said_where_it_works(self):
        if "cannot be sandboxed" in self.with_a_package():
            self.skipTest("this kernel has no Landlock")
        self.assertEqual(self.said_by("check"), "")
        self.assertEqual(self.said_by("plugin", "list"), "")

    def with_a_package(self):
        """What `plugin list` prints of a package that needs a sandbox."""
        self.add_package(self.made, "wire", MANIFEST.format(name="wire", kind="exec", limits="", isolation="", patience=3,
                                                            program='command = ["/usr/bin/python3", "plugin.py"]'),
                         {"plugin.py": ATTEMPT})
        return self.said_by("plugin", "list")


if __name__ == "__main__":
    unittest.main()
