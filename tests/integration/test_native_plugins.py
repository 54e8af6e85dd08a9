"""Plugins that are shared objects: created from templates, tested, checked, built out of tree, and run in the daemon."""
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from harness import BIN, ROOT, STORY, Case, Log, source, wait_for

# Emits the links of a page; `@HERE@` is replaced by code in parse(). In C, because that compiles fast.
LINKS = """#include <presswatch/plugin.h>
#include <stdlib.h>
#include <string.h>
static const pw_host *host;
static pw_status create(const pw_host *given, pw_call call, void **instance) {
  pw_str *url = malloc(sizeof *url);
  host = given;
  host->option(call, pw_text("url"), 0, url);
  *instance = url;
  return PW_OK;
}
static void destroy(void *instance) { free(instance); }
static pw_status poll(void *instance, pw_call call, const pw_poll *in) {
  pw_request request = pw_request_init();
  (void)in;
  request.url = *(const pw_str *)instance;
  return host->emit_request(call, &request);
}
static void emit(pw_call call, const char *id, const char *title) {
  pw_article item = pw_article_init();
  item.id = pw_text(id);
  item.title = pw_text(title);
  host->emit_item(call, &item);
}
static pw_status parse(void *instance, pw_call call, const pw_response *in) {
  pw_node page;
  pw_nodes links;
  (void)instance;
  (void)emit;
  @HERE@
  pw_status status = host->html(call, in->body, &page);
  if (status == PW_OK) status = host->select(call, page, pw_text("main a"), &links);
  for (size_t i = 0; status == PW_OK && i < links.size; ++i) {
    pw_article item = pw_article_init();
    pw_str link;
    if (host->attribute(call, links.data[i], pw_text("href"), &link) != PW_OK) continue;
    if (host->resolve(call, link, in->url, &item.url) != PW_OK) continue;
    host->text(call, links.data[i], &item.title);
    host->emit_item(call, &item);
  }
  host->set_cursor(call, pw_text("c"));
  return status;
}
const pw_plugin *pw_plugin_get(void) {
  static const pw_plugin plugin = {sizeof(pw_plugin), 1, 0, create, destroy, poll, parse, NULL, NULL};
  return &plugin;
}
"""

MANIFEST = """[plugin]
name = "{name}"
version = "1"
kind = "native"
library = "{name}.so"
isolation = "none"
[options.url]
type = "url"
default = "https://x.example/list"
[limits]
call = "1s"
"""

CASE = ('{"options": [], "now": "2026-03-02T09:30:00Z", "answers": [{"url": "https://x.example/list", '
        '"content_type": "text/html", "file": "a"}]}')

BUILD = """cmake_minimum_required(VERSION 3.20)
project(links LANGUAGES C)
find_package(presswatch REQUIRED)
presswatch_add_plugin(links links.c)
"""


def presswatch(*arguments, patience=240):
    return subprocess.run([BIN / "presswatch", "plugin", *map(str, arguments)], capture_output=True, text=True,
                          timeout=patience, check=False)


class Native(Case):
    def folder(self):
        folder = Path(tempfile.mkdtemp(prefix="presswatch-native-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def passes(self, *arguments):
        done = presswatch(*arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def package(self, parent, name="links", here=""):
        package = parent / name
        (package / "tests" / "first").mkdir(parents=True, exist_ok=True)
        for file, text in [("plugin.toml", MANIFEST.format(name=name)), ("links.c", LINKS.replace("@HERE@", here)),
                           ("tests/first/case.json", CASE), ("tests/first/a", "<main><a href='/1'>One</a></main>")]:
            (package / file).write_text(text, encoding="utf-8")
        for path in [package, *package.rglob("*")]:
            path.chmod(0o755)
        return package


class Author(Native):
    def test_what_new_makes_passes_its_test_and_every_check(self):
        for language in ("c", "cpp"):
            package = self.folder() / "fresh"
            self.passes("new", package, "--lang", language)
            self.assertIn("1 cases, 0 failed", self.passes("test", package))
            self.assertIn("it keeps to all of them", self.passes("check", package))

    def test_a_mistake_is_a_report_and_not_a_crash(self):
        # volatile, so that the optimiser does not see the error.
        for here, reported in [("volatile char *p = NULL; *p = 1;", "first: parse of 33 bytes: the plugin "),
                               ("exit(0);", "ended the process with code 0"),
                               ("for (volatile unsigned i = 0;; i = i + 1) { }", "took several times its [limits] call"),
                               ("emit(call, \"x\", \"\\xff\");", "is not UTF-8"),
                               ("return 7;", "returned 7 without a reason"),
                               ("nonsense;", "the sources do not compile")]:
            package = self.package(self.folder(), here=here)
            done = presswatch("test", package, "--update")
            if done.returncode == 0:
                done = presswatch("test", package)
                self.assertIn(reported, (package / "tests/first/expected.json").read_text(encoding="utf-8"), here)
                continue
            self.assertEqual(done.returncode, 1, here)
            self.assertIn(reported, done.stdout + done.stderr, here)

    def test_sanitizers_see_what_does_not_crash(self):
        package = self.package(self.folder(), here="char *p = calloc(8, 1); host->warn(call, pw_text(strcpy(p, \"longer than eight\")));")
        done = presswatch("test", package, "--update")
        if "without sanitizers" in done.stdout:
            self.skipTest("the compiler has no sanitizers")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("ended by a sanitizer", done.stdout)
        self.assertIn("heap-buffer-overflow", done.stderr, "the report says what it was")
        self.assertIn("links.c:", done.stderr, "the report names the line")

    def test_the_check_finds_what_a_case_does_not_show(self):
        package = self.package(self.folder(), here="if (in->body.size == 0) abort();")
        self.passes("test", package, "--update")
        done = presswatch("check", package)
        self.assertEqual(done.returncode, 1)
        self.assertIn("FAIL an answer empty: parse of 0 bytes: the plugin crashed by signal 6", done.stdout)
        for here, rule in [("emit(call, \"same\", \"a\"); emit(call, \"same\", \"b\");",
                            "two items have the id \"same\""),
                           ("static int n; emit(call, n++ % 2 == 0 ? \"a\" : \"b\", \"x\");", "emits something else"),
                           ("if (in->body.size == 1) host->warn(call, pw_text(\"\\xff\"));", "an answer one space: parse() of the plugin")]:
            package = self.package(self.folder(), here=here)
            done = presswatch("check", package)
            self.assertEqual(done.returncode, 1, here)
            self.assertIn(rule, done.stdout)
            self.assertIn("it does not keep to all of them", done.stdout)

    def test_the_check_is_for_plugins_of_every_kind(self):
        for name in ("digest", "gdelt"):
            package = self.folder() / name
            shutil.copytree(ROOT / "plugins" / "examples" / name, package)
            for path in [package, *package.rglob("*")]:
                path.chmod(0o755)
            self.assertIn("it keeps to all of them", self.passes("check", package))


class OutOfTree(Native):
    def test_a_plugin_is_built_against_the_installed_package(self):
        if shutil.which("cmake") is None:
            self.skipTest("there is no cmake")
        prefix = self.folder()
        subprocess.run(["cmake", "--install", BIN.parent, "--prefix", prefix, "--component", "sdk"], check=True,
                       capture_output=True)
        package = self.package(self.folder())
        (package / "CMakeLists.txt").write_text(BUILD, encoding="utf-8")
        tree = self.folder() / "build"
        for step in (["-S", package, "-B", tree, f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_INSTALL_PREFIX={prefix}"],
                     ["--build", tree], ["--install", tree]):
            done = subprocess.run(["cmake", *step], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(f"presswatch_DIR:PATH={prefix}", (tree / "CMakeCache.txt").read_text(encoding="utf-8"))
        installed = prefix / "lib/presswatch/plugins/links"
        self.assertEqual(sorted(path.name for path in installed.iterdir()), ["links.so", "plugin.toml"])
        shutil.copytree(package / "tests", installed / "tests")
        for path in [installed, *installed.rglob("*")]:
            path.chmod(0o755)
        self.assertIn("without sanitizers", self.passes("test", installed, "--update"))
        self.assertIn("1 cases, 0 failed", self.passes("test", package, "--update"), "by its CMakeLists.txt")


class InTheDaemon(Native):
    def links(self, count):
        self.site.routes["/list"] = lambda handler: handler.answer(
            200, "<main>" + "".join(f"<a href='/n/{i}'>Iran, part {i}</a>" for i in range(count[0])) + "</main>")
        for i in range(9):
            self.site.page(f"/n/{i}", f"Iran, part {i}", STORY)

    def test_a_plugin_in_the_daemon_delivers_alerts_and_is_reloaded_alone(self):
        count = [1]
        self.links(count)
        daemon = self.daemon_with_plugins(source("one", "links", self.site.url + "/list")
                                   + source("feed", "feed", self.site.url + "/rss"))
        self.site.feed("/rss", [("/n/8", "Iran, part 8", "x")])
        package = self.package(daemon.folder / "plugins")
        self.passes("build", package)
        daemon.start()
        log = Log(daemon)
        titles = {one["article"]["title"] for one in log.collect("both", lambda got: len(got) == 2)}
        self.assertEqual(titles, {"Iran, part 0", "Iran, part 8"})
        self.assertIn("plugin links 1 runs without isolation", daemon.output())

        self.package(daemon.folder / "plugins", here="host->log(call, PW_LOG_WARNING, pw_text(\"the new one\"));")
        self.passes("build", package)
        self.assertNotIn("the new one", daemon.output())
        daemon.ask("reload")
        count[0] = 2
        wait_for("the new library", lambda: "one: the new one" in daemon.output())
        self.assertEqual([one["article"]["title"] for one in log.collect("the third", lambda got: got)], ["Iran, part 1"])
        self.assertEqual(daemon.stop(), 0)

    def test_a_library_that_cannot_be_used_stops_nobody_else(self):
        self.links([1])
        daemon = self.daemon_with_plugins(source("one", "links", self.site.url + "/list")
                                   + source("two", "broken", self.site.url + "/list"))
        package = self.package(daemon.folder / "plugins")
        self.passes("build", package)
        broken = self.package(daemon.folder / "plugins", "broken")
        (broken / "broken.so").write_text("not a library", encoding="utf-8")
        (broken / "broken.so").chmod(0o755)
        daemon.start()
        Log(daemon).collect("the alert", lambda got: got)
        self.assertIn("plugin broken was rejected", daemon.output())
        state = wait_for("the refusal", lambda: daemon.source("two") if daemon.source("two")["reason"] else None)
        self.assertIn("cannot load", state["reason"])


if __name__ == "__main__":
    unittest.main()
