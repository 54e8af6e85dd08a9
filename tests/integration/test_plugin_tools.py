"""Tools for plugin authors: presswatch plugin …"""
import shutil
import tempfile
import unittest
from pathlib import Path

from harness import ROOT, STORY, Case, Log, command_line


class Suggest(Case):
    def suggest(self, path, *more):
        return command_line("plugin", "suggest", self.site.url + path, "--allow-private", "--config", "/nowhere", *more)

    def test_the_file_that_is_suggested_delivers_alerts(self):
        self.site.page("/news/1", "Talks with Tehran begin", STORY)
        self.site.routes["/list"] = lambda handler: handler.answer(
            200, "<nav><a href='/section/world'>All the news of the world</a></nav><ul class=releases>" + "".join(
                f"<li><h3><a href='/news/{i}'>Talks with Tehran begin, part {i}</a></h3></li>" for i in range(1, 6))
            + "</ul>")
        done = self.suggest("/list")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("5 items", done.stdout)
        daemon = self.daemon(done.stdout.replace("[[source]]", '[[source]]\ninterval = "300ms"')).start()
        alert = Log(daemon).collect("the alert", lambda got: got)[0]
        self.assertIn("Tehran", alert["article"]["title"])

    def test_a_feed_that_the_page_names_is_looked_at(self):
        self.site.feed("/rss", [("/a", "Iran opens a railway", "x")])
        self.site.routes["/front"] = lambda handler: handler.answer(
            200, "<!doctype html><link rel=alternate type='application/rss+xml' href='/rss'><p>Welcome</p>")
        done = self.suggest("/front")
        self.assertIn('plugin = "feed"', done.stdout, done.stderr)
        self.assertIn("#   Iran opens a railway", done.stdout)

    def test_an_api_is_suggested_and_written_once(self):
        self.site.routes["/api"] = lambda handler: handler.answer(
            200, '{"articles":[{"url":"/a","title":"One headline"},{"url":"http://x.example/b","title":"Two"}]}',
            "application/json")
        target = self.daemon("").folder / "new.toml"
        self.assertEqual(self.suggest("/api", "--output", target).returncode, 0)
        self.assertIn('items = "/articles"', target.read_text(encoding="utf-8"))
        again = self.suggest("/api", "--output", target)
        self.assertEqual(again.returncode, 1)
        self.assertIn("not overwritten", again.stderr)

    def test_private_addresses_are_refused_unless_allowed(self):
        done = command_line("plugin", "suggest", self.site.url + "/list", "--config", "/nowhere")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.site.requests, [])
        self.assertIn("127.0.0.1", done.stderr)

    def test_a_page_without_news_says_what_to_do(self):
        self.site.routes["/app"] = lambda handler: handler.answer(200, "<div id=root></div><script>go()</script>")
        done = self.suggest("/app")
        self.assertEqual(done.returncode, 1)
        self.assertIn("made by a script", done.stderr)


class Author(Case):
    def folder(self):
        folder = Path(tempfile.mkdtemp(prefix="presswatch-plugins-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def passes(self, *arguments):
        done = command_line("plugin", *arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_what_new_makes_passes_its_test_and_delivers_alerts(self):
        for language in ("toml", "python"):
            package = self.folder() / "fresh"
            self.passes("new", package, "--lang", language)
            self.assertIn("1 cases, 0 failed", self.passes("test", package))
            again = command_line("plugin", "new", package)
            self.assertIn("already exists", again.stderr)

    def test_run_explains_record_keeps_and_test_shows_what_differs(self):
        package = self.folder() / "list"
        package.mkdir()
        (package / "plugin.toml").write_text(
            '[plugin]\nname = "list"\nversion = "1"\nkind = "toml"\n[options.url]\ntype = "url"\nrequired = true\n'
            '[source]\nplugin = "webpage"\nurl = "{url}"\nlinks = "main a"\n', encoding="utf-8")
        package.chmod(0o755)
        (package / "plugin.toml").chmod(0o644)
        self.site.routes["/list"] = lambda handler: handler.answer(200, "<main><a href='/1'>First news</a></main>")
        told = self.passes("run", package, self.site.url + "/list", "--allow-private")
        self.assertIn("item     First news", told)
        self.assertIn("its page is fetched", told)
        self.passes("record", package, self.site.url + "/list", "--allow-private")
        asked = len(self.site.requests)
        self.assertIn("ok   first", self.passes("test", package))
        self.assertEqual(len(self.site.requests), asked, "a test asks nobody")
        answer = package / "tests" / "first" / "answer-1"
        answer.write_text(answer.read_text(encoding="utf-8").replace("First", "Other"), encoding="utf-8")
        done = command_line("plugin", "test", package)
        self.assertEqual(done.returncode, 1)
        self.assertIn('-           "title": "First news"', done.stdout)
        self.assertIn('+           "title": "Other news"', done.stdout)
        self.passes("test", package, "--update")
        self.passes("test", package)
        done = command_line("plugin", "run", package)
        self.assertIn("the option url is missing", done.stderr)

    def test_every_example_passes_its_cases(self):
        folder = self.folder() / "examples"
        shutil.copytree(ROOT / "plugins" / "examples", folder)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)
        packages = sorted(path.parent for path in folder.glob("*/plugin.toml"))
        self.assertGreaterEqual(len(packages), 7)
        for package in packages:
            self.assertIn(" 0 failed", self.passes("test", package))


if __name__ == "__main__":
    unittest.main()
