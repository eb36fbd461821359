"""The port, before anything else: it is taken while the rest is still being imported."""

import errno
import socket

from index.errors import WenguError


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections already.

    Raises:
        WenguError: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
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
