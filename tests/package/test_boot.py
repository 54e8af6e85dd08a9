"""The package as its users have it: installed by apt into a running Debian, and what becomes of it there.

test_boot.py BUILD takes the packages that test_packages.py left in BUILD/packages. Exit code 77 where this machine cannot
boot a container, with the reason.
"""
import re
import shutil
import signal
import sys
import tempfile
import unittest
from pathlib import Path

import debs
import upgrade_and_removal
from container import Container, check_machine, enter_mount_namespace
from debian_root import CannotRun, debian_root
from service import UNIT, alerts, apt, ask, journal, kill, main_pid, ready_after, show, start_tests, wait_for

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
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
READY_WITHIN = 2  # seconds


class Installed(unittest.TestCase):
    """What apt alone has done."""

    def test_it_is_enabled_and_started(self):
        self.assertEqual(show("UnitFileState"), "enabled")
        main_pid()
        self.assertEqual(show("NRestarts"), "0")
        self.assertIn("watching", journal())

    def test_nothing_is_fetched_before_the_operator_says_so(self):
        self.assertEqual([one["id"] for one in ask("sources")["sources"] if one["enabled"]], [])

    def test_the_folders_are_for_whom_they_should_be(self):
        for folder, expected in (("/etc/presswatch", "755 root root"), ("/var/lib/presswatch", "700 presswatch presswatch"),
                                 ("/run/presswatch", "750 presswatch presswatch")):
            self.assertEqual(box.run("stat", "--format=%a %U %G", folder).stdout.strip(), expected, folder)

    def test_the_unit_is_hardened_as_systemd_sees_it(self):
        box.run("systemd-analyze", "security", "--threshold=11", "--no-pager", UNIT)

    def test_no_file_of_the_package_was_lost_or_changed(self):
        self.assertEqual(box.run("dpkg", "--verify", "presswatch", "python3-presswatch").stdout, "")

    def test_the_shipped_configuration_has_no_errors(self):
        self.assertIn("no errors", box.run("presswatch", "check").stdout)


class Boot(unittest.TestCase):
    """One service for all tests, which watches a newsroom: each leaves it running."""

    @classmethod
    def setUpClass(cls):
        add_news()
        box.run("systemctl", "restart", UNIT)
        cls.first_ready = ready_after()

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

    def test_it_is_ready_soon(self):
        self.assertLess(self.first_ready, READY_WITHIN)

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
        self.assertIn('did you mean "keywords"', box.run("systemctl", "status", UNIT).stdout)
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


def packages_of(build):
    """The packages that are installed in the container, by name."""
    made = debs.find(build / "packages")
    if not made:
        raise CannotRun(f"there are no packages in {build / 'packages'}: test_packages.py makes them")
    return {name: made[name] for name in ("presswatch", "python3-presswatch")}


def start(packages):
    """A running container with all that the packages depend on, because it has no network to fetch it from."""
    check_machine()
    base = debian_root({name for deb in packages.values() for name in debs.dependencies(deb)})
    enter_mount_namespace()
    made = Container(base)
    try:
        made.boot()
    except BaseException:
        made.stop()
        raise
    return made


def install(packages):
    """What the README tells to do; and the package that is upgraded to later."""
    folder = upgrade_and_removal.FOLDER
    for name, deb in packages.items():
        box.copy(deb, f"{folder}/{name}.deb")
    work = Path(tempfile.mkdtemp(prefix="presswatch-newer-"))
    try:
        newer = debs.newer(packages["presswatch"], work, upgrade_and_removal.NEWER, upgrade_and_removal.CHANGED)
        box.copy(newer, f"{folder}/newer.deb")
    finally:
        shutil.rmtree(work)
    apt("install", *(f"{folder}/{name}.deb" for name in packages))


def add_news():
    """A newsroom in the container, as what the service watches, a plugin that is not built in, and a subscriber."""
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
    box.write("/opt/subscriber/subscriber.py", (HERE / "subscriber.py").read_text(encoding="utf-8"))
    box.run("systemd-run", "--quiet", "--unit=subscriber", "python3", "/opt/subscriber/subscriber.py", "/opt/subscriber")


def tests():
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    return unittest.TestSuite([load(Installed), load(Boot), load(upgrade_and_removal.UpgradeAndRemoval)])


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by SIGTERM"))
    try:
        built = packages_of(Path(sys.argv.pop(1)).resolve())
        box = start(built)
    except CannotRun as error:
        print(f"SKIPPED: {error}")
        sys.exit(77)
    try:
        start_tests(box)
        install(built)
        done = unittest.TextTestRunner(verbosity=2, failfast=True).run(tests())
    finally:
        box.stop()
    sys.exit(not done.wasSuccessful())
