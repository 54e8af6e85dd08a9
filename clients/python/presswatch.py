"""Follow presswatch alerts without losing one. One file, needs pyzmq.

    from presswatch import Subscriber

    for alert in Subscriber(cursor="alerts.cursor"):
        print(alert["watchlist"]["title"], alert["article"]["title"])

The cursor file is written before the first alert, and after the body of the loop has run for each, so an alert at which
your program died comes again: deal with it by its number (`alert["_seq"]`) or id (`alert["_id"]`) if that matters. When
the daemon's log was restored from a backup, numbers begin again from the backup's, and alerts of the last minutes before
may come again under their old id; an alert that this process was given does not.
"""
import collections
import json
import os
import random
import time

import zmq

__all__ = ["Subscriber"]

_VERSION = 1
_RECENT = 10_000  # ids of the last alerts, to know them again after a reset
_RESYNC_SLACK_MS = 600_000  # clocks may differ by that before and after a restore


class Subscriber:
    """Iterates over alerts as dictionaries, each once and in order, for ever.

    channel: one watchlist, or None for all.
    cursor:  a file that keeps the place between runs, or None.
    since:   seconds of the past to begin with when there is no cursor yet; None: only what comes from now on.
    notice:  called with a line for a person when alerts were lost, or the daemon is away.

    Raises RuntimeError when the daemon refuses a request or speaks another version of the bus.
    """

    def __init__(self, channel=None, cursor=None, since=None, live="tcp://127.0.0.1:7701", log="tcp://127.0.0.1:7702",
                 notice=lambda line: None):
        self.channel, self.cursor_file, self.since = channel, cursor, since
        self.live_endpoint, self.log_endpoint, self.notice = live, log, notice
        self.context = zmq.Context.instance()
        self.live = None
        # time_ms is the time of the last alert, or when the following began, by the daemon's clock.
        self.state = {"log": None, "number": None, "id": None, "time_ms": None}
        if cursor is not None and os.path.exists(cursor):
            with open(cursor, encoding="utf-8") as file:
                self.state.update(json.load(file))
        if self.state.setdefault("channel", channel) != channel:
            raise ValueError(f"{cursor}: this is a place in {self.state['channel'] or 'all alerts'}, not in "
                             f"{channel or 'all alerts'}: give each its own cursor file")
        self.known = 0  # the global head at which our number was certainly the head of what we follow
        self.recent, self.recent_order = set(), collections.deque()
        self._remember(self.state["id"])
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
                behind = self._is_behind(header, json.loads(frames[2]))
            elif header["kind"] == "A":
                number = self._number(header)
                if number == self.state["number"] + 1:
                    yield from self._deliver(header, frames[2])
                elif number == self.state["number"]:
                    # Another alert with the number of ours: the log was cut back and has grown again.
                    behind = self.state["id"] not in (None, header["id"])
                else:
                    behind = number > self.state["number"]

    def _number(self, header):
        return header["cseq" if self.channel else "seq"]

    def _deliver(self, header, body):
        if header["id"] not in self.recent:
            alert = json.loads(body)
            alert["_seq"], alert["_cseq"], alert["_id"] = header["seq"], header["cseq"], header["id"]
            yield alert
            self._remember(header["id"])
        self._move(log=header["log"], number=self._number(header), id=header["id"], time_ms=header["time_ms"])

    def _remember(self, alert_id):
        if alert_id is None:
            return
        self.recent.add(alert_id)
        self.recent_order.append(alert_id)
        if len(self.recent_order) > _RECENT:
            self.recent.discard(self.recent_order.popleft())

    def _move(self, **place):
        self.state.update(place)
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
        self.live.setsockopt(zmq.IPV6, "[" in self.live_endpoint)
        self.live.connect(self.live_endpoint)

    def _wait_and_reconnect(self):
        self.notice(f"no word from {self.live_endpoint}; trying again")
        time.sleep(self.backoff * random.uniform(0.5, 1.5))
        self.backoff = min(self.backoff * 2, 30)
        self._connect()

    def _is_behind(self, header, body):
        """What a heartbeat says of our place: must the log be asked? Ahead of the head is asked, too: a shorter log."""
        self.heartbeat = max(body.get("hb_ms", 1000), 100) / 1000
        if not self.channel:
            return header["seq"] != self.state["number"]
        if header["seq"] < self.known:
            return True
        if self.channel in body["heads"]:
            if body["heads"][self.channel] != self.state["number"]:
                return True
        elif body["heads_after"] > self.known:
            return True  # it may have changed since we knew it
        self.known = header["seq"]
        return False

    def _request(self, **fields):
        """The reply of LOG and its alerts, or None when nobody answers. A daemon that is busy is asked again."""
        told = False
        while True:
            frames = self._exchange(fields)
            if frames is None:
                return None
            head = json.loads(frames[1])
            if head["status"] == "bad":
                raise RuntimeError(f"the daemon refused: {head['why']}")
            if head["status"] != "busy":
                return head, [(_header(h), body) for h, body in zip(frames[2::2], frames[3::2])]
            if not told:
                self.notice(f"the daemon is busy ({head.get('why')}); asking again")
            told = True
            time.sleep(min(max(head.get("retry_ms", 500), 50), 10_000) / 1000 * random.uniform(0.5, 1.5))

    def _exchange(self, fields):
        socket = self.context.socket(zmq.REQ)
        socket.setsockopt(zmq.LINGER, 0)
        socket.setsockopt(zmq.IPV6, "[" in self.log_endpoint)
        try:
            socket.connect(self.log_endpoint)
            socket.send_multipart([b"PWQ1", json.dumps({"req": "py", "channel": self.channel, **fields}).encode()])
            return socket.recv_multipart() if socket.poll(5000) else None
        finally:
            socket.close()

    def _ask(self):
        number, state = self.state["number"], self.state
        if number is not None:
            anchor = {"anchor": state["id"]} if number and state["id"] else {}
            return self._request(op="replay", log=state["log"], after=number, **anchor)
        if self.since is not None:
            since_ms = max(int((time.time() - self.since) * 1000), 0)
            return self._request(op="replay", log=state["log"], since_ms=since_ms)
        return self._request(op="head")

    def _replay(self):
        """One page of alerts, and whether there is more to ask for; (None, True) when nobody answers."""
        reply = self._ask()
        if reply is None:
            return None, True
        head, alerts = reply
        status = head["status"]
        if status not in ("ok", "more", "gone", "reset"):
            return None, True
        self.backoff = 0.2
        if status == "reset":
            return self._reset(head)
        number = self.state["number"]
        if status == "gone":
            self.notice(f"alerts {number + 1} to {head['next']} are not kept any more and were lost")
            self._move(log=head["log"], number=head["next"], id=None)
            return [], True
        if number is None:
            began = alerts[0][0]["time_ms"] if alerts else head["now_ms"]
            self._move(log=head["log"], number=self._place_before(head, alerts), id=None, time_ms=began)
        self.state["log"] = head["log"]
        if status == "ok":
            self.known = head["head"]
        return alerts, status == "more"

    def _reset(self, head):
        """Another log, or a shorter one: the numbers mean nothing any more; the time does."""
        self.known = 0
        begin = {}
        if self.state["time_ms"] is not None:
            begin = {"since_ms": max(self.state["time_ms"] - _RESYNC_SLACK_MS, 0)}
        self.notice("the log was restored or made anew; beginning "
                    + ("some minutes before the last alert" if begin else "with what it holds"))
        reply = self._request(op="replay", log=head["log"], max=1, **begin)
        if reply is None or reply[0]["status"] not in ("ok", "more"):
            return None, True
        self._move(log=head["log"], number=self._place_before(*reply), id=None)
        return [], True

    def _place_before(self, head, alerts):
        """The number before the first alert; without one, the head of what we follow."""
        if alerts:
            return self._number(alerts[0][0]) - 1
        return head["next"] if "next" in head else head["channel_head" if self.channel else "head"]


def _header(raw):
    if len(raw) < 64 or raw[:2] != b"PW":
        return None
    if raw[2] != _VERSION:
        raise RuntimeError(f"the daemon speaks version {raw[2]} of the bus, this client version {_VERSION}: update it")
    return {"kind": chr(raw[3]), "log": raw[4:20].hex(), "seq": int.from_bytes(raw[20:28], "big"),
            "cseq": int.from_bytes(raw[28:36], "big"), "time_ms": int.from_bytes(raw[36:44], "big"),
            "id": raw[44:60].hex(), "flags": int.from_bytes(raw[60:64], "big")}
