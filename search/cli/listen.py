"""Takes the port before anything else, while the rest is still being imported."""

import errno
import socket

from index.errors import WenguError


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections already.

    It says that it speaks TCP, since asyncio lets small answers leave at once (TCP_NODELAY)
    only on sockets that do; else each waits 40 ms for the other side's acknowledgement.

    Raises:
        WenguError: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        bound = socket.create_server((host, port), family=family, backlog=128)
        return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, bound.detach())
    except OSError as error:
        raise WenguError(_why_not(error, host, port)) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is in use, perhaps by another wengu at http://{host}:{port}/; "
            "choose another with --port"
        )
    if error.errno == errno.EACCES:
        return f"port {port} is not for everyone; choose one above 1023 with --port"
    return f"cannot serve at {host}: {error.strerror or error}; choose an address with --host"
