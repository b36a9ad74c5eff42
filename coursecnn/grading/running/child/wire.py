"""A message is a JSON header followed by raw bytes; nothing is ever unpickled."""

import json
import struct

ORDER_LIMIT = 4 * 2**20  # bytes of a header with the cells of a notebook
HEADER_LIMIT = 2**16  # bytes of any other header
BLOB_LIMIT = 64 * 2**20


class WireError(Exception):
    """The other end sent something that is not a message."""


def pack(header, blobs=()):
    """Make one message.

    Parameters
    ----------
    header : dict
        Anything that JSON can say.
    blobs : sequence of bytes-like
        Raw contents of arrays, in the order in which the header counts them.

    Returns
    -------
    bytes
        All of it.
    """
    text = json.dumps({**header, "blobs": [len(blob) for blob in blobs]}).encode()
    return b"".join([struct.pack(">I", len(text)), text, *blobs])


def send(write, header, blobs=()):
    """Write one message.

    Parameters
    ----------
    write : callable
        Takes bytes and passes all of them on, such as the `sendall` of a socket.
    header, blobs : dict, sequence of bytes-like
        See `pack`.
    """
    write(pack(header, blobs))


def receive(stream, limit=HEADER_LIMIT):
    """Read one message.

    Parameters
    ----------
    stream : binary file
        Where to read.
    limit : int
        The longest header, in bytes.

    Returns
    -------
    dict, list of bytes
        The header, and the raw contents that it announced.

    Raises
    ------
    EOFError
        If the other end has closed the connection.
    WireError
        If the bytes are not a message, or the message is larger than the limits.
    """
    (size,) = struct.unpack(">I", _exactly(stream, 4))
    if size > limit:
        raise WireError(f"a header of {size:,} bytes is larger than {limit:,}")
    header, sizes = _parse(_exactly(stream, size))
    if sum(sizes) > BLOB_LIMIT:
        raise WireError(f"an answer of {sum(sizes):,} bytes is larger than {BLOB_LIMIT:,}")
    return header, [_exactly(stream, size) for size in sizes]


def _exactly(stream, size):
    data = stream.read(size)
    if data is None or len(data) < size:
        raise EOFError("the connection was closed")
    return data


def _parse(text):
    try:
        header = json.loads(text)
        sizes = header.pop("blobs")
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError) as error:
        raise WireError("a header that is not a JSON object with `blobs`") from error
    if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes):
        raise WireError("`blobs` that is not a list of sizes")
    return header, sizes
