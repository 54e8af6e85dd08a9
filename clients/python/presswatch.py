"""Follow presswatch alerts without losing one. One file, needs pyzmq.

    from presswatch import Subscriber

    for alert in Subscriber(cursor="alerts.cursor"):
        print(alert["watchlist"]["title"], alert["article"]["title"])

The cursor file is written after the body of the loop has run for an alert, so an alert at which your program died comes
again: deal with it by its number (`alert["_seq"]`) or id (`alert["_id"]`) if that matters.
"""
import json
import os
import random
import time

import zmq

__all__ = ["Subscriber"]

_VERSION = 1


class Subscriber:
    """Iterates over alerts as dictionaries, each once and in order, for ever.

    channel: one watchlist, or None for all.
    cursor:  a file that keeps the place between runs, or None.
    since:   seconds of the past to begin with when there is no cursor yet; None: only what comes from now on.
    notice:  called with a line for a person when alerts were lost, or the daemon is away.
    """

    def __init__(self, channel=None, cursor=None, since=None, live="tcp://127.0.0.1:7701", log="tcp://127.0.0.1:7702",
                 notice=lambda line: None):
        self.channel, self.cursor_file, self.since = channel, cursor, since
        self.live_endpoint, self.log_endpoint, self.notice = live, log, notice
        self.context = zmq.Context.instance()
        self.live = None
        self.state = {"log": None, "number": None, "id": None}
        if cursor is not None and os.path.exists(cursor):
            with open(cursor, encoding="utf-8") as file:
                self.state = json.load(file)
        self.heartbeat = 1.0
        self.backoff = 0.2

    def __iter__(self):
        self._connect()
        behind = True
        while True:
            if behind:
                alerts, behind = self._replay()
                if alerts is None:
                    self._wait_and_reconnect()
                    behind = True
                    continue
                for header, body in alerts:
                    yield from self._deliver(header, body)
                continue
            if not self.live.poll(int(3000 * self.heartbeat)):
                self._wait_and_reconnect()
                behind = True
                continue
            frames = self.live.recv_multipart()
            header = _header(frames[1]) if len(frames) == 3 else None
            if header is None:
                continue
            if header["log"] != self.state["log"]:
                behind = True
            elif header["kind"] == "H":
                behind = self._head(header, json.loads(frames[2])) > self.state["number"]
            elif header["kind"] == "A":
                number = header["cseq" if self.channel else "seq"]
                if number == self.state["number"] + 1:
                    yield from self._deliver(header, frames[2])
                elif number > self.state["number"]:
                    behind = True

    def _deliver(self, header, body):
        alert = json.loads(body)
        alert["_seq"], alert["_cseq"], alert["_id"] = header["seq"], header["cseq"], header["id"]
        yield alert
        self.state.update(log=header["log"], number=header["cseq" if self.channel else "seq"], id=header["id"])
        self._save()

    def _save(self):
        if self.cursor_file is None:
            return
        temporary = f"{self.cursor_file}.new"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(self.state, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self.cursor_file)

    def _connect(self):
        if self.live is not None:
            self.live.close(0)
        self.live = self.context.socket(zmq.SUB)
        self.live.setsockopt(zmq.RCVHWM, 10000)
        self.live.subscribe(f"A/{self.channel}/" if self.channel else "A/")
        self.live.subscribe("H")
        self.live.connect(self.live_endpoint)

    def _wait_and_reconnect(self):
        self.notice(f"no word from {self.live_endpoint}; trying again")
        time.sleep(self.backoff * random.uniform(0.5, 1.5))
        self.backoff = min(self.backoff * 2, 30)
        self._connect()

    def _head(self, header, body):
        self.heartbeat = max(body.get("hb_ms", 1000), 100) / 1000
        return body["heads"].get(self.channel, 0) if self.channel else header["seq"]

    def _request(self, **fields):
        socket = self.context.socket(zmq.REQ)
        socket.setsockopt(zmq.LINGER, 0)
        try:
            socket.connect(self.log_endpoint)
            socket.send_multipart([b"PWQ1", json.dumps({"req": "py", **fields}).encode()])
            return socket.recv_multipart() if socket.poll(5000) else None
        finally:
            socket.close()

    def _replay(self):
        """One page of alerts, and whether there is more to ask for; (None, True) when nobody answers."""
        number = self.state["number"]
        if number is None and self.since is None:
            reply = self._request(op="head")
            if reply is None:
                return None, True
            head = json.loads(reply[1])
            place = head["heads"].get(self.channel, 0) if self.channel else head["head"]
            self.state.update(log=head["log"], number=place, id=None)
            return [], False
        place = {"since_ms": int((time.time() - self.since) * 1000)} if number is None else {"after": number}
        if number and self.state["id"]:
            place["anchor"] = self.state["id"]
        reply = self._request(op="replay", log=self.state["log"], channel=self.channel, **place)
        if reply is None:
            return None, True
        head = json.loads(reply[1])
        self.backoff = 0.2
        status = head["status"]
        if status == "reset":
            self.notice("the log was made anew; beginning with what it holds")
            self.state = {"log": head["log"], "number": 0, "id": None}
            return [], True
        if status == "gone":
            self.notice(f"alerts after {number} are not kept any more and were lost")
            self.state.update(log=head["log"], number=head["next"], id=None)
            return [], True
        if status not in ("ok", "more"):
            return None, True
        alerts = [(_header(h), b) for h, b in zip(reply[2::2], reply[3::2])]
        self.state["log"] = head["log"]
        if number is None and not alerts:
            self.state["number"] = head["next"] if self.channel else head["head"]
        return alerts, status == "more"


def _header(raw):
    if len(raw) < 64 or raw[:2] != b"PW":
        return None
    if raw[2] != _VERSION:
        raise RuntimeError(f"the daemon speaks version {raw[2]} of the bus, this client version {_VERSION}: update it")
    return {"kind": chr(raw[3]), "log": raw[4:20].hex(), "seq": int.from_bytes(raw[20:28], "big"),
            "cseq": int.from_bytes(raw[28:36], "big"), "time_ms": int.from_bytes(raw[36:44], "big"),
            "id": raw[44:60].hex(), "flags": int.from_bytes(raw[60:64], "big")}
