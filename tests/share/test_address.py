from __future__ import annotations

import socket
from contextlib import ExitStack
from ipaddress import ip_address

import pytest

from audioguide.errors import RequestError
from audioguide.share import address as module
from audioguide.share.address import FIRST_PORT, PORTS_TRIED, host_of, hosts_of, listen, own_address, parse_address

LOOPBACK = ip_address("127.0.0.1")


class Probe:
    """A datagram socket on a machine whose ways out are known, which may be connected and nothing more."""

    own: dict[str, str]

    def __init__(self, *_: object) -> None:
        self.name = "0.0.0.0"

    def __enter__(self) -> Probe:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def connect(self, to: tuple[str, int]) -> None:
        if to[0] not in self.own:
            raise OSError("network is unreachable")
        self.name = self.own[to[0]]

    def getsockname(self) -> tuple[str, int]:
        return self.name, 40000


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"192.168.255.254": "192.168.1.20", "192.0.2.1": "192.168.1.20"}, "192.168.1.20"),
        ({"192.168.255.254": "10.0.0.5"}, "10.0.0.5"),
        ({"192.0.2.1": "172.16.3.4"}, "172.16.3.4"),
        ({"192.168.255.254": "0.0.0.0", "192.0.2.1": "172.16.3.4"}, "172.16.3.4"),
        ({"192.168.255.254": "127.0.0.1"}, "127.0.0.1"),
        ({}, "127.0.0.1"),
    ],
)
def test_the_address_is_the_way_out_and_nothing_is_sent(
    monkeypatch: pytest.MonkeyPatch, own: dict[str, str], expected: str
):
    monkeypatch.setattr(Probe, "own", own, raising=False)
    monkeypatch.setattr(module.socket, "socket", Probe)
    assert str(own_address()) == expected


@pytest.mark.parametrize("text", ["", "home", "192.168.1", "192.168.1.20:8000", "http://192.168.1.20", "256.1.1.1"])
def test_what_is_no_address_is_refused(text: str):
    with pytest.raises(RequestError, match="write an IP address of this machine"):
        parse_address(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [("0.0.0.0", "every network"), ("::", "every network"), ("fe80::1%eth0", "browsers take no '%'")],
)
def test_an_address_that_no_browser_can_open_is_refused(text: str, message: str):
    with pytest.raises(RequestError, match=message):
        parse_address(text)


def test_hosts_are_those_of_the_address_alone():
    home = ip_address("192.168.1.20")
    assert host_of(home, 8000) == "192.168.1.20:8000"
    assert hosts_of(home, 8000) == {"192.168.1.20:8000"}
    assert hosts_of(home, 80) == {"192.168.1.20:80", "192.168.1.20"}
    assert hosts_of(LOOPBACK, 8001) == {"127.0.0.1:8001", "localhost:8001"}
    assert hosts_of(ip_address("fd00::2"), 8000) == {"[fd00::2]:8000"}


def test_the_next_port_is_taken_when_one_is():
    with ExitStack() as stack:
        ports = [stack.enter_context(listen(LOOPBACK, None)).getsockname()[1] for _ in range(3)]
    assert len(set(ports)) == 3
    assert all(FIRST_PORT <= port < FIRST_PORT + PORTS_TRIED for port in ports)


def test_a_port_that_was_asked_for_and_is_taken_is_refused():
    with listen(LOOPBACK, None) as first:
        port = first.getsockname()[1]
        with pytest.raises(RequestError, match=f"--port {port}: taken by another program"):
            listen(LOOPBACK, port)


def test_no_port_left_is_said(monkeypatch: pytest.MonkeyPatch):
    with listen(LOOPBACK, None) as first:
        monkeypatch.setattr(module, "FIRST_PORT", first.getsockname()[1])
        monkeypatch.setattr(module, "PORTS_TRIED", 1)
        with pytest.raises(RequestError, match="are all taken; name a free one with --port"):
            listen(LOOPBACK, None)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(RequestError, match=r"--address 198\.51\.100\.7: not an address of this machine"):
        listen(ip_address("198.51.100.7"), None)


@pytest.mark.skipif(not socket.has_ipv6, reason="this system has no IPv6: switch it on")
def test_an_address_of_version_six_is_listened_at():
    try:
        with listen(ip_address("::1"), None) as listener:
            assert listener.getsockname()[0] == "::1"
    except RequestError:
        pytest.skip("this machine has no address of version six: switch IPv6 on for its loopback")


@pytest.mark.parametrize("text", ["0.0.0.0", "::", "::ffff:0.0.0.0", "::ffff:0:0"])
def test_an_address_that_stands_for_every_network_is_refused_in_every_spelling(text: str):
    with pytest.raises(RequestError, match="it stands for every network"):
        parse_address(text)


@pytest.mark.parametrize("text", ["224.0.0.1", "239.1.2.3", "ff02::1", "::ffff:224.0.0.1", "255.255.255.255"])
def test_an_address_of_many_machines_is_refused(text: str):
    with pytest.raises(RequestError, match="it stands for many machines"):
        parse_address(text)


def test_the_broadcast_address_of_a_network_is_told_by_the_system(monkeypatch: pytest.MonkeyPatch):
    class Refusing(Probe):
        def connect(self, to: tuple[str, int]) -> None:
            raise PermissionError if to[0] == "192.168.1.255" else OSError

    monkeypatch.setattr(module.socket, "socket", Refusing)
    assert parse_address("192.168.1.20") == ip_address("192.168.1.20")
    with pytest.raises(RequestError, match="it stands for many machines"):
        parse_address("192.168.1.255")


def test_a_mapped_address_is_the_one_that_it_stands_for():
    assert parse_address("::ffff:127.0.0.1") == LOOPBACK
