"""The package as its users have it: installed by `cmake --install` into a Debian, started by systemd with the unit as shipped.

test_boot.py BUILD; exit code 77 where this machine cannot boot a container, with the reason.
"""
import json
import re
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

from container import Container, check_machine, enter_mount_namespace
from debian_root import CannotRun, debian_root

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PATIENCE = 120  # seconds until a thing that must happen counts as not happening
UNIT = "presswatch.service"
NEWSROOM = """
[[source]]
id = "courier"
plugin = "feed"
url = "http://127.0.0.1:8750/en/rss.xml"
interval = "2s"
"""
PROBE = '[[source]]\nid = "probe"\nplugin = "probe"\ninterval = "2s"\n'
# More failures than any start limit that systemd has by default, or the unit once had.
FAILURES = 6


def wait_for(what, check):
    """The first true value of check(), or a failure that says what was waited for."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.2)
    raise AssertionError(f"waited {PATIENCE} s for {what}\n{journal()}")


def journal():
    return box.run("journalctl", "--unit", UNIT, "--no-pager", "--lines=30", "--output=cat", check=False).stdout


def show(name):
    return box.run("systemctl", "show", UNIT, f"--property={name}", "--value").stdout.strip()


def ask(command):
    """The daemon's answer, or None while nobody answers. `status` exits with 1 when something needs a person."""
    done = box.run("presswatch", command, "--json", check=False)
    return json.loads(done.stdout) if done.stdout else None


def main_pid():
    """The daemon's process once it is ready."""
    return wait_for("the service to be active", lambda: show("ActiveState") == "active" and show("MainPID"))


def alerts(enough):
    """The alerts of the last hour, once enough(alerts)."""
    def read():
        # It ends by the time limit, and prints what there is.
        done = box.run("timeout", "3", "presswatch", "tail", "--json", "--since", "1h", check=False)
        found = [json.loads(line) for line in done.stdout.splitlines() if line.endswith("}")]
        return found if enough(found) else None

    return wait_for("alerts", read)


def kill(name, pid):
    box.run("sh", "-c", f"kill -{name} {pid}")


class Boot(unittest.TestCase):
    """One container and one service for all tests: each leaves it running."""

    def setUp(self):
        self.pid = main_pid()
        self.restarts = int(show("NRestarts"))

    def comes_back(self):
        """The service runs again, under systemd's care and not by hand."""
        wait_for("another start", lambda: int(show("NRestarts")) > self.restarts)
        fresh = main_pid()
        self.assertNotEqual(fresh, self.pid)
        self.assertIsNotNone(wait_for("the control socket", lambda: ask("status")))
        self.pid, self.restarts = fresh, int(show("NRestarts"))

    def probe(self):
        """The probe's process, in the container's numbers."""
        def find():
            for pid in box.run("sh", "-c", f"cat /proc/{self.pid}/task/*/children").stdout.split():
                line = box.run("cat", f"/proc/{pid}/cmdline", check=False).stdout
                if "plugin.py" in line:
                    return pid
            return None

        return wait_for("the plugin's process", find)

    def test_status_and_no_restart_since_the_start(self):
        status = wait_for("the status", lambda: ask("status"))
        self.assertGreater(status["sources"], 0)
        self.assertEqual(show("Result"), "success")
        self.assertIn("watching", journal())

    def test_alerts_of_the_newsroom(self):
        found = alerts(lambda all_: any(one["article"].get("url", "").startswith("http://127.0.0.1:8750/en/") for one in all_))
        self.assertTrue(found)

    def test_reload_takes_over_a_new_watchlist(self):
        before = ask("status")["watchlists"]
        box.write("/etc/presswatch/watchlists.d/new.toml", '[[watchlist]]\nid = "new"\nkeywords = ["Lisbon"]\n')
        box.run("systemctl", "reload", UNIT)
        wait_for("the new watchlist", lambda: ask("status")["watchlists"] == before + 1)
        self.assertEqual(show("MainPID"), self.pid)

    def test_reload_of_a_wrong_configuration_fails_and_changes_nothing(self):
        file = "/etc/presswatch/watchlists.d/wrong.toml"
        before = ask("status")["watchlists"]
        box.write(file, '[[watchlist]]\nid = "wrong"\nkeyword = ["Lisbon"]\n')
        self.assertNotEqual(box.run("systemctl", "reload", UNIT, check=False).returncode, 0)
        box.run("rm", file)
        self.assertIn('did you mean "keywords"', journal())
        self.assertEqual(ask("status")["watchlists"], before)
        self.assertEqual(show("MainPID"), self.pid)

    def test_a_plugin_is_confined_under_the_filter_of_the_unit(self):
        found = alerts(lambda all_: any("probed" in one["article"]["title"] for one in all_))
        title = next(one["article"]["title"] for one in found if "probed" in one["article"]["title"])
        tried = dict(word.split("=") for word in title.split() if "=" in word)
        self.assertEqual(tried, {"socket": "EPERM", "unix": "EPERM", "state": "EACCES", "configuration": "EACCES",
                                 "write": "EACCES", "fork": "EPERM", "nice": "EPERM"})

    def test_a_plugin_has_its_limits_and_its_priority(self):
        pid = self.probe()
        status = box.read(f"/proc/{pid}/status")
        self.assertRegex(status, r"NoNewPrivs:\s*1\n")
        self.assertRegex(status, r"Seccomp:\s*2\n")
        limits = box.read(f"/proc/{pid}/limits")
        for name, value in (("Max core file size", 0), ("Max file size", 0), ("Max open files", 32),
                            ("Max data size", 256 << 20), ("Max cpu time", 600)):
            self.assertRegex(limits, rf"{name}\s+{value}\s")
        nice = int(box.read(f"/proc/{pid}/stat").rsplit(")", 1)[1].split()[16])
        self.assertEqual(nice, 10)

    def test_the_end_of_a_plugin_is_not_the_end_of_the_service(self):
        pid = self.probe()
        kill("KILL", pid)
        wait_for("another child", lambda: self.probe() != pid)
        self.assertEqual(show("MainPID"), self.pid)
        self.assertEqual(show("OOMPolicy"), "continue")

    def test_it_comes_back_however_often_it_is_killed(self):
        for _ in range(FAILURES):
            kill("KILL", self.pid)
            self.comes_back()

    def test_frozen_it_is_ended_by_the_watchdog_and_comes_back(self):
        kill("STOP", self.pid)
        self.comes_back()
        self.assertIn("Watchdog timeout", journal())

    def test_a_wrong_configuration_stops_it_until_it_is_mended(self):
        file = "/etc/presswatch/presswatch.toml"
        good = box.read(file)
        box.write(file, good + "\nwrong = 1\n")
        box.run("systemctl", "restart", UNIT, check=False)
        wait_for("the end of the service", lambda: show("ActiveState") == "failed")
        self.assertEqual(show("ExecMainStatus"), "78")
        self.assertEqual(show("NRestarts"), "0")
        box.write(file, good)
        box.run("systemctl", "start", UNIT)
        self.assertNotEqual(main_pid(), self.pid)


def install(build, root):
    """What the README tells to do, for another root."""
    done = subprocess.run(["cmake", "--install", build, "--prefix", "/usr"], check=False, capture_output=True, text=True,
                          env={"DESTDIR": str(root), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    if done.returncode != 0:
        raise SystemExit(done.stdout + done.stderr)


def add_news():
    """A newsroom in the container, as what the service watches, and a plugin that is not built in."""
    box.write("/opt/newsroom.py", (ROOT / "tests/fakes/newsroom.py").read_text(encoding="utf-8"))
    box.run("systemd-run", "--quiet", "--unit=newsroom", "python3", "/opt/newsroom.py", "--every", "1")
    package = "/usr/lib/presswatch/plugins/probe"
    for file in (HERE / "probe").iterdir():
        box.write(f"{package}/{file.name}", file.read_text(encoding="utf-8"))
    box.write(f"{package}/presswatch_plugin.py", box.read("/usr/share/presswatch/python/presswatch_plugin.py"))
    main = box.read("/etc/presswatch/presswatch.toml")
    main, loopback = re.subn(r"(?m)^# allow_addresses = \[\]$", 'allow_addresses = ["127.0.0.0/8"]', main)
    main, interval = re.subn(r'(?m)^# min_interval = "2m"$', 'min_interval = "1s"', main)
    assert loopback == interval == 1, "the shipped configuration has changed"
    box.write("/etc/presswatch/presswatch.toml", main)
    box.write("/etc/presswatch/sources.d/newsroom.toml", NEWSROOM + PROBE)


def start(build):
    """A running container in which the service is enabled."""
    check_machine()
    programs = [build / "bin" / name for name in ("presswatch", "presswatchd", "presswatch-plugin-host")]
    base = debian_root(programs)
    enter_mount_namespace()
    made = Container(base)
    try:
        install(build, made.root)
        made.boot()
    except BaseException:
        made.stop()
        raise
    return made


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by SIGTERM"))
    try:
        box = start(Path(sys.argv.pop(1)).resolve())
    except CannotRun as error:
        print(f"SKIPPED: {error}")
        sys.exit(77)
    try:
        add_news()
        box.run("sh", "-c", "systemd-sysusers && systemd-tmpfiles --create")
        box.run("systemctl", "enable", "--now", UNIT, check=False)
        unittest.main(verbosity=2, failfast=True)
    finally:
        box.stop()
