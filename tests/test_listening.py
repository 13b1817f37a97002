"""Sockets that listen."""

import socket

from app.listening import listening


def test_no_part_of_an_answer_waits_for_the_client_to_acknowledge_another() -> None:
    with listening("127.0.0.1", 0) as sockets:
        with socket.create_connection(sockets[0].getsockname()):
            accepted, _ = sockets[0].accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
