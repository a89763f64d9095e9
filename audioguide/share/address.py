"""Chooses the address and the port to share at, without sending anything."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

from audioguide.errors import RequestError
from audioguide.share.server_limits import WAITING

Address = IPv4Address | IPv6Address

THIS_MACHINE = IPv4Address("127.0.0.1")
FIRST_PORT = 8000
PORTS_TRIED = 50

_ELSEWHERE = ("192.168.255.254", "192.0.2.1")
"""Where a packet would go: a private address, as in most homes, then one reserved for documentation (RFC 5737)."""

_DISCARD_PORT = 9


def own_address() -> Address:
    """Return this machine's address in the local network; without a network the one that only it can reach."""
    # The machine's name may resolve to 127.0.1.1 (Debian), and a list of interfaces doesn't tell which one leads out. A
    # datagram socket that is connected has chosen its way out, and has sent nothing yet.
    for elsewhere in _ELSEWHERE:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, _DISCARD_PORT))
            address = ip_address(probe.getsockname()[0])
            if not (address.is_loopback or address.is_unspecified):
                return address
    return THIS_MACHINE


def parse_address(text: str) -> Address:
    """Return the address in ``text``.

    Raises:
        RequestError: when it is none, or one that stands for all of the machine's.
    """
    try:
        address = ip_address(text)
    except ValueError:
        raise RequestError(f"--address {text}: write an IP address of this machine, such as 192.168.1.20") from None
    if address.version == 6 and address.ipv4_mapped is not None:
        # The same machine and the same rules; browsers write it the short way.
        address = address.ipv4_mapped
    if address.is_unspecified:
        raise RequestError(f"--address {text}: it stands for every network; name this machine's address in one of them")
    if address.is_multicast or _is_broadcast(address):
        raise RequestError(f"--address {text}: it stands for many machines; name this machine's own address")
    if address.version == 6 and address.scope_id:
        # A link-local address needs its interface after a '%', for which RFC 6874 found no way into browsers.
        raise RequestError(f"--address {text}: browsers take no '%' in an address; name another of this machine")
    return address


def _is_broadcast(address: Address) -> bool:
    """Return whether an address stands for all machines of a network, which a system lets a program listen at."""
    if address.version == 6:
        return False  # it has none
    # Which of a network's addresses that is, its mask decides, and the system knows it: without a permission that is
    # asked for apart, no datagram socket may be connected to it. Nothing is sent.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((str(address), _DISCARD_PORT))
        except PermissionError:
            return True
        except OSError:
            return False
    return False


def listen(address: Address, port: int | None) -> socket.socket:
    """Return a socket that listens at ``address``: at ``port``, or without one at the first free from 8000 on.

    Raises:
        RequestError: when the address isn't this machine's, or no port can be had.
    """
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    ports: Iterable[int] = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port is None else [port]
    for candidate in ports:
        try:
            # It sets SO_REUSEADDR, without which a port stays taken for a minute after its last connection; but not on
            # Windows, where two programs could then take the same port.
            return socket.create_server((str(address), candidate), family=family, backlog=WAITING)
        except OSError as error:
            if port is None and error.errno == errno.EADDRINUSE:
                continue
            taken = "taken by another program; name another, or leave it out for the next free one"
            reasons = {
                errno.EADDRINUSE: f"--port {candidate}: {taken}",
                errno.EACCES: f"--port {candidate}: this user may not take it; name one from 1024 on",
                errno.EADDRNOTAVAIL: f"--address {address}: not an address of this machine",
            }
            said = os.strerror(error.errno).lower() if error.errno else str(error).lower()
            reason = reasons.get(error.errno or 0, f"--address {address}: can't be listened at ({said})")
            raise RequestError(reason) from None
    raise RequestError(
        f"ports {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} are all taken; name a free one with --port"
    )


def host_of(address: Address, port: int) -> str:
    """Return address and port as they stand in ``http://…/``."""
    host = f"[{address}]" if address.version == 6 else f"{address}"
    return f"{host}:{port}"


def hosts_of(address: Address, port: int) -> frozenset[str]:
    """Return the values that the Host header may have: what a browser sends for this address and no other name."""
    # A page elsewhere can let a name of its own lead to this address (DNS rebinding); its requests then name that host.
    names = {host_of(address, port)}
    if address.is_loopback:
        names.add(f"localhost:{port}")
    if port == 80:  # browsers leave the usual port out
        names |= {name.removesuffix(":80") for name in names}
    return frozenset(names)
