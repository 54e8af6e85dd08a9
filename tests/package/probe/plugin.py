"""Tries what a confined plugin must not be able to do, and reports each outcome in an item."""
import errno
import os
import socket

import presswatch_plugin as pw


def outcome(action):
    try:
        action()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"


@pw.poll
def poll(cursor):
    tried = {
        "socket": outcome(socket.socket),
        "unix": outcome(lambda: socket.socket(socket.AF_UNIX)),
        "state": outcome(lambda: os.listdir("/var/lib/presswatch")),
        "configuration": outcome(lambda: open("/etc/presswatch/presswatch.toml", "rb").close()),
        "write": outcome(lambda: open("/tmp/written", "wb").close()),
        "fork": outcome(os.fork),
        "nice": outcome(lambda: os.nice(-5)),
    }
    said = " ".join(f"{name}={how}" for name, how in tried.items())
    yield pw.Item(id="probe", title=f"Iran, probed: {said}", text=f"Iran. {said}", complete=True)


@pw.parse
def parse(response, cursor):
    return []


pw.run()
