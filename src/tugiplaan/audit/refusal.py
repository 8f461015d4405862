"""The one kind of error that is told to people as it is."""


class RefusedError(Exception):
    """A request that cannot be met.

    Its text is a sentence for the person who asked: what is wrong, what was kept, what to do.
    Pages show it beside the form; a command prints it. Whatever else goes wrong is a fault of
    the program and is never shown.
    """
