"""Commands find the daemon through its configuration, even if other parts of that are invalid."""
import json
import os
import unittest

from harness import STORY, WATCHLIST, Case, Log, command_line, source

MISTAKE = WATCHLIST.replace("keywords", "keyword")  # on line 4


class Addresses(Case):
    def setUp(self):
        super().setUp()
        self.site.page("/a", "Iran by its address", STORY)
        self.site.feed("/rss", [("/a", "Iran by its address", "x")])
        self.made = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()

    def asked(self, *arguments, config=None):
        """Runs the command with the configuration given in both ways: by option and as the default."""
        config = config or self.made.config
        named = command_line(*arguments, "--config", config)
        default = command_line(*arguments, env={**os.environ, "PRESSWATCH_CONFIG": str(config)})
        return named, default

    def refused(self, *arguments, place, config=None):
        for done in self.asked(*arguments, config=config):
            self.assertEqual(done.returncode, 78, done.stderr)
            self.assertIn(place, done.stderr)
            self.assertEqual(done.stdout, "")

    def test_a_mistake_elsewhere_is_said_and_the_daemon_answers(self):
        Log(self.made).collect("the alert", lambda got: got)
        self.made.write("watchlists.d/test.toml", MISTAKE)
        own = {"status": lambda answer: answer["sources"] == 1,
               "sources": lambda answer: [one["id"] for one in answer["sources"]] == ["rss"],
               "tail": lambda answer: answer["article"]["title"] == "Iran by its address"}
        for command, is_own in own.items():
            rest = ["--since", "1h", "--count", "1"] if command == "tail" else []
            for done in self.asked(command, *rest, "--json"):
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("test.toml:4:1: ", done.stderr)
                self.assertTrue(is_own(json.loads(done.stdout)), done.stdout)

    def test_a_mistake_in_another_key_of_the_main_file(self):
        text = self.made.config.read_text(encoding="utf-8")
        self.made.write("presswatch.toml", text.replace('min_gap = "10ms"', "min_gap = 10"))
        for done in self.asked("sources", "--json"):
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("fetch.min_gap must be a duration", done.stderr)
            self.assertEqual([one["id"] for one in json.loads(done.stdout)["sources"]], ["rss"])

    def test_many_mistakes_are_counted(self):
        self.made.write("watchlists.d/test.toml", "".join(f'[[watchlist]]\nid = "w{n}"\nword = []\n' for n in range(9)))
        for done in self.asked("status"):
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.stderr, r"and \d+ more")
            self.assertIn("presswatch check --config", done.stderr)

    def test_reload_says_what_the_daemon_found(self):
        self.made.write("watchlists.d/test.toml", MISTAKE)
        for done in self.asked("reload"):
            self.assertEqual(done.returncode, 78)
            self.assertEqual(done.stderr.count("test.toml:4:1: "), 1, done.stderr)

    def test_a_main_file_that_cannot_be_parsed_leads_nowhere(self):
        self.made.write("presswatch.toml", "[daemon]\ncontrol = \"control.sock\nlive")
        for command in ("status", "sources", "reload", "tail"):
            self.refused(command, place="presswatch.toml:2:")

    def test_a_main_file_that_is_missing_leads_nowhere(self):
        self.refused("status", place="elsewhere.toml: ", config=self.made.folder / "elsewhere.toml")

    def test_an_address_with_a_typo_is_not_the_default_one(self):
        text = self.made.config.read_text(encoding="utf-8")
        self.made.write("presswatch.toml", text.replace("control = ", "contrl = ").replace("log = ", "lgo = "))
        self.refused("status", place='unknown key "contrl"')
        self.refused("reload", place='unknown key "contrl"')
        self.refused("tail", place='unknown key "lgo"')

    def test_an_address_of_the_wrong_type_is_not_the_default_one(self):
        text = self.made.config.read_text(encoding="utf-8")
        self.made.write("presswatch.toml", text.replace('control = "control.sock"', "control = 1"))
        self.refused("sources", place="daemon.control must be a string")
        # Does not involve the bus.
        Log(self.made).collect("the alert", lambda got: got)
        for done in self.asked("tail", "--since", "1h", "--count", "1", "--json"):
            self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
