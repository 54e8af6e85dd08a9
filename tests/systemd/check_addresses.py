#!/usr/bin/env python3
"""check_addresses.py UNIT: the unit's IPAddressAllow= holds every public address and none of a private network."""
import ipaddress
import sys

PRIVATE = ["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
           "224.0.0.0/3"]
LOOPBACK = "127.0.0.0/8"
# Global unicast, and the well-known prefix of NAT64.
PUBLIC_6 = ["2000::/3", "64:ff9b::/96"]


def without(networks, hole):
    """The networks less one more."""
    hole = ipaddress.ip_network(hole)
    out = []
    for one in networks:
        out.extend(one.address_exclude(hole) if hole.subnet_of(one) else [one])
    return out


def values(unit, key):
    with open(unit, encoding="utf-8") as lines:
        return [word for line in lines if line.startswith(key + "=") for word in line.split("=", 1)[1].split()]


def main(unit):
    expected = [ipaddress.ip_network("0.0.0.0/0")]
    for hole in [*PRIVATE, LOOPBACK]:
        expected = without(expected, hole)
    expected += [ipaddress.ip_network(one) for one in PUBLIC_6]
    allowed = values(unit, "IPAddressAllow")
    found = [ipaddress.ip_network(one) for one in allowed if one != "localhost"]
    missing, extra = set(expected) - set(found), set(found) - set(expected)
    assert "localhost" in allowed, "the bus and the name server of this machine are out of reach"
    assert not missing and not extra, f"missing {sorted(map(str, missing))}, too much {sorted(map(str, extra))}"
    assert values(unit, "IPAddressDeny") == ["any"], "what is not allowed must be denied"


if __name__ == "__main__":
    main(sys.argv[1])
