"""Switching the cyclic garbage collector off while records come by the million."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_cyclic_collection() -> Iterator[None]:
    """Switch the cyclic garbage collector off while millions of records come to be.

    No garbage among them is cyclic, yet the collector would walk through all of them again
    and again as their number grows, and take longer than the reading.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
