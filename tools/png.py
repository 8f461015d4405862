"""Make a picture of a screen small: the same pixels with a palette."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

_HEAD = 8
_COLOURS = 256
_TRUE_COLOUR = 2


def with_palette(picture: bytes) -> bytes:
    """Give a PNG of true colours as one of at most 256, the rarest ones as their nearest.

    Args:
        picture: What a browser gives: 8 bits a channel, no transparency, not interlaced.

    Returns:
        The smaller one of both.
    """
    chunks = list(_chunks(picture))
    width, height, depth, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    if (depth, kind) != (8, _TRUE_COLOUR):
        return picture
    packed = b"".join(body for name, body in chunks if name == b"IDAT")
    rows = [
        [row[at : at + 3] for at in range(0, len(row), 3)]
        for row in _unfiltered(zlib.decompress(packed), 3 * width, height)
    ]
    counted = Counter(colour for row in rows for colour in row)
    palette = [colour for colour, _ in counted.most_common(_COLOURS)]
    number = {colour: at for at, colour in enumerate(palette)}
    for colour in counted:
        if colour not in number:
            number[colour] = number[min(palette, key=lambda one: _distance(one, colour))]
    pixels = b"".join(b"\0" + bytes(number[one] for one in row) for row in rows)
    small = b"".join(
        (
            picture[:_HEAD],
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(palette)),
            _chunk(b"IDAT", zlib.compress(pixels, 9)),
            _chunk(b"IEND", b""),
        )
    )
    return min(picture, small, key=len)


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _HEAD
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    check = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def _distance(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _unfiltered(raw: bytes, width: int, height: int) -> Iterator[bytes]:
    """Undo what PNG does to each row before it is packed; three bytes a pixel."""
    above = bytes(width + 3)
    for number in range(height):
        start = number * (width + 1)
        kind, row = raw[start], bytearray(3) + raw[start + 1 : start + 1 + width]
        for at in range(3, width + 3):
            left, up, corner = row[at - 3], above[at], above[at - 3]
            if kind == 1:
                row[at] = (row[at] + left) & 255
            elif kind == 2:
                row[at] = (row[at] + up) & 255
            elif kind == 3:
                row[at] = (row[at] + (left + up) // 2) & 255
            elif kind == 4:
                row[at] = (row[at] + _nearest(left, up, corner)) & 255
        above = bytes(row)
        yield above[3:]


def _nearest(left: int, up: int, corner: int) -> int:
    """Give the neighbour nearest to their slope, as Paeth chose it."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
