"""The command: try, check, tail, inspect, and the control socket."""
import gzip
import json
import re
import subprocess
import unittest

from harness import PATIENCE, BIN, STORY, WATCHLIST, Case, Log, command_line, source, wait_for

SEED = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Envoy visits Baku - Example</title></head><body>
<nav><a href="/a">Armenia</a></nav><article><h1>Envoy visits Baku</h1>
<p>The ambassador of Israel met officials in Azerbaijan on Tuesday, people who were in the room said afterwards, and
spoke about trade, energy and the railways of the region for more than two hours.</p>
<p>Both sides called the talks useful, and said that another meeting would follow before the end of the year.</p>
</article></body></html>"""


class Cli(Case):
    def setUp(self):
        super().setUp()
        self.site.page("/a", "Iran by the command", STORY)
        self.site.feed("/rss", [("/a", "Iran by the command", "x")])
        self.made = self.daemon(source("rss", "feed", self.site.url + "/rss"))

    def test_the_sample_configuration_is_one_that_check_accepts(self):
        sample = command_line("config", "sample")
        self.assertEqual(sample.returncode, 0, sample.stderr)
        text = sample.stdout
        for key, value in (("state", "state"), ("control", "control.sock"), ("live", self.made.live), ("log", self.made.log)):
            text, found = re.subn(f'^# {key} = ".*"$', f'{key} = "{value}"', text, flags=re.MULTILINE)
            self.assertEqual(found, 1, key)
        self.made.config.write_text(text, encoding="utf-8")
        done = command_line("check", "--config", self.made.config)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("max_body", json.loads(command_line("config", "schema").stdout)["properties"]["fetch"]["properties"])

    def test_the_samples_of_the_other_files_are_ones_that_check_accepts(self):
        for kind in ("sources", "watchlists", "names"):
            sample = command_line("config", "sample", kind)
            self.assertEqual(sample.returncode, 0, sample.stderr)
            (self.made.folder / f"{kind}.d").mkdir(exist_ok=True)
            self.made.write(f"{kind}.d/sample.toml", sample.stdout)
            self.assertIn("$schema", json.loads(command_line("config", "schema", kind).stdout))
        done = command_line("check", "--config", self.made.config)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_reload_names_the_keys_that_wait_for_a_restart(self):
        self.made.start()
        text = self.made.config.read_text(encoding="utf-8")
        self.made.config.write_text(text.replace("[fetch]", '[fetch]\nmax_body = "7MiB"').replace(
            'heartbeat = "200ms"', 'heartbeat = "900ms"'), encoding="utf-8")
        done = command_line("reload", "--config", self.made.config, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout).get("restart_needed"), ["bus.heartbeat"])

    def test_try_on_a_file_says_what_matches_and_where(self):
        page = self.made.folder / "page.html"
        page.write_text(SEED, encoding="utf-8")
        self.made.write("watchlists.d/test.toml", '[[watchlist]]\nid = "w"\nkeywords = ["Israel", "Armenia"]\n')
        done = command_line("try", page, "--config", self.made.config, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(done.stdout)
        self.assertEqual([one["matched"] for one in found["matches"][0]["hits"]], ["Israel"])
        self.assertIn("Israel", command_line("try", page, "--config", self.made.config).stdout)

    def test_try_on_a_url_that_is_a_feed_lists_it(self):
        done = command_line("try", self.site.url + "/rss", "--config", self.made.config)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Iran by the command", done.stdout)

    def test_try_reads_sitemaps_and_says_what_it_took_them_for(self):
        document = ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://paper.example/a</loc></url>'
                    "</urlset>")
        packed = self.made.folder / "map.xml.gz"
        packed.write_bytes(gzip.compress(document.encode()))
        done = command_line("try", packed, "--config", self.made.config)
        self.assertEqual(done.returncode, 0, done.stderr)
        for part in ("a sitemap: its root element is <urlset>", 'plugin = "sitemap"', "https://paper.example/a"):
            self.assertIn(part, done.stdout)
        done = command_line("inspect", "feed", packed)
        self.assertIn("its root element is <urlset>", json.loads(done.stdout)["why"])

    def test_try_on_a_list_of_articles_names_plugin_suggest(self):
        links = "".join(f'<li><a href="/news/2026/item-{n}">The council votes on budget number {n} today</a></li>'
                        for n in range(12))
        page = self.made.folder / "list.html"
        page.write_text(f"<html><body><h1>News</h1><ul>{links}</ul></body></html>", encoding="utf-8")
        done = command_line("try", page, "--url", "https://paper.example/", "--config", self.made.config)
        self.assertIn("presswatch plugin suggest", done.stdout)

    def test_try_says_why_it_cannot(self):
        done = command_line("try", "http://127.0.0.1:1/x", "--config", self.made.config)
        self.assertEqual(done.returncode, 1)
        self.assertIn("127.0.0.1", done.stderr)

    def test_check_counts_or_names_every_error(self):
        done = command_line("check", "--config", self.made.config)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1 watchlist,", done.stdout)
        self.made.write("watchlists.d/test.toml", WATCHLIST.replace("keywords", "keyword"))
        done = command_line("check", "--config", self.made.config)
        self.assertEqual(done.returncode, 78)
        self.assertIn('did you mean "keywords"', done.stderr)
        self.assertTrue(done.stderr.endswith("\n2 errors\n"), done.stderr)

    def test_tail_shows_old_and_new_alerts(self):
        daemon = self.made.start()
        Log(daemon).collect("the alert", lambda got: got)
        done = command_line("tail", "--config", daemon.config, "--since", "1h", "--count", "1",
                            "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["article"]["title"], "Iran by the command")

    def test_tail_survives_a_restart_of_the_daemon(self):
        items = [("/a", "Iran by the command", "x")]
        self.site.feed("/rss", items)
        daemon = self.made.start()
        tail = subprocess.Popen([BIN / "presswatch", "tail", "--live", daemon.live, "--log", daemon.log, "--since", "1h",
                                 "--count", "2", "--json"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(tail.stdout.close)
        self.addCleanup(tail.kill)
        first = json.loads(tail.stdout.readline())
        daemon.kill()
        self.site.page("/b", "Iran a second time", STORY)
        items.insert(0, ("/b", "Iran a second time", "x"))
        daemon.start()
        second = json.loads(tail.stdout.readline())
        self.assertEqual([first["article"]["title"], second["article"]["title"]],
                         ["Iran by the command", "Iran a second time"])
        self.assertEqual(tail.wait(timeout=PATIENCE), 0)

    def test_sources_and_status_for_people(self):
        daemon = self.made.start()
        wait_for("the first turn", lambda: daemon.source("rss")["state"] == "ok")
        self.assertIn("rss", command_line("sources", "--config", daemon.config).stdout)
        self.assertIn("watchlists", command_line("status", "--socket", daemon.control).stdout)
        done = command_line("status", "--socket", daemon.folder / "nothing")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no daemon answers", done.stderr)


if __name__ == "__main__":
    unittest.main()
