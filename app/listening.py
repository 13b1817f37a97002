"""The address and port that the service listens on."""

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address

import structlog

from app.errors import Unavailable

log = structlog.get_logger(__name__)

_WAITING = 2048
_NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


@contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Sockets that listen at each address of the host, where who connects waits to be served.

    Raises Unavailable where the host is no address of this machine, or the port cannot be had.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise Unavailable(f"{host!r} is no address: choose another with --host.") from None
    with ExitStack() as opened:
        sockets: list[socket.socket] = []
        missing: OSError | None = None
        for family, _, _, _, address in found:
            try:
                listener = socket.create_server(address, family=family, backlog=_WAITING)
            except OSError as error:
                # "localhost" stands for an IPv6 address too, which not every machine has.
                if error.errno not in _NOT_HERE:
                    raise Unavailable(_why(host, port, error)) from None
                missing = error
            else:
                # Connections have it from their listener. An answer is written head first: without
                # this its body waits until the client has acknowledged the head, 40 ms on Linux.
                listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sockets.append(opened.enter_context(listener))
        if missing is not None and not sockets:
            raise Unavailable(_why(host, port, missing))
        for each in sockets:
            log.info("listening", address=_shown(each))
        yield sockets


def is_loopback(host: str) -> bool:
    """Whether none but this machine reaches the host; False for one that is no address."""
    try:
        found = socket.getaddrinfo(host or None, None, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        return False
    return all(ip_address(address[0]).is_loopback for *_, address in found)


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use: choose another with --port, such as "
            f"--port {port + 1 if port < 65535 else port - 1}, or end what listens there."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} on {host} needs more rights: choose one from 1024 on with --port."
    if error.errno in _NOT_HERE:
        return f"{host} is no address of this machine: choose another with --host."
    return f"Port {port} on {host} cannot be listened on: {os.strerror(error.errno or 0)}."


def _shown(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
