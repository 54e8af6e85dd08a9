"""What becomes of the data and the configuration when the package is replaced by a newer one, removed, and purged.

The steps are one story, in the order of their numbers.
"""
import unittest

import service
from service import UNIT, alerts, apt, ask, main_pid, show, wait_for

MAIN = "/etc/presswatch/presswatch.toml"
SHIPPED = "/etc/presswatch/names.d/cities.toml"
BOTH = "/etc/presswatch/watchlists.d/caucasus.toml"
# Files that the newer package brings changed.
CHANGED = [SHIPPED, BOTH]
NEWER = "0.1.0+newer"
FOLDER = "/opt/packages"
OWN_LINE = "# of the operator\n"


def exists(path):
    return service.box.run("test", "-e", path, check=False).returncode == 0


def oldest_alert():
    """As it was stored, without the time at which it was sent."""
    alert = alerts(lambda found: found)[0]
    del alert["latency"]["sentMs"]
    return alert


class UpgradeAndRemoval(unittest.TestCase):
    def test_1_an_upgrade_keeps_data_and_changed_conffiles(self):
        box = service.box
        pid = main_pid()
        first = oldest_alert()
        box.write(BOTH, box.read(BOTH) + OWN_LINE)
        main = box.read(MAIN)
        apt("install", f"{FOLDER}/newer.deb")
        self.assertEqual(box.run("dpkg-query", "-W", "-f=${Version}", "presswatch").stdout, NEWER)
        self.assertNotEqual(main_pid(), pid, "it was not started again")
        self.assertEqual(show("UnitFileState"), "enabled")
        # What only the operator changed, what only the package changed, and what both did.
        self.assertEqual(box.read(MAIN), main)
        self.assertIn(NEWER, box.read(SHIPPED))
        self.assertIn(OWN_LINE, box.read(BOTH))
        self.assertIn(NEWER, box.read(BOTH + ".dpkg-dist"))
        self.assertEqual(oldest_alert(), first)

    def test_2_the_subscriber_missed_nothing_and_had_nothing_twice(self):
        """From the first alert on: across kills, the watchdog and the upgrade."""
        newest = wait_for("the status", lambda: ask("status"))["published_seq"]

        def seen():
            return [int(line) for line in service.box.read("/opt/subscriber/seen").split()]

        wait_for("the subscriber", lambda: seen() and seen()[-1] >= newest)
        numbers = seen()
        self.assertEqual(numbers, list(range(numbers[0], numbers[-1] + 1)))

    def test_3_removed_it_leaves_data_and_configuration(self):
        box = service.box
        box.run("systemctl", "stop", "subscriber", "newsroom")
        apt("remove", "presswatch")
        self.assertEqual(show("ActiveState"), "inactive")
        self.assertFalse(exists("/usr/bin/presswatchd"))
        self.assertTrue(exists("/var/lib/presswatch/presswatch.db"))
        self.assertIn(OWN_LINE, box.read(BOTH))

    def test_4_installed_again_it_goes_on(self):
        before = service.box.run("stat", "-c%i", "/var/lib/presswatch/presswatch.db").stdout
        apt("install", f"{FOLDER}/newer.deb")
        main_pid()
        self.assertEqual(service.box.run("stat", "-c%i", "/var/lib/presswatch/presswatch.db").stdout, before)
        self.assertTrue(alerts(lambda found: found))

    def test_5_purged_it_leaves_nothing_but_its_user(self):
        box = service.box
        # What the tests put there is not the package's.
        box.run("rm", "-r", "/usr/lib/presswatch", "/opt/packages", "/opt/subscriber", "/var/log/apt")
        apt("purge", "presswatch", "python3-presswatch")
        found = box.run("find", "/", "/run", "/tmp", "-xdev", "-iname", "*presswatch*").stdout
        self.assertEqual(found, "")
        self.assertNotIn(UNIT, box.run("systemctl", "list-unit-files", "--no-legend").stdout)
        self.assertRegex(box.run("getent", "passwd", "presswatch").stdout, r"/usr/sbin/nologin$")
