"""One progress bar for all long work, silent where nobody watches."""

import os


def progress(iterable, description, total=None):
    """Show a bar on stderr while `iterable` runs, unless `COURSECNN_PROGRESS` is 0.

    Parameters
    ----------
    iterable : iterable
        What to go through.
    description : str
        What the bar says it is doing.
    total : int, optional
        How many items there are, where `len` cannot tell.

    Returns
    -------
    iterable
        The same items.
    """
    if os.environ.get("COURSECNN_PROGRESS") == "0":
        return iterable
    from tqdm.auto import tqdm  # imports ipywidgets where it is installed: only when needed

    return tqdm(iterable, description, total=total)
