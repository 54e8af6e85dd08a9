"""Watchlist features: muting, active hours, thresholds, fields, groups, and the commands that edit them."""
import json
import time
import unittest
from datetime import datetime, timedelta, timezone

from harness import SANITIZED, STORY, WATCHLIST, Case, Log, command_line, slowness, source, wait_for


def moment(seconds):
    """A time `seconds` from now, as a TOML value."""
    return (datetime.now(timezone.utc) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def closed_now():
    """Active hours that are over for now and start again in some hours."""
    now = datetime.now(timezone.utc)
    return f"{(now + timedelta(hours=3)):%H:00}-{(now + timedelta(hours=4)):%H:00}"


def watchlist(name, extra="", words='keywords = ["Iran"]'):
    return f'[[watchlist]]\nid = "{name}"\n{words}\n{extra}\n'


class Desk(Case):
    def setUp(self):
        super().setUp()
        self.items = []
        self.site.feed("/rss", self.items)
        self.rss = source("rss", "feed", self.site.url + "/rss")

    def add(self, path, title, text=None):
        self.site.page(path, title, text or STORY)
        self.items.insert(0, (path, title, "x"))

    def listed(self, daemon, name):
        done = command_line("watchlist", "list", "--json", "--config", daemon.config)
        self.assertEqual(done.returncode, 0, done.stderr)
        return next(one for one in json.loads(done.stdout)["watchlists"] if one["id"] == name)


class Mutes(Desk):
    def test_a_muted_list_is_counted_and_calls_again_when_its_mute_ends(self):
        # "plain" proves that the article was processed completely.
        self.add("/a", "Iran in the mute")
        lists = watchlist("plain") + watchlist("muted", f"mute_until = {moment(min(8 * slowness(), 90))}")
        daemon = self.daemon(self.rss, lists).start()
        log = Log(daemon)
        told = log.collect("the plain alert", lambda got: got)
        self.assertEqual([one["watchlist"]["id"] for one in told], ["plain"])
        self.assertEqual(self.listed(daemon, "muted")["muted"], 1)
        row = self.listed(daemon, "muted")
        self.assertEqual((row["state"], row["muted"], row["alerts"]), ("muted", 1, 0))
        self.assertEqual(daemon.ask("status")["watchlists_muted"], 1)
        wait_for("the end of the mute", lambda: self.listed(daemon, "muted")["state"] == "active")
        self.add("/b", "Iran behind the mute")
        told = log.collect("both lists' alerts", lambda got: len(got) >= 2)
        self.assertEqual({one["watchlist"]["id"] for one in told}, {"plain", "muted"})
        self.assertEqual({one["article"]["title"] for one in told}, {"Iran behind the mute"})
        self.assertEqual(self.listed(daemon, "muted")["muted"], 1)

    def test_a_group_mutes_its_lists_and_names_their_owner(self):
        group = ('[group]\nid = "east"\nowner = { name = "Dana Keller", contact = "desk@example.org" }\n'
                 'mute_until = 2020-01-01T00:00:00Z\npriority = "low"\n')
        self.add("/a", "Iran in a group")
        daemon = self.daemon(self.rss, group + watchlist("iran")).start()
        alert = Log(daemon).collect("the alert", lambda got: got)[0]
        self.assertEqual(alert["watchlist"], {
            "id": "iran", "title": "iran", "priority": "low", "group": "east",
            "owner": {"name": "Dana Keller", "contact": "desk@example.org"}})
        self.assertEqual(alert["mentions"], 1)


class Hours(Desk):
    def test_what_is_found_outside_the_hours_waits_through_a_restart_and_is_told_once(self):
        lists = watchlist("plain") + watchlist("desk", f'active = {{ hours = "{closed_now()}" }}')
        self.add("/a", "Iran at night")
        self.add("/b", "Iran late at night")
        daemon = self.daemon(self.rss, lists).start()
        log = Log(daemon)
        log.collect("the plain alerts", lambda got: len(got) >= 2)
        self.assertEqual(self.listed(daemon, "desk")["deferred"], 2)
        self.assertEqual(daemon.ask("status")["alerts_deferred"], 2)
        self.assertEqual(self.listed(daemon, "desk")["state"], "quiet")
        daemon.kill()
        daemon.start()
        daemon.let_turns_pass("rss")
        self.assertEqual(self.listed(daemon, "desk")["deferred"], 2)
        self.assertEqual(log.new(), [])
        daemon.write("watchlists.d/test.toml", watchlist("plain") + watchlist("desk"))
        daemon.ask("reload")
        told = log.collect("the deferred alerts", lambda got: len(got) >= 2)
        self.assertEqual([one["watchlist"]["id"] for one in told], ["desk", "desk"])
        self.assertEqual([one["_cseq"] for one in told], [1, 2])
        self.assertEqual([one["article"]["title"] for one in told], ["Iran at night", "Iran late at night"])
        for alert in told:
            self.assertLessEqual(int(alert["deferredSinceMs"]), int(alert["latency"]["committedMs"]))
        self.assertEqual(self.listed(daemon, "desk")["deferred"], 0)
        self.assertEqual(self.listed(daemon, "desk")["alerts"], 2)
        daemon.stop()
        daemon.start()
        daemon.let_turns_pass("rss")
        self.assertEqual(log.new(), [])

    @unittest.skipIf(SANITIZED, "takes two minutes of waiting, and finds nothing that the others do not")
    def test_hours_that_begin_let_deferred_alerts_go_by_themselves(self):
        # The next full minute that leaves enough time for the daemon to find the article.
        begin = datetime.now(timezone.utc) + timedelta(seconds=60 + min(10 * slowness(), 90))
        hours = f"{begin:%H:%M}-{(begin + timedelta(hours=1)):%H:%M}"
        self.add("/a", "Iran before the desk opens")
        daemon = self.daemon(self.rss, watchlist("desk", f'active = {{ hours = "{hours}" }}')).start()
        wait_for("the deferred alert", lambda: self.listed(daemon, "desk")["deferred"] == 1)
        opening = begin.replace(second=0, microsecond=0).timestamp() * 1000
        wait_for("the desk's hours", lambda: time.time() * 1000 >= opening, patience=begin.timestamp() - time.time() + 60)
        told = Log(daemon).collect("the opening", lambda got: got)
        self.assertGreater(int(told[0]["deferredSinceMs"]), 0)
        late = int(told[0]["latency"]["committedMs"]) - opening
        self.assertGreaterEqual(late, 0)
        self.assertLess(late, 5000 * slowness(), "within seconds of the full minute")

    def test_a_list_may_go_on_quietly(self):
        self.add("/a", "Iran quietly")
        daemon = self.daemon(
            self.rss, watchlist("desk", f'active = {{ hours = "{closed_now()}", outside = "quiet" }}')).start()
        alert = Log(daemon).collect("the alert", lambda got: got)[0]
        self.assertTrue(alert["quiet"])
        self.assertNotIn("deferredSinceMs", alert)

    def test_deferred_alerts_of_a_list_that_is_removed_are_told(self):
        self.add("/a", "Iran at night")
        daemon = self.daemon(self.rss, watchlist("desk", f'active = {{ hours = "{closed_now()}" }}')).start()
        wait_for("the deferred alert", lambda: self.listed(daemon, "desk")["deferred"] == 1)
        done = command_line("watchlist", "remove", "desk", "--config", daemon.config)
        self.assertEqual(done.returncode, 0, done.stderr)
        alert = Log(daemon).collect("the deferred alert", lambda got: got)[0]
        self.assertEqual(alert["watchlist"]["id"], "desk")


class Limits(Desk):
    def test_thresholds_and_fields(self):
        lists = (watchlist("plain") + watchlist("thrice", "min_mentions = 3") + watchlist("sure", "min_score = 100")
                 + watchlist("headline", 'fields = ["title"]', 'keywords = ["Tehran"]')
                 + watchlist("top", 'fields = ["title", "lead"]', "query = 'Iran AND Ankara'")
                 + watchlist("without", 'fields = ["title"]', "query = 'Iran AND NOT Tehran'"))
        self.add("/a", "Iran once", ["Ministers met in Ankara. " + STORY[0], "They flew on to Tehran. " + STORY[1]])
        daemon = self.daemon(self.rss, lists).start()
        told = Log(daemon).collect("the alerts", lambda got: len(got) >= 3)
        # The title does not contain Tehran; title and first paragraph contain Iran and Ankara; the NOT applies to the title only.
        self.assertEqual({one["watchlist"]["id"] for one in told}, {"plain", "top", "without"})
        for name in ("thrice", "sure"):
            self.assertEqual(self.listed(daemon, name)["below_threshold"], 1)
        self.assertEqual(self.listed(daemon, "headline")["below_threshold"], 0)


class Commands(Desk):
    def setUp(self):
        super().setUp()
        self.made = self.daemon(self.rss, "# ours\n" + WATCHLIST)

    def run_it(self, *arguments, code=0):
        done = command_line("watchlist", *arguments, "--config", self.made.config)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_add_is_taken_over_by_the_running_daemon_and_remove_undoes_it(self):
        daemon = self.made.start()
        before = {path: path.read_bytes() for path in (daemon.folder / "watchlists.d").iterdir()}
        said = self.run_it("add", "georgia", "--keywords", "Tbilisi,Batumi", "--title", "Georgia's \"coast\"")
        self.assertIn("the daemon has loaded it", said)
        self.add("/t", "A festival in Batumi")
        alert = Log(daemon).collect("the alert", lambda got: got)[0]
        self.assertEqual(alert["watchlist"]["title"], "Georgia's \"coast\"")
        self.assertIn("already, at", self.run_it("add", "georgia", "--query", "x", code=1))
        self.run_it("remove", "georgia")
        self.assertEqual({path: path.read_bytes() for path in (daemon.folder / "watchlists.d").iterdir()}, before)
        self.assertEqual(daemon.ask("status")["watchlists"], 1)

    def test_add_checks_first(self):
        said = self.run_it("add", "x", "--query", "(Iran AND", code=78)
        self.assertIn("^", said)
        self.assertIn("group \"est\" is unknown", self.run_it("add", "x", "--query", "a", "--group", "est", code=78))
        self.assertEqual([path.name for path in (self.made.folder / "watchlists.d").iterdir()], ["test.toml"])

    def test_remove_leaves_every_other_byte(self):
        text = ("# the desk's lists\n\n" + watchlist("a", "[watchlist.names]\nBaku = [\"Баку\"]") + "\n# of Dana\n"
                + watchlist("b") + "\n" + watchlist("c", "notes = '''\n[[watchlist]]\n'''"))
        self.made.write("watchlists.d/test.toml", text)
        self.run_it("remove", "b")
        rest = (self.made.folder / "watchlists.d/test.toml").read_text()
        self.assertEqual(rest, text.replace('[[watchlist]]\nid = "b"\nkeywords = ["Iran"]\n', ""))
        self.run_it("remove", "c")
        self.assertIn("did you mean \"a\"", self.run_it("remove", "aa", code=1))

    def test_test_says_why_and_why_not(self):
        self.made.write("watchlists.d/test.toml", watchlist("iran", 'min_mentions = 2\nlanguages = ["ru"]'))
        page = self.made.folder / "page.html"
        page.write_text('<!doctype html><html lang="en"><head><title>Iran and its neighbours meet</title></head><body><article><h1>Iran and its neighbours meet</h1><p>' + STORY[0]
                        + "</p></article></body></html>")
        note = self.made.folder / "note.txt"
        note.write_text("Iran and Iran again\nA second line.\n")
        said = self.run_it("test", "iran", page, code=3)
        self.assertIn("1 of min_mentions 2", said)
        self.assertIn("its language is en, and the watchlist is limited to ru", said)
        self.assertIn("2 times", self.run_it("test", "iran", note))
        other = self.made.folder / "other.toml"
        other.write_text(watchlist("w", words="query = 'Israel'"))
        self.assertIn("the query is not true of it", self.run_it("test", other, note, code=3))
        row = json.loads(self.run_it("test", "iran", note, "--json"))
        self.assertEqual((row["matches"], row["match"]["becomes"]), (True, "alert"))

    def test_import_takes_all_or_nothing(self):
        table = self.made.folder / "Our lists.csv"
        table.write_text('id;title;query;keywords;priority\r\nbaku;"Baku; ""the city""";Baku OR Баку;;high\r\n'
                         ';Gas;;gas|pipeline;urgent\r\n')
        said = self.run_it("import", table, code=1)
        self.assertIn("Our lists.csv:3: watchlist.priority must be one of", said)
        self.assertIn("nothing is imported", said)
        table.write_text(table.read_text().replace("urgent", "low"))
        self.assertIn("imported 2 watchlists", self.run_it("import", table, "--group", "energy"))
        rows = {one["id"]: one for one in json.loads(self.run_it("list", "--json"))["watchlists"]}
        self.assertEqual(rows["baku"]["title"], 'Baku; "the city"')
        self.assertEqual((rows["gas"]["group"], rows["gas"]["priority"]), ("energy", "low"))
        self.assertIn("Our lists.csv:2: the id \"baku\" is already in use", self.run_it("import", table, code=1))

    def test_import_of_pasted_alerts(self):
        alerts = self.made.folder / "alerts.txt"
        alerts.write_text('“Ilham Aliyev” -football\nIsrael OR Иран site:example.org\nfiletype:pdf Iran\n"open\n')
        said = self.run_it("import", alerts, code=1)
        self.assertIn("alerts.txt:3: column 1: filetype: is not supported", said)
        self.assertIn("alerts.txt:4:", said)
        alerts.write_text("\n".join(alerts.read_text().splitlines()[:2]))
        self.run_it("import", alerts, "--as", "pasted")
        text = (self.made.folder / "watchlists.d/pasted.toml").read_text()
        self.assertIn("'\"Ilham Aliyev\" AND NOT football'", text)
        self.assertIn("(Israel OR Иран) AND site:example.org", text)


if __name__ == "__main__":
    unittest.main()
