"""The service in the container, as its operator sees it. start_tests() says which container."""
import json
import time

UNIT = "presswatch.service"
PATIENCE = 120  # seconds until a thing that must happen counts as not happening
box = None


def start_tests(container):
    global box
    box = container


def wait_for(what, check):
    """The first true value of check(), or a failure that says what was waited for."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.2)
    raise AssertionError(f"waited {PATIENCE} s for {what}\n{journal()}")


def journal():
    return box.run("journalctl", "--unit", UNIT, "--no-pager", "--lines=30", "--output=cat", check=False).stdout


def show(name):
    return box.run("systemctl", "show", UNIT, f"--property={name}", "--value").stdout.strip()


def ask(command):
    """The daemon's answer, or None while nobody answers."""
    done = box.run("presswatch", command, "--json", check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def main_pid():
    """The daemon's process once it is ready."""
    return wait_for("the service to be active", lambda: show("ActiveState") == "active" and show("MainPID"))


def ready_after():
    """Seconds from the start of the daemon until it said that it is ready."""
    main_pid()
    return (int(show("ActiveEnterTimestampMonotonic")) - int(show("InactiveExitTimestampMonotonic"))) / 1e6


def alerts(enough):
    """The alerts of the last hour, once enough(alerts)."""
    def read():
        # It ends by the time limit, and prints what there is.
        done = box.run("timeout", "3", "presswatch", "tail", "--json", "--since", "1h", check=False)
        found = [json.loads(line) for line in done.stdout.splitlines() if line.endswith("}")]
        return found if enough(found) else None

    return wait_for("alerts", read)


def kill(name, pid):
    box.run("sh", "-c", f"kill -{name} {pid}")


def apt(*words):
    """apt-get, without questions: of conffiles that both sides changed, the operator's stay."""
    return box.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--yes", "-o", "Dpkg::Options::=--force-confold",
                   *words).stdout
