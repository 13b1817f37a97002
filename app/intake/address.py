"""Which addresses may be fetched: the guard against requests to a server's own network."""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from threading import Thread

import httpx

from app.errors import FetchFailed, RefusedAddress

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address
type Resolve = Callable[[str, int], Sequence[str]]

# IANA special-purpose registries (RFC 6890 and its successors), held here because `is_global`
# changes from one Python to the next. "private" are those that `fetch_private` lets through.
_PRIVATE = "a private address"
_LOOPBACK = "the loopback address"
_LINK_LOCAL = "a link-local address, where cloud metadata are served"
_RESERVED = "a reserved address"
_REFUSED = [
    (ipaddress.ip_network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "the unspecified address"),
        ("10.0.0.0/8", _PRIVATE),
        ("100.64.0.0/10", _PRIVATE),
        ("127.0.0.0/8", _LOOPBACK),
        ("169.254.0.0/16", _LINK_LOCAL),
        ("172.16.0.0/12", _PRIVATE),
        ("192.0.0.0/24", _RESERVED),
        ("192.0.2.0/24", _RESERVED),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", _PRIVATE),
        ("198.18.0.0/15", _RESERVED),
        ("198.51.100.0/24", _RESERVED),
        ("203.0.113.0/24", _RESERVED),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", _RESERVED),
        # A public address that only Azure's machines reach: their metadata and credentials.
        ("168.63.129.16/32", "a cloud metadata address"),
        ("::/128", "the unspecified address"),
        ("::1/128", _LOOPBACK),
        ("::ffff:0:0/96", "an IPv4 address mapped into IPv6"),
        ("64:ff9b::/96", "an IPv4 address behind NAT64"),
        ("64:ff9b:1::/48", "an IPv4 address behind NAT64"),
        ("2001::/23", _RESERVED),
        ("2001:db8::/32", _RESERVED),
        ("2002::/16", "an IPv4 address in 6to4"),
        ("3fff::/20", _RESERVED),
        ("fc00::/7", _PRIVATE),
        ("fe80::/10", _LINK_LOCAL),
        ("fec0::/10", _PRIVATE),
        ("ff00::/8", "a multicast address"),
    )
]
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
# AWS serves metadata here too, within the private range.
_METADATA_V6 = ipaddress.ip_address("fd00:ec2::254")
_ALLOWED = "PARALLAX_FETCH_PRIVATE=true allows such addresses"
# Ports from 1024 on that browsers refuse ("bad ports", WHATWG Fetch): other services than HTTP.
_BAD_PORTS = frozenset(
    (1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080)
) | frozenset(range(6665, 6670))
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", re.IGNORECASE)
_LOOKS_NUMERIC = re.compile(r"(?:.*\.)?(?:\d+|0[xX][0-9a-fA-F]*)\.?")
_HIDDEN_HOSTS = ("localhost", "metadata.google.internal")


def parse_url(text: str) -> httpx.URL:
    """The URL that a text is. Raises RefusedAddress where it is none."""
    try:
        return httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError):
        raise RefusedAddress(f"{text[:200]!r} is not a valid address") from None


def check_url(url: httpx.URL, *, allow_private: bool) -> httpx.URL:
    """The URL itself, without its fragment, if its form allows fetching it.

    Raises RefusedAddress for another scheme than http and https, a user name or password, a port
    of another service, or an IP address that is refused or written in an unusual form.
    """
    shown = shown_url(url)
    if url.scheme not in ("http", "https"):
        raise RefusedAddress(f"{shown}: only http and https addresses are fetched")
    if not url.host:
        raise RefusedAddress(f"{shown}: the address names no host")
    if url.userinfo:
        raise RefusedAddress(f"{shown}: an address with a user name or password is not fetched")
    port = port_of(url)
    if not (port in (80, 443) or 1024 <= port <= 65535) or port in _BAD_PORTS:
        raise RefusedAddress(f"{shown}: port {port} is not one that pages are served on")
    host = url.raw_host.decode("ascii").rstrip(".")
    literal = _literal(host)
    if literal is not None:
        kind = refusal(literal, allow_private=allow_private)
        if kind is not None:
            raise RefusedAddress(f"{shown}: {host} is {kind}{_way_out(literal)}")
    elif not _NAME.fullmatch(host):
        raise RefusedAddress(f"{shown}: the host is no name and no IP address")
    elif _LOOKS_NUMERIC.fullmatch(host):
        # 2130706433, 0x7f.1 and 0177.0.0.1 are all 127.0.0.1 to a resolver.
        raise RefusedAddress(f"{shown}: the IP address is written in an unusual form")
    elif not allow_private and (host in _HIDDEN_HOSTS or host.endswith(".localhost")):
        way_out = f"; {_ALLOWED}" if host.endswith("localhost") else ""
        raise RefusedAddress(f"{shown}: {host} names this machine or its cloud{way_out}")
    return url.copy_with(fragment=None)


def port_of(url: httpx.URL) -> int:
    """The port of an http or https URL, the scheme's own where it names none."""
    if url.port is not None:
        return url.port
    return 443 if url.scheme == "https" else 80


def host_of(url: str) -> str:
    """The server of an address: host and port. Raises RefusedAddress where it is no address."""
    parsed = parse_url(url)
    return f"{parsed.host}:{port_of(parsed)}"


def shown_url(url: httpx.URL) -> str:
    """The URL for a message: without user name and password, cut at 200 characters."""
    bare = url.copy_with(userinfo=b"") if url.userinfo else url
    return str(bare)[:200]


def refusal(address: Address, *, allow_private: bool) -> str | None:
    """What the address is that must not be fetched from ("a private address"), or None.

    With `allow_private`, private and loopback addresses may be; link-local ones, where clouds
    serve credentials, never.
    """
    for network, kind in _REFUSED:
        if address.version == network.version and address in network:
            if allow_private and kind in (_PRIVATE, _LOOPBACK) and address != _METADATA_V6:
                return None
            return kind
    if address.version == 6 and address not in _GLOBAL_V6:
        return _RESERVED
    return None


def _way_out(address: Address | None) -> str:
    """What to say of the setting that allows a refused address, if one does."""
    if address is not None and refusal(address, allow_private=True) is None:
        return f"; {_ALLOWED}"
    return "; such an address is not fetched"


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host as the system's resolver gives them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(
    host: str, port: int, resolve: Resolve, *, allow_private: bool, seconds: float
) -> list[str]:
    """The addresses of a host that may be connected to, in the resolver's order, within `seconds`.

    Only these may then be dialled: a name may point elsewhere by the next time it is asked.
    Raises RefusedAddress where the host has none but refused ones, FetchFailed where it has none
    or the resolver takes too long.
    """
    literal = _literal(host.strip("[]"))
    names = [str(literal)] if literal else _resolve_within(host, port, resolve, seconds)
    allowed, refused = [], ""
    for name in names:
        address = _literal(name)
        kind = "not an IP address" if address is None else None
        if address is not None:
            kind = refusal(address, allow_private=allow_private)
        if kind is None:
            allowed.append(name)
        else:
            refused = refused or f"{host} is at {name[:60]}, {kind}{_way_out(address)}"
    if allowed:
        return allowed
    if refused:
        raise RefusedAddress(refused)
    raise FetchFailed(f"the host {host} has no address")


def _literal(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _resolve_within(host: str, port: int, resolve: Resolve, seconds: float) -> Sequence[str]:
    # The system's resolver knows no timeout, so it runs in a thread that is left behind if it must.
    outcome: list[Sequence[str] | OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            outcome.append(resolve(host, port))
        except (OSError, UnicodeError) as error:
            outcome.append(error)

    thread = Thread(target=look_up, daemon=True, name="resolve")
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise FetchFailed(f"looking up the host {host} took too long")
    if isinstance(outcome[0], OSError | UnicodeError):
        raise FetchFailed(f"the host {host} could not be found: {outcome[0]}")
    return outcome[0]
