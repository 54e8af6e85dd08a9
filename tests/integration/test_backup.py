"""Backup, restore and check of the database, its files under a running daemon, and what a clean stop leaves."""
import json
import os
import shutil
import sqlite3
import stat
import unittest

from harness import STORY, Case, Log, command_line, source, wait_for

DAMAGED = 74


class Backup(Case):
    def setUp(self):
        super().setUp()
        self.items = []
        self.site.feed("/rss", self.items)
        self.made = self.daemon(source("rss", "feed", self.site.url + "/rss"))
        self.publish(3)
        self.made.start()
        self.log = Log(self.made)
        self.log.collect("three alerts", lambda got: len(got) >= 3)
        self.file = self.made.folder / "backup"

    def publish(self, count):
        for number in range(len(self.items), len(self.items) + count):
            self.site.page(f"/story{number}", f"Iran story number {number}", STORY)
            self.items.insert(0, (f"/story{number}", f"Iran story number {number}", "x"))

    def database(self, end=""):
        return self.made.folder / f"state/presswatch.db{end}"

    def run_verb(self, *arguments):
        return command_line(*arguments, "--config", self.made.config)

    @staticmethod
    def alerts_in(path):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            return db.execute("SELECT count(*) FROM alerts").fetchone()[0]

    def damage(self, table):
        db = sqlite3.connect(self.database())
        page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
        db.close()
        with open(self.database(), "r+b") as file:
            file.seek((page - 1) * size)
            file.write(b"\x55" * 64)

    def test_a_clean_stop_leaves_all_alerts_in_the_file_alone(self):
        self.assertEqual(self.made.stop(), 0)
        shutil.copy(self.database(), self.file)
        self.assertEqual(self.alerts_in(self.file), 3)

    def test_a_backup_of_the_running_daemon_is_restored_under_a_new_log_id(self):
        done = self.run_verb("backup", self.file)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("3 alerts", done.stdout)
        self.assertEqual(stat.S_IMODE(os.stat(self.file).st_mode), 0o600)
        again = self.run_verb("backup", self.file)
        self.assertEqual(again.returncode, 1)
        self.assertIn("exists already", again.stderr)
        self.assertEqual(self.run_verb("backup", self.file, "--force").returncode, 0)
        refused = self.run_verb("restore", self.file)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("uses it", refused.stderr)
        before = self.log.request(op="head")[0]["log"]
        self.publish(2)
        self.log.collect("two more", lambda got: len(got) >= 2)
        self.made.stop()
        restored = self.run_verb("restore", self.file)
        self.assertEqual(restored.returncode, 0, restored.stderr)
        kept = [one for one in (self.made.folder / "state").iterdir() if ".replaced-" in one.name
                and not one.name.endswith(".instance")]
        self.assertEqual(self.alerts_in(kept[0]), 5)
        self.made.start()
        head = self.log.request(op="head")[0]
        self.assertNotEqual(head["log"], before)
        # The feed still lists the two that the backup does not have, so they come again.
        self.log.after = 3
        self.log.collect("the two again", lambda got: len(got) >= 2)

    def test_check_store_reports_beside_the_daemon_and_finds_damage(self):
        done = self.run_verb("check-store", "--json")
        self.assertEqual(done.returncode, 0, done.stdout)
        report = json.loads(done.stdout)
        self.assertEqual((report["verdict"], report["alerts"]), ("sound", 3))
        self.made.stop()
        self.damage("suppressed")
        done = self.run_verb("check-store")
        self.assertEqual(done.returncode, DAMAGED)
        self.assertIn("The database is damaged.", done.stdout)
        self.assertEqual(self.run_verb("backup", self.file).returncode, DAMAGED)

    def test_damage_after_a_clean_stop_is_found_by_the_daemon(self):
        wait_for("a check", lambda: self.made.ask("status")["store_check"].startswith("ok"))
        self.made.stop()
        self.damage("suppressed")
        self.made.start(wait=False)
        self.assertEqual(self.made.process.wait(timeout=60), DAMAGED)
        self.assertIn("the database is damaged", self.made.output())

    def test_a_deleted_database_ends_the_daemon_and_is_rescued(self):
        for end in ("", "-wal", "-shm"):
            self.database(end).unlink()
        self.assertEqual(self.made.process.wait(timeout=60), 1)
        self.assertIn("was deleted or moved away while the daemon ran", self.made.output())
        rescued = next(one for one in (self.made.folder / "state").iterdir() if "rescued" in one.name)
        self.assertEqual(self.alerts_in(rescued), 3)
        self.assertEqual(self.run_verb("restore", rescued).returncode, 0)
        self.made.start()
        self.assertEqual(self.log.request(op="head")[0]["head"], 3)


if __name__ == "__main__":
    unittest.main()
