"""The log after its database was restored from a backup, truncated, or thinned by retention."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import unittest

from harness import BIN, PATIENCE, ROOT, Case, Log, wait_for

PROGRAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
from presswatch import Subscriber
options = json.loads(sys.argv[4])
out, notes = open(sys.argv[5], "a", buffering=1), open(sys.argv[5] + ".notes", "a", buffering=1)
for alert in Subscriber(live=sys.argv[2], log=sys.argv[3], notice=lambda line: notes.write(line + "\\n"), **options):
    out.write(alert["itemId"] + "\\n")
"""


def insert(daemon, names, channel="iran", ago_ms=0):
    """Alerts committed while the daemon is down, as after a crash between commit and publication."""
    db = sqlite3.connect(daemon.folder / "state/presswatch.db")
    seq = db.execute("SELECT value FROM meta WHERE key = 'head'").fetchone()[0]
    row = db.execute("SELECT head FROM channels WHERE name = ?", (channel,)).fetchone()
    cseq = row[0] if row else 0
    now = int(time.time() * 1000) - ago_ms
    for n, name in enumerate(names, 1):
        body = json.dumps({"watchlist": {"id": channel}, "itemId": name, "article": {"title": name},
                           "latency": {"seenMs": "1"}}, separators=(",", ":"))
        db.execute("INSERT INTO alerts(seq, channel, cseq, time, id, source, body) VALUES (?,?,?,?,?,?,?)",
                   (seq + n, channel, cseq + n, now, os.urandom(16), "test", body))
    db.execute("UPDATE meta SET value = ? WHERE key = 'head'", (seq + len(names),))
    db.execute("INSERT INTO channels(name, head) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET head = ?2",
               (channel, cseq + len(names)))
    db.commit()
    db.close()


class LogRestore(Case):
    def setUp(self):
        super().setUp()
        self.made = self.daemon("").start()
        self.log = Log(self.made)
        self.clients = 0

    def database(self, end=""):
        return self.made.folder / f"state/presswatch.db{end}"

    def add(self, *names, channel="iran"):
        """Stops the daemon, adds the alerts and starts it again, so that it publishes them."""
        self.made.stop()
        insert(self.made, names, channel)
        self.made.start()

    def back_up(self):
        source, target = sqlite3.connect(self.database()), sqlite3.connect(self.made.folder / "backup")
        source.backup(target)
        source.close()
        target.close()

    def restore(self):
        self.made.stop()
        for end in ("", "-wal", "-shm"):
            self.database(end).unlink(missing_ok=True)
        shutil.copy(self.made.folder / "backup", self.database())

    def follow(self, **options):
        """A Python client in a separate process, and the file with the items it received."""
        self.clients += 1
        seen = self.made.folder / f"seen{self.clients}"
        for name in (seen, f"{seen}.notes"):
            open(name, "w", encoding="utf-8").close()
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, ROOT / "clients/python", self.made.live, self.made.log,
                                    json.dumps(options), seen])
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process, seen

    def tail(self, *arguments):
        self.clients += 1
        seen = self.made.folder / f"seen{self.clients}"
        with open(seen, "w", encoding="utf-8") as out, open(f"{seen}.notes", "w", encoding="utf-8") as notes:
            process = subprocess.Popen([BIN / "presswatch", "tail", "--config", self.made.config, "--json", *arguments],
                                       stdout=out, stderr=notes)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process, seen

    @staticmethod
    def items(seen):
        lines = seen.read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["itemId"] if line.startswith("{") else line for line in lines]

    def expect(self, seen, wanted):
        wait_for(f"{wanted} in {self.items(seen)}", lambda: self.items(seen)[-len(wanted):] == wanted)

    def head(self, **fields):
        return self.log.request(op="head", **fields)[0]

    def test_a_restored_backup_gets_a_new_log_id_and_loses_no_alert(self):
        self.add("one", "two")
        self.back_up()
        followers = [self.follow(since=3600, cursor=str(self.made.folder / "cursor"))[1],
                     self.follow(since=3600, channel="iran")[1],
                     self.tail("--since", "1h")[1], self.tail("--since", "1h", "--watchlist", "iran")[1]]
        self.add("three", "four")
        for seen in followers:
            self.expect(seen, ["one", "two", "three", "four"])
        before = self.head()["log"]
        self.restore()
        insert(self.made, ["five"])
        self.made.start()
        self.assertNotEqual(self.head()["log"], before)
        self.assertIn("was restored, copied or cut back", self.made.output())
        for seen in followers:
            self.expect(seen, ["one", "two", "three", "four", "five"])
            self.assertIn("restored", (self.made.folder / f"{seen.name}.notes").read_text(encoding="utf-8"))

    def test_a_log_cut_back_under_the_same_id_is_noticed_by_its_followers(self):
        self.add("one", "two")
        self.back_up()
        shutil.copy(self.database(".instance"), self.made.folder / "instance")
        followers = [self.follow(since=3600)[1], self.follow(since=3600, channel="iran")[1],
                     self.tail("--since", "1h")[1], self.tail("--since", "1h", "--watchlist", "iran")[1]]
        self.add("three", "four", "five")
        for seen in followers:
            self.expect(seen, ["one", "two", "three", "four", "five"])
        before = self.head()["log"]
        self.restore()
        shutil.copy(self.made.folder / "instance", self.database(".instance"))  # the whole folder was restored
        insert(self.made, ["six"])
        self.made.start()
        self.assertEqual(self.head()["log"], before)
        for seen in followers:
            self.expect(seen, ["one", "two", "three", "four", "five", "six"])

    def test_a_client_that_was_stopped_before_the_restore_begins_again_near_its_last_alert(self):
        self.made.stop()
        insert(self.made, ["ancient"], ago_ms=7_200_000)
        insert(self.made, ["one"])
        self.made.start()
        self.back_up()
        self.add("two", "three")
        cursor = self.made.folder / "cursor"
        process, seen = self.follow(since=86400, cursor=str(cursor))
        self.expect(seen, ["ancient", "one", "two", "three"])
        wait_for("the place of the last", lambda: json.loads(cursor.read_text(encoding="utf-8"))["number"] == 4)
        process.kill()
        process.wait()
        self.restore()
        insert(self.made, ["four", "five", "six"])
        self.made.start()
        _, seen = self.follow(since=86400, cursor=str(cursor))
        self.expect(seen, ["four", "five", "six"])
        # The recent alert in the backup is delivered again, because this process does not know it; older ones are not.
        self.assertEqual(self.items(seen), ["one", "four", "five", "six"])

    def test_the_place_is_kept_before_the_first_alert(self):
        for channel in (None, "iran"):
            cursor = self.made.folder / f"cursor-{channel}"
            process, _ = self.follow(cursor=str(cursor), channel=channel)
            wait_for("the cursor file", cursor.exists)
            process.kill()
            process.wait()
            self.add("one", "two")
            _, seen = self.follow(cursor=str(cursor), channel=channel)
            self.expect(seen, ["one", "two"])

    def test_a_cursor_of_another_channel_is_refused(self):
        cursor = self.made.folder / "cursor"
        cursor.write_text(json.dumps({"log": None, "number": 1, "id": None, "channel": "rail"}), encoding="utf-8")
        done = subprocess.run([sys.executable, "-c", PROGRAM, ROOT / "clients/python", self.made.live, self.made.log,
                               json.dumps({"cursor": str(cursor), "channel": "iran"}), self.made.folder / "seen"],
                              capture_output=True, text=True, check=False, timeout=PATIENCE)
        self.assertIn("this is a place in rail, not in iran", done.stderr)

    def test_since_with_nothing_that_new_prints_nothing_of_what_is_kept(self):
        self.made.stop()
        insert(self.made, ["old1", "old2"], ago_ms=7_200_000)
        self.made.start()
        cursors = [self.made.folder / "cursor1", self.made.folder / "cursor2"]
        followers = [self.follow(since=60, cursor=str(cursors[0]))[1],
                     self.follow(since=60, cursor=str(cursors[1]), channel="iran")[1],
                     self.tail("--since", "1m")[1], self.tail("--since", "1m", "--watchlist", "iran")[1]]
        for cursor in cursors:
            wait_for("a place", cursor.exists)
        self.add("new")
        for seen in followers:
            self.expect(seen, ["new"])
            self.assertEqual(self.items(seen), ["new"])

    def test_a_channel_that_lost_all_its_alerts_is_told_and_goes_on(self):
        self.add("one", "two")
        self.add("other1", "other2", "other3", channel="rail")
        cursor = self.made.folder / "cursor"
        log = self.head()["log"]
        cursor.write_text(json.dumps({"log": log, "number": 1, "id": None}), encoding="utf-8")
        self.made.stop()
        with sqlite3.connect(self.database()) as db:
            db.execute("DELETE FROM alerts WHERE seq <= 3")
        db.close()
        self.made.start()
        reply, _ = self.log.request(op="replay", channel="iran", after=1, log=log)
        self.assertEqual((reply["status"], reply["next"]), ("gone", 2))
        _, seen = self.follow(cursor=str(cursor), channel="iran")
        notes = self.made.folder / f"{seen.name}.notes"
        wait_for("the loss", lambda: "alerts 2 to 2 are not kept" in notes.read_text(encoding="utf-8"))
        self.add("three")
        self.expect(seen, ["three"])
        self.assertEqual(self.items(seen), ["three"])

    def test_a_lost_tail_is_found_among_thousands_of_channels(self):
        self.add("one")
        process, seen = self.follow(since=3600, channel="iran")
        _, tailed = self.tail("--since", "1h", "--watchlist", "iran")
        self.expect(seen, ["one"])
        self.expect(tailed, ["one"])
        self.made.kill()
        insert(self.made, ["two"])
        self.insert_channels(3000)
        self.made.start()
        self.expect(seen, ["one", "two"])
        self.expect(tailed, ["one", "two"])
        head = self.head()
        self.assertLess(len(json.dumps(head)), 20_000)
        self.assertGreater(head["heads_after"], 1000)
        self.assertEqual(self.head(channel="iran")["channel_head"], 2)
        self.assertIsNone(process.poll())

    def insert_channels(self, count):
        db = sqlite3.connect(self.database())
        seq = db.execute("SELECT value FROM meta WHERE key = 'head'").fetchone()[0]
        now = int(time.time() * 1000)
        rows = [(seq + n, f"channel-{n}", 1, now, os.urandom(16), "test", '{"latency":{"seenMs":"1"}}')
                for n in range(1, count + 1)]
        db.executemany("INSERT INTO alerts(seq, channel, cseq, time, id, source, body) VALUES (?,?,?,?,?,?,?)", rows)
        db.executemany("INSERT INTO channels(name, head) VALUES (?, 1)", [(row[1],) for row in rows])
        db.execute("UPDATE meta SET value = ? WHERE key = 'head'", (seq + count,))
        db.commit()
        db.close()


if __name__ == "__main__":
    unittest.main()
