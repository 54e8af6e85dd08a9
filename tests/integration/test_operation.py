"""Start, reload and stop, and the error messages if they fail."""
import json
import signal
import os
import shutil
import socket
import sqlite3
import threading
import time
import unittest

from harness import PATIENCE, STORY, WATCHLIST, Case, Log, command_line, source, wait_for


class Operation(Case):
    def setUp(self):
        super().setUp()
        self.items = []
        self.site.feed("/rss", self.items)
        self.rss = source("rss", "feed", self.site.url + "/rss")

    def add(self, path, title):
        self.site.page(path, title, STORY)
        self.items.insert(0, (path, title, "x"))

    def refused(self, daemon):
        """Starts a daemon that must fail; returns (exit code, output)."""
        daemon.start(wait=False)
        return daemon.process.wait(timeout=PATIENCE), daemon.output()

    def test_sigterm_stops_in_order(self):
        daemon = self.daemon(self.rss).start()
        self.assertEqual(daemon.stop(), 0)
        self.assertFalse(daemon.control.exists())

    def test_status_says_how_long_the_loop_was_blocked(self):
        daemon = self.daemon(self.rss).start()
        daemon.process.send_signal(signal.SIGSTOP)
        time.sleep(0.3)
        daemon.process.send_signal(signal.SIGCONT)
        wait_for("the stall", lambda: daemon.ask("status")["loop"]["recent_stall_ms"] >= 200)
        loop = daemon.ask("status")["loop"]
        self.assertGreaterEqual(loop["longest_stall_ms"], loop["recent_stall_ms"])
        self.assertLess(loop["longest_stall_cpu_ms"], 200, "it did not compute, it was suspended")

    def test_sigterm_in_the_middle_of_a_slow_answer(self):
        end = threading.Event()
        self.addCleanup(end.set)
        self.site.routes["/slow"] = lambda h: end.wait()
        daemon = self.daemon(self.rss + source("slow", "feed", self.site.url.replace(".0.1", ".0.3") + "/slow")).start()
        wait_for("the slow request", lambda: any(path == "/slow" for path, _ in self.site.requests))
        self.assertEqual(daemon.stop(), 0)

    def test_sighup_takes_over_a_new_watchlist(self):
        daemon = self.daemon(self.rss).start()
        daemon.write("watchlists.d/more.toml", '[[watchlist]]\nid = "georgia"\nkeywords = ["Tbilisi"]\n')
        daemon.process.send_signal(signal.SIGHUP)
        wait_for("the reload", lambda: daemon.ask("status")["watchlists"] == 2)
        self.add("/t", "A festival in Tbilisi")
        alert = Log(daemon).collect("the alert", lambda got: got)[0]
        self.assertEqual(alert["watchlist"]["id"], "georgia")

    def test_a_broken_reload_changes_nothing(self):
        daemon = self.daemon(self.rss).start()
        daemon.write("watchlists.d/more.toml", "[[watchlist]]\nid = \"x\"\nquery = '(Iran AND'\n")
        with self.assertRaises(AssertionError) as caught:
            daemon.ask("reload")
        self.assertIn("more.toml", str(caught.exception))
        self.add("/i", "Iran after a broken reload")
        Log(daemon).collect("the alert", lambda got: got)

    def test_a_refused_configuration_is_in_force_in_no_part(self):
        daemon = self.daemon(self.rss).start()
        main = daemon.config.read_text(encoding="utf-8")
        changed = main.replace("[fetch]", '[fetch]\nuser_agent = "of-the-refused/1"').replace('min_interval = "300ms"',
                                                                                              'min_interval = "2s"')
        self.assertIn('"2s"', changed)
        daemon.config.write_text(changed, encoding="utf-8")
        daemon.write("sources.d/more.toml", source("second", "feed", self.site.url + "/second"))
        daemon.write("watchlists.d/good.toml", '[[watchlist]]\nid = "georgia"\nkeywords = ["Tbilisi"]\n')
        daemon.write("watchlists.d/more.toml", "[[watchlist]]\nid = \"x\"\nquery = '(Iran AND'\n")
        with self.assertRaises(AssertionError):
            daemon.ask("reload")
        daemon.let_turns_pass("rss")
        self.assertEqual([one["id"] for one in daemon.ask("sources")["sources"]], ["rss"])
        self.assertFalse([path for path, _ in self.site.requests if path == "/second"])
        self.assertEqual(daemon.ask("status")["watchlists"], 1)
        agents = {headers.get("User-Agent", "") for _, headers in self.site.requests}
        self.assertFalse([agent for agent in agents if "of-the-refused" in agent], agents)

    def test_reloads_at_the_same_time_all_take_effect(self):
        daemon = self.daemon(self.rss).start()
        results = []

        def add(name):
            daemon.write(f"watchlists.d/{name}.toml", f'[[watchlist]]\nid = "{name}"\nkeywords = ["Tbilisi"]\n')
            results.append(command_line("reload", "--socket", daemon.control).returncode)
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(daemon.control))
                client.sendall(b'{"cmd": "watchlists"}\n')
                known = [one["id"] for one in json.loads(client.makefile().readline())["watchlists"]]
            results.append(name in known or f"{name} is not among {known}")

        threads = [threading.Thread(target=add, args=(f"list-{number}",)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(map(str, results)), ["0"] * 6 + ["True"] * 6)
        self.assertEqual(daemon.ask("status")["watchlists"], 7)

    def test_sigterm_during_a_reload(self):
        daemon = self.daemon(self.rss).start()
        daemon.write("watchlists.d/many.toml", "".join(
            f"[[watchlist]]\nid = \"list-{number}\"\nquery = 'word{number} AND (other{number} OR third)'\n"
            for number in range(3000)))
        daemon.process.send_signal(signal.SIGHUP)
        wait_for("the reload", lambda: "reloading" in daemon.output())
        self.assertEqual(daemon.stop(), 0)
        self.assertNotIn("could not stop", daemon.output())

    def test_a_source_is_polled_when_somebody_asks_for_it(self):
        daemon = self.daemon(self.rss.replace('interval = "300ms"', 'interval = "1h"')).start()
        wait_for("the first poll", lambda: daemon.source("rss")["polls"] >= 1)
        self.add("/now", "Iran, asked for at once")
        refused = command_line("source", "fetch", "no-such", "--socket", daemon.control)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("no-such", refused.stderr)
        done = command_line("source", "fetch", "rss", "--socket", daemon.control)
        self.assertEqual(done.returncode, 0, done.stderr)
        Log(daemon).collect("the alert", lambda got: got)

    def test_a_restart_repeats_nothing(self):
        self.add("/i", "Iran before the restart")
        daemon = self.daemon(self.rss).start()
        Log(daemon).collect("the alert", lambda got: got)
        self.assertEqual(daemon.stop(), 0)
        daemon.start()
        daemon.let_turns_pass("rss")
        self.assertEqual(len(Log(daemon).new()), 1)

    def test_a_story_that_was_told_before_the_restart_is_not_told_again(self):
        self.add("/a", "Iran and its neighbours meet")
        copies = [("/b", "Iran and its neighbours meet", "x")]
        self.site.page("/b", "Iran and its neighbours meet", STORY)
        once = WATCHLIST + "per_story = true\n"
        daemon = self.daemon(self.rss, once + WATCHLIST.replace('"iran"', '"each"')).start()
        log = Log(daemon)
        log.collect("both lists' alerts", lambda got: len(got) >= 2)
        daemon.stop()
        self.site.feed("/copy", copies)
        daemon.write("sources.d/copy.toml", source("copy", "feed", self.site.url + "/copy"))
        daemon.start()
        told = log.collect("the copy's alert", lambda got: got)
        self.assertEqual([one["watchlist"]["id"] for one in told], ["each"])

    def test_a_port_in_use_is_said_with_the_address(self):
        daemon = self.daemon(self.rss)
        with socket.socket() as taken:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as free_port() wants it
            taken.bind(("127.0.0.1", int(daemon.live.rsplit(":", 1)[1])))
            taken.listen()
            code, said = self.refused(daemon)
        self.assertEqual(code, 1)
        self.assertIn(daemon.live, said)

    def test_an_address_that_is_not_loopback_is_refused(self):
        daemon = self.daemon(self.rss)
        daemon.write("presswatch.toml", daemon.config.read_text().replace(daemon.live, "tcp://0.0.0.0:7701"))
        code, said = self.refused(daemon)
        self.assertNotEqual(code, 0)
        self.assertIn("0.0.0.0", said)

    def test_a_corrupt_database_is_named_and_left_alone(self):
        daemon = self.daemon(self.rss)
        state = daemon.folder / "state"
        state.mkdir()
        (state / "presswatch.db").write_bytes(b"this is not a database, and never was one\n" * 200)
        code, said = self.refused(daemon)
        self.assertEqual(code, 74)
        self.assertIn("presswatch.db", said)
        self.assertTrue((state / "presswatch.db").read_bytes().startswith(b"this is not"))

    def test_a_locked_database_is_named(self):
        daemon = self.daemon(self.rss)
        state = daemon.folder / "state"
        state.mkdir()
        other = sqlite3.connect(state / "presswatch.db", isolation_level=None)
        self.addCleanup(other.close)
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("CREATE TABLE held (x)")
        other.execute("BEGIN EXCLUSIVE")
        code, said = self.refused(daemon)
        self.assertEqual(code, 1)
        self.assertIn("lock", said)

    def test_a_read_only_database_is_named(self):
        daemon = self.daemon(self.rss)
        state = daemon.folder / "state"
        daemon.start()
        daemon.stop()
        (state / "presswatch.db").chmod(0o444)
        (state / "presswatch.db.lock").chmod(0o666)
        # Root can write everywhere, so the daemon must not run as root here.
        if os.geteuid() == 0:
            for path in (daemon.folder, state):
                shutil.chown(path, "nobody")
        daemon.start(wait=False, user="nobody" if os.geteuid() == 0 else None)
        self.assertEqual(daemon.process.wait(timeout=PATIENCE), 1)
        self.assertIn("presswatch.db cannot be read and written: Permission denied", daemon.output())

    def test_a_typo_ends_with_78_and_its_line(self):
        daemon = self.daemon(self.rss, WATCHLIST.replace("priority", "priorty"))
        code, said = self.refused(daemon)
        self.assertEqual(code, 78)
        self.assertIn("test.toml:5", said)
        self.assertIn('did you mean "priority"', said)

    def test_a_wrong_query_ends_with_78_and_a_caret(self):
        daemon = self.daemon(self.rss, "[[watchlist]]\nid = \"x\"\nquery = 'Iran AND (Israel'\n")
        code, said = self.refused(daemon)
        self.assertEqual(code, 78)
        self.assertIn("test.toml:3:19: ", said)
        self.assertIn("^", said)

    def test_a_daemon_that_is_suspended_is_said(self):
        daemon = self.daemon(self.rss).start()
        daemon.process.send_signal(signal.SIGSTOP)
        try:
            done = command_line("status", "--socket", daemon.control)
        finally:
            daemon.process.send_signal(signal.SIGCONT)
        self.assertEqual(done.returncode, 1)
        self.assertIn("did not answer within 10s", done.stderr)
        self.assertIn("kill -CONT", done.stderr)
        self.assertEqual(daemon.ask("status")["retention"], "on")

    def test_a_file_at_the_control_socket_is_left_alone(self):
        daemon = self.daemon(self.rss)
        daemon.write("control.sock", "precious")
        code, said = self.refused(daemon)
        self.assertEqual(code, 1)
        self.assertIn(str(daemon.control), said)
        self.assertIn("is a regular file", said)
        self.assertEqual(daemon.control.read_text(), "precious")

    def test_idle_clients_keep_nobody_from_the_control_socket(self):
        daemon = self.daemon(self.rss).start()
        idle = []
        try:
            for _ in range(200):
                idle.append(socket.socket(socket.AF_UNIX))
                idle[-1].settimeout(60)
                idle[-1].connect(str(daemon.control))
            self.assertEqual(daemon.ask("status")["sources"], 1)
            open_ones = len(os.listdir(f"/proc/{daemon.process.pid}/fd"))
            self.assertLess(open_ones, 150)
        finally:
            for one in idle:
                one.close()


if __name__ == "__main__":
    unittest.main()
