"""Files of the configuration that the daemon cannot read, or that others can write: refused, with the path."""
import os
import shutil
import unittest

from harness import STORY, WATCHLIST, Case, command_line, source, wait_for


@unittest.skipUnless(os.geteuid() == 0, "needs root, to run as a user who may not read every file")
class Files(Case):
    def setUp(self):
        super().setUp()
        self.site.page("/a", "Iran is in the news", STORY)
        self.site.feed("/rss", [("/a", "Iran is in the news", "x")])
        self.made = self.daemon(source("wire", "feed", self.site.url + "/rss"))
        (self.made.folder / "watchlists.d" / "team").mkdir()
        self.made.write("watchlists.d/team/lists.toml", WATCHLIST.replace('"iran"', '"team"'))
        for path in (self.made.folder, *self.made.folder.rglob("*")):
            shutil.chown(path, "nobody", "nogroup")
            path.chmod(0o755 if path.is_dir() else 0o644)

    def check(self):
        return command_line("check", "--config", self.made.config, user="nobody", group="nogroup", extra_groups=[])

    def refused(self, name, mode, message):
        """Checks that the command and a start report the file."""
        path = self.made.folder / name
        before = path.stat().st_mode
        path.chmod(mode)
        said = f"{path}: {message}"
        checked = self.check()
        self.assertEqual(checked.returncode, 78, checked.stderr)
        self.assertIn(said, checked.stderr)
        self.made.start(wait=False, user="nobody")
        self.assertEqual(self.made.process.wait(timeout=60), 78)
        self.assertIn(said, self.made.output())
        path.chmod(before)

    def test_a_start_is_refused_for_what_cannot_be_read(self):
        self.assertEqual(self.check().returncode, 0, self.check().stderr)
        for name in ("sources.d", "sources.d/test.toml", "watchlists.d/team", "watchlists.d/team/lists.toml",
                     "presswatch.toml"):
            with self.subTest(name):
                self.refused(name, 0o000, "cannot be read: Permission denied")

    def test_a_start_is_refused_for_what_others_can_write(self):
        for name, mode in (("sources.d", 0o777), ("watchlists.d/team/lists.toml", 0o666)):
            with self.subTest(name):
                self.refused(name, mode, f"can be written by everyone; chmod go-w {self.made.folder / name}")

    def test_a_reload_that_cannot_read_a_folder_keeps_the_watchlists(self):
        self.made.start(user="nobody")
        wait_for("both watchlists", lambda: self.made.ask("status")["watchlists"] == 2)
        team = self.made.folder / "watchlists.d" / "team"
        team.chmod(0o000)
        answer = command_line("reload", "--socket", self.made.control)
        self.assertNotEqual(answer.returncode, 0)
        self.assertIn(f"{team}: cannot be read: Permission denied", answer.stderr)
        self.assertEqual(self.made.ask("status")["watchlists"], 2)
        team.chmod(0o755)
        answer = command_line("reload", "--socket", self.made.control)
        self.assertEqual(answer.returncode, 0, answer.stderr)


if __name__ == "__main__":
    unittest.main()
