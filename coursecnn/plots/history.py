"""How training went, epoch by epoch, in one run or in several."""

from coursecnn.plots import _series
from coursecnn.plots._check import choice
from coursecnn.plots._end_labels import label_ends
from coursecnn.plots._logs import log_axes
from coursecnn.plots._place import place
from coursecnn.plots._words import against, scales, tendency
from coursecnn.plots.alt import remember

_PARTS = {"train": "training", "val": "validation"}


def history(run, measure="loss", *, band="range", log="", ax=None):
    """Draw training and validation curves, with bands if there are several runs.

    Parameters
    ----------
    run : coursecnn.training.History, pandas.DataFrame, or list of them
        What `fit` returned, once or with several seeds. A list of rows, as
        `coursecnn.numpy_net.fit` returns it, is one run. Where one run has ended, the means end.
    measure : str, default "loss"
        Which pair of columns to draw: "loss" draws train_loss and val_loss.
    band : {"range", "sd", None}, default "range"
        From the smallest to the largest run, or mean ± one standard deviation, or no band.
    log : {"", "x", "y", "xy"}, default ""
        Which axes are logarithmic.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `run` is something else.
    ValueError
        If there is no such measure; the message lists those that there are.
    """
    arms = _arms([_table(one) for one in _list(run)], measure)
    ax = place(ax)
    choice(band, "band", _series.BANDS)
    lines = [
        _series.draw(ax, table.columns, table.to_numpy(float), _series.look(index), name, band)
        for index, (name, table) in enumerate(arms.items())
    ]
    ax.set(xlabel="epoch", ylabel=measure)
    ax.xaxis.get_major_locator().set_params(integer=True)
    log_axes(ax, log)
    label_ends(ax, lines, [*arms])
    remember(ax, lambda: _words(ax, arms, band))
    return ax


def _list(run):
    """Several runs as they are, one as a list of one; rows of numbers are one run."""
    if isinstance(run, list | tuple) and run and not isinstance(run[0], dict):
        return run
    return [run]


def _table(run):
    """One row per epoch, indexed by epoch."""
    import pandas as pd  # here, as it takes longer to import than all other plots together

    if hasattr(run, "to_frame"):
        return run.to_frame()
    if isinstance(run, pd.DataFrame | list) and len(run):
        table = pd.DataFrame(run)
        return table.set_index("epoch") if "epoch" in table else table
    raise TypeError(
        f"`run` must be what `fit` returned, or a list of that; received {type(run).__name__}."
    )


def _arms(tables, measure):
    """Runs in rows and epochs in columns, for training and validation."""
    import pandas as pd

    arms = {
        name: pd.DataFrame([table[f"{part}_{measure}"] for table in tables])
        for part, name in _PARTS.items()
        if all(f"{part}_{measure}" in table for table in tables)
    }
    if not arms:
        known = {
            column.split("_", 1)[1]
            for table in tables
            for column in table
            if column.startswith(tuple(_PARTS))
        }
        raise ValueError(
            f"`measure` must be one of {', '.join(sorted(known))}; received {measure!r}."
        )
    return arms


def _words(ax, arms, band):
    """Alt text: what is drawn, how each curve goes, and which lies lower at the end."""
    count = len(next(iter(arms.values())))
    spread = f", means of {count} runs with {_series.BANDS[band]}" if count > 1 else ""
    yield f"Line chart of {against(ax)} for {' and '.join(arms)}{spread}."
    yield from scales(ax)
    for name, table in arms.items():
        mean = table.mean(skipna=False).to_numpy()
        yield f"The {name} curve {tendency(table.columns.to_numpy(float), mean)}."
