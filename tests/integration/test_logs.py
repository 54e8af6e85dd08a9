"""The forms of the log: plain lines, JSON lines and entries of the journal; what is masked, and what is left out."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

from harness import BIN, PATIENCE, Case, command_line, source, wait_for

# In a mount namespace of its own: takes the place of journald, starts the daemon with its standard error as systemd connects
# it, and prints each entry as JSON.
JOURNAL = r'''
import json, os, signal, socket, subprocess, sys
os.makedirs("/run/systemd/journal")
journal = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
journal.bind("/run/systemd/journal/socket")
errors = open(sys.argv[1], "ab")
status = os.fstat(errors.fileno())
daemon = subprocess.Popen(sys.argv[2:], stderr=errors,
                          env={**os.environ, "JOURNAL_STREAM": f"{status.st_dev}:{status.st_ino}"})
signal.signal(signal.SIGTERM, lambda *_: daemon.terminate())
journal.settimeout(0.2)
def fields(data):
    while data:
        line, _, data = data.partition(b"\n")
        name, sign, value = line.partition(b"=")
        if not sign:
            size = int.from_bytes(data[:8], "little")
            value, data = data[8:8 + size], data[9 + size:]
        yield name.decode(), value.decode()
while daemon.poll() is None:
    try:
        print(json.dumps(dict(fields(journal.recv(1 << 20)))), flush=True)
    except TimeoutError:
        pass
'''

SECRET = "s3cret-of-the-desk"


class Logs(Case):
    def made(self, form, level="info"):
        made = self.daemon(source("wire", "feed", f"{self.site.url}/rss?api_key={SECRET}")
                           + source("desk", "feed", self.site.url.replace("://", f"://anna:{SECRET}@") + "/gone"))
        text = made.config.read_text(encoding="utf-8")
        made.write("presswatch.toml", text.replace("[daemon]", f'[log]\nformat = "{form}"\n[daemon]\nlog_level = "{level}"'))
        self.site.routes["/rss"] = lambda handler: handler.answer(503, "later", "text/plain")
        return made

    def test_json_lines_have_ids_and_fields(self):
        made = self.made("json").start()
        wait_for("a failing source", lambda: '"source-failing"' in made.output())
        self.assertEqual(made.stop(), 0)
        lines = [json.loads(line) for line in made.output().splitlines()]
        failing = next(one for one in lines if one.get("id") == "source-failing" and one["source"] == "wire")
        self.assertEqual(failing["level"], "warn")
        self.assertIn("/rss?api_key=***", failing["url"])
        self.assertTrue(all({"time", "level", "message"} <= set(one) for one in lines))

    def test_secrets_are_in_no_line_at_any_level(self):
        made = self.made("plain", "trace").start()
        wait_for("both sources", lambda: all(made.source(one)["polls"] >= 2 for one in ("wire", "desk")))
        self.assertEqual(made.stop(), 0)
        self.assertIn("wire: waiting", made.output())
        self.assertNotIn(SECRET, made.output())

    def test_a_plain_line_names_its_message_which_the_command_explains(self):
        made = self.made("plain").start()
        wait_for("a failing source", lambda: "[source-failing]" in made.output())
        done = command_line("messages", "source-failing")
        self.assertEqual(done.returncode, 0)
        self.assertIn("cause", done.stdout)
        self.assertEqual(command_line("messages", "no-such").returncode, 1)

    def test_the_journal_gets_fields(self):
        made = self.made("auto")
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, "journal.py")
            with open(program, "w", encoding="utf-8") as file:
                file.write(JOURNAL)
            inside = 'mount -t tmpfs tmpfs /run && exec "$@"'
            command = ["unshare", "--mount", "sh", "-c", inside, "sh", sys.executable, program, made.folder / "stderr",
                       BIN / "presswatchd", "--config", made.config]
            entries = self.read_entries(command)
        self.assertEqual(made.output(), "", "nothing is written beside the journal")
        failing = next(one for one in entries if one.get("PRESSWATCH_MESSAGE") == "source-failing"
                       and one["PRESSWATCH_SOURCE"] == "wire")
        self.assertEqual(failing["PRIORITY"], "4")
        self.assertIn("/rss?api_key=***", failing["PRESSWATCH_URL"])
        explained = command_line("messages", failing["MESSAGE_ID"]).stdout
        self.assertTrue(explained.startswith("source-failing"), explained)
        self.assertTrue(any(one["MESSAGE"].startswith("watching") and one["PRIORITY"] == "6" for one in entries))

    def read_entries(self, command):
        """Runs it until the source wire fails; skips the test where there can be no namespace."""
        if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("no mount namespace can be made here (root is needed)")
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.wait, PATIENCE)
        self.addCleanup(process.stdout.close)
        entries = []
        for line in process.stdout:
            entries.append(json.loads(line))
            if entries[-1].get("PRESSWATCH_SOURCE") == "wire":
                break
        else:
            self.fail(f"the daemon ended: {entries}")
        process.terminate()
        return entries

    def test_a_low_limit_on_open_files_is_said_at_start(self):
        made = self.made("plain").start(descriptors=256)
        self.assertIn("[descriptors-few]", made.output())
        self.assertIn("the limit on open files is 256", made.output())


if __name__ == "__main__":
    unittest.main()
