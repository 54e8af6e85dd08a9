"""`presswatch check` against a start: what one refuses, the other refuses with the same words."""
import os
import re
import shutil
import socket
import subprocess
import unittest

from harness import BIN, PATIENCE, ROOT, STORY, WATCHLIST, Case, command_line, source


def main_file(made, old, new):
    made.write("presswatch.toml", made.config.read_text(encoding="utf-8").replace(old, new))


class Check(Case):
    def setUp(self):
        super().setUp()
        self.site.page("/a", "Iran is in the news", STORY)
        self.site.feed("/rss", [("/a", "Iran is in the news", "x")])
        self.rss = source("wire", "feed", self.site.url + "/rss")

    def check(self, made, **options):
        return command_line("check", "--config", made.config, **options)

    def started(self, made, **options):
        """The exit code of a start that must fail, and what it said."""
        made.start(wait=False, **options)
        return made.process.wait(timeout=PATIENCE), made.output()

    def refused(self, made, code, *messages):
        """Both refuse the configuration, and say the same of what is wrong."""
        checked = self.check(made)
        self.assertEqual(checked.returncode, 78, checked.stderr)
        ended, said = self.started(made)
        self.assertEqual(ended, code, said)
        for message in messages:
            self.assertIn(message, checked.stderr)
        errors = [line for line in checked.stderr.splitlines() if str(made.folder) in line and "warning: " not in line]
        self.assertTrue(errors, checked.stderr)
        for line in errors:
            self.assertIn(line, said)

    def test_what_is_wrong_with_the_files_is_refused_by_both(self):
        for name, old, new, message in (
                ("presswatch.toml", "[bus]", '[bus]\nheartbeta = "1s"', "unknown key"),
                ("presswatch.toml", 'allow_addresses = ["127.0.0.0/8"]', 'allow_addresses = ["127.0.0.0/99"]',
                 "is not a network"),
                ("presswatch.toml", "live = \"tcp://127.0.0.1", "live = \"tcp://10.0.0.1", "only loopback"),
                ("presswatch.toml", "live = \"tcp://127.0.0.1:", "live = \"tcp://127.0.0.1:9999", "a port from 1 to 65535"),
                ("presswatch.toml", "[store]", '[websub]\nlisten = "here"\ncallback = "https://x.test/"\n[store]',
                 "is not ADDRESS:PORT"),
                ("presswatch.toml", "[daemon]", '[daemon]\nnames = "nowhere.d"', "does not exist; create the folder"),
                ("presswatch.toml", 'state = "state"', 'state = "presswatch.toml/state"', "Not a directory"),
                ("sources.d/test.toml", "wire", "wire!", "source.id must be"),
                ("sources.d/test.toml", 'plugin = "feed"', 'plugin = "webpage"\nlinks = "p:"', "source wire: "),
                ("watchlists.d/test.toml", "keywords =", "languages = [\"xx\"]\nkeywords =", "unknown language"),
                ("watchlists.d/test.toml", "keywords = [\"Iran\", \"Tehran\"]", "query = 'Iran AND (Israel'",
                 "test.toml:4:19: watchlist iran: this ( is never closed"),
                ("watchlists.d/test.toml", "keywords = [\"Iran\", \"Tehran\"]", "query = 'Iran AND source:wier'",
                 "did you mean source:wire?"),
                ("watchlists.d/test.toml", "keywords = [\"Iran\", \"Tehran\"]", "query = 'Iran AND country:zz'",
                 "unknown country")):
            with self.subTest(message):
                made = self.daemon(self.rss)
                file = made.folder / name
                text = file.read_text(encoding="utf-8")
                self.assertIn(old, text)
                made.write(name, text.replace(old, new))
                self.refused(made, 78, message)

    def test_errors_of_every_kind_are_reported_in_one_run(self):
        made = self.daemon(self.rss.replace("wire", "wire!"), "[[watchlist]]\nid = \"a\"\ntitel = \"A\"\nquery = 'x AND'\n")
        main_file(made, 'min_gap = "10ms"', "min_gap = 10")
        for said in (self.check(made).stderr, self.started(made)[1]):
            for place in (r"presswatch\.toml:\d+:\d+: fetch\.min_gap", r"test\.toml:2:\d+: source\.id",
                          r"test\.toml:3:1: unknown key \"titel\"", r"test\.toml:4:\d+: watchlist a: expected a word"):
                self.assertRegex(said, place)

    def test_what_the_machine_lacks_is_refused_by_both(self):
        made = self.daemon(self.rss)
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(("127.0.0.1", int(made.live.rsplit(":")[-1])))
            other.listen()
            self.refused(made, 1, f"the bus cannot listen on {made.live}: Address already in use")
        self.assertEqual(self.check(made).returncode, 0)

    def test_a_callback_port_in_use_is_refused_by_both(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            made = self.daemon(self.rss)
            address = f"127.0.0.1:{other.getsockname()[1]}"
            main_file(made, "[store]", f'[websub]\nlisten = "{address}"\ncallback = "https://x.test/"\n[store]')
            self.refused(made, 1, f"cannot listen for WebSub callbacks on {address}")

    def test_something_else_at_the_control_socket_is_refused_by_both(self):
        made = self.daemon(self.rss)
        made.write("control.sock", "precious")
        self.refused(made, 1, "is a regular file")

    def test_the_daemon_of_the_configuration_is_no_stranger(self):
        made = self.daemon(self.rss).start()
        done = self.check(made)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"the daemon runs (process {made.process.pid})", done.stdout)
        copy = self.daemon(self.rss)
        main_file(copy, copy.live, made.live)
        main_file(copy, 'state = "state"', f'state = "{made.folder}/state"')
        done = self.check(copy)
        self.assertEqual(done.returncode, 78)
        self.assertIn("Address already in use", done.stderr)
        self.assertIn("another presswatchd uses it", done.stderr)

    def test_what_would_hardly_work_is_a_warning(self):
        made = self.daemon(self.rss + "enabled = false\n", "")
        done = self.check(made)
        self.assertEqual(done.returncode, 0, done.stderr)
        for part in ("publishers expect", "no source is enabled", "there are no watchlists"):
            self.assertRegex(done.stderr, f"warning: .*{part}")
        made.start()
        self.assertIn("publishers expect", made.output())

    def test_folders_of_sources_are_read(self):
        made = self.daemon(self.rss)
        (made.folder / "sources.d" / "team").mkdir()
        made.write("sources.d/team/more.toml", self.rss.replace("wire", "team"))
        self.assertIn("2 sources", self.check(made).stdout)
        made.start()
        self.assertEqual({one["id"] for one in made.ask("sources")["sources"]}, {"wire", "team"})

    def test_a_reload_that_is_refused_has_code_78(self):
        made = self.daemon(self.rss).start()
        made.write("watchlists.d/test.toml", WATCHLIST.replace("keywords", "keyword"))
        done = command_line("reload", "--config", made.config)
        self.assertEqual(done.returncode, 78, done.stderr)
        self.assertIn('did you mean "keywords"', done.stderr)
        self.assertEqual(made.ask("status")["watchlists"], 1)

    def test_a_package_that_cannot_run_here_is_found(self):
        made = self.daemon_with_plugins(self.rss.replace('"feed"', '"wire"'))
        self.add_package(made, "wire", '[plugin]\nname = "wire"\nversion = "1"\nkind = "exec"\n'
                         'command = ["no-such-interpreter", "plugin.py"]\n', {"plugin.py": ""})
        done = self.check(made)
        self.assertEqual(done.returncode, 78, done.stdout)
        self.assertIn("its program no-such-interpreter is not here", done.stderr)


@unittest.skipUnless(os.geteuid() == 0, "needs root, to give files to somebody else")
class CheckByRoot(Case):
    def setUp(self):
        super().setUp()
        self.made = self.daemon(source("wire", "feed", self.site.url + "/rss"))
        (self.made.folder / "state").mkdir(mode=0o700)
        for path in (self.made.folder, *self.made.folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.chown(self.made.folder / "state", "nobody", "nogroup")

    def check(self):
        # A process that has changed its user cannot look for leaks.
        options = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        return command_line("check", "--config", self.made.config, env={**os.environ, "ASAN_OPTIONS": options})

    def test_files_are_read_as_the_user_of_the_daemon(self):
        (self.made.folder / "control").mkdir()
        shutil.chown(self.made.folder / "control", "nobody")
        main_file(self.made, "control.sock", "control/control.sock")
        done = self.check()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("checked as the user nobody", done.stdout)
        lists = self.made.folder / "watchlists.d" / "test.toml"
        lists.chmod(0o600)
        done = self.check()
        self.assertEqual(done.returncode, 78)
        self.assertIn(f"{lists}: cannot be read: Permission denied; chgrp nogroup {lists} && chmod g+r {lists}", done.stderr)

    def test_a_state_folder_that_cannot_be_made_is_refused_by_both(self):
        (self.made.folder / "locked").mkdir(mode=0o755)
        main_file(self.made, 'state = "state"', 'state = "locked/state"')
        for name in ("presswatch.toml", "locked"):
            (self.made.folder / name).chmod(0o755)
        said = (f"daemon.state: {self.made.folder}/locked/state does not exist, and cannot be made in "
                f"{self.made.folder}/locked: Permission denied; as root: install -d -o nobody -m 700")
        checked = command_line("check", "--config", self.made.config, user="nobody", group="nogroup", extra_groups=[])
        self.assertEqual(checked.returncode, 78)
        self.assertIn(said, checked.stderr)
        self.made.start(wait=False, user="nobody")
        self.assertEqual(self.made.process.wait(timeout=PATIENCE), 1)
        self.assertIn(said, self.made.output())

    def test_a_database_of_somebody_else_is_found_with_the_command_that_helps(self):
        file = self.made.folder / "state" / "presswatch.db"
        file.touch(mode=0o600)
        done = self.check()
        self.assertEqual(done.returncode, 78)
        self.assertIn(f"it belongs to user root: chown nobody:nogroup {file}", done.stderr)

    def test_a_folder_where_no_socket_can_be_made_is_found(self):
        self.assertIn("Let this user write in that folder", self.check().stderr)


class Terminal(Case):
    """What people see: tables, counts, completion."""

    def setUp(self):
        super().setUp()
        self.site.feed("/rss", [])
        self.made = self.daemon(source("a-source-with-a-rather-long-name", "feed", self.site.url + "/rss"),
                                '[group]\nid = "east"\n' + WATCHLIST)

    def test_tables_fit_the_terminal(self):
        self.made.start()
        for command in (("sources",), ("watchlist", "list")):
            for columns in (80, 100):
                done = command_line(*command, "--config", self.made.config, env={**os.environ, "COLUMNS": str(columns)})
                self.assertEqual(done.returncode, 0, done.stderr)
                for line in done.stdout.splitlines():
                    self.assertLessEqual(len(line), columns, line)

    def test_times_have_their_zone(self):
        self.made.start()
        done = command_line("sources", "--config", self.made.config)
        self.assertRegex(done.stdout, r"\d{4}-\d\d-\d\d \d\d:\d\dZ")

    def test_a_count_is_one_or_more(self):
        for count in ("0", "-1", "x", "99999999999999999999"):
            done = command_line("tail", "--config", self.made.config, f"--count={count}")
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("--count", done.stderr)

    def test_counts_agree_with_their_nouns(self):
        self.made.write("watchlists.d/test.toml", WATCHLIST.replace("priority", "priorty"))
        self.assertTrue(self.check_ends("\n1 error\n"))
        query = self.made.folder / "one.txt"
        query.write_text("oil AND", encoding="utf-8")
        self.assertIn("1 query, 1 error", command_line("query", "check", query).stdout)

    def check_ends(self, end):
        return command_line("check", "--config", self.made.config).stderr.endswith(end)

    def test_a_share_of_articles_is_a_plain_number(self):
        for query in ('"the" OR "of" OR "in" OR "to" OR "a" OR "is"', "oil", "chalcopyrite"):
            said = command_line("query", "explain", query).stdout
            self.assertRegex(said, r"in (nearly all|less than 0\.001 %|[\d.]+ %) of articles", said)

    def test_a_header_of_five_megabytes_is_called_that(self):
        def serve(handler):
            handler.send_response(200)
            handler.send_header("X-Long", "x" * (5 << 20))
            handler.end_headers()

        self.site.routes["/long"] = serve
        done = command_line("try", self.site.url + "/long", "--config", self.made.config)
        self.assertEqual(done.returncode, 1)
        self.assertIn("header", done.stderr)
        self.assertNotIn("Out of memory", done.stderr)

    def complete(self, *words):
        script = ROOT / "scripts" / "completion" / "presswatch.bash"
        line = " ".join(f'"{word}"' for word in words)
        program = f'source "{script}"; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _presswatch; echo "${{COMPREPLY[@]}}"'
        done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True)
        return done.stdout.split()

    def test_ids_are_completed(self):
        program, config = str(BIN / "presswatch"), ("--config", str(self.made.config))
        self.assertEqual(self.complete(program, "watchlist", "remove", *config, "--group", ""), ["east"])
        self.assertEqual(self.complete(program, "source", "fetch", *config, "a-s"), ["a-source-with-a-rather-long-name"])
        self.assertEqual(self.complete(program, "tail", *config, "--watchlist", ""), ["iran"])
        self.assertEqual(self.complete(program, "try", *config, "--source", ""), ["a-source-with-a-rather-long-name"])
        environment = {**os.environ, "PRESSWATCH_CONFIG": str(self.made.config)}
        os.environ.update(environment)
        self.addCleanup(os.environ.pop, "PRESSWATCH_CONFIG")
        self.assertEqual(self.complete(program, "watchlist", "remove", "ir"), ["iran"])
        self.assertIn("feed", self.complete(program, "plugin", "info", ""))

    def test_what_is_set_is_shown(self):
        done = command_line("config", "show", "--config", self.made.config)
        self.assertRegex(done.stdout, re.escape(f'live = "{self.made.live}"') + r" +# .*presswatch\.toml:\d+\n")
        self.assertNotIn("max_body", done.stdout)
        done = command_line("config", "show", "--effective", "--config", self.made.config)
        self.assertRegex(done.stdout, r'max_body = "8MiB" +# default\n')


if __name__ == "__main__":
    unittest.main()
