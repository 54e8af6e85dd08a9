"""kill -9 during work: every matching item is in the log exactly once, and the numbers have no gaps."""
import random
import threading
import time
import unittest

from harness import STORY, Case, Log, source


class Crash(Case):
    KILLS = 5
    STORIES = 60

    def test_killed_again_and_again_every_alert_comes_once(self):
        items = []
        self.site.feed("/rss", items)
        daemon = self.daemon(source("rss", "feed", self.site.url + "/rss")).start()

        def publish():
            for number in range(self.STORIES):
                title = f"Iran story number {number}"
                self.site.page(f"/story{number}", title, STORY)
                items.insert(0, (f"/story{number}", title, "x"))
                time.sleep(0.1)

        writer = threading.Thread(target=publish)
        writer.start()
        random.seed(7)
        for _ in range(self.KILLS):
            time.sleep(random.uniform(0.2, 1.5))
            daemon.kill()
            daemon.start()
        writer.join()
        log = Log(daemon)
        alerts = log.collect("all alerts", lambda got: len(got) >= self.STORIES)
        daemon.let_turns_pass("rss")
        alerts += log.new()
        titles = [one["article"]["title"] for one in alerts]
        self.assertEqual(sorted(titles), sorted(f"Iran story number {n}" for n in range(self.STORIES)))
        self.assertEqual([one["_seq"] for one in alerts], list(range(1, self.STORIES + 1)))
        self.assertEqual([one["_cseq"] for one in alerts], list(range(1, self.STORIES + 1)))


if __name__ == "__main__":
    unittest.main()
