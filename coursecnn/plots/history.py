"""How a training run went, epoch by epoch."""

import matplotlib.pyplot as plt


def history(run, measure="loss", *, ax=None):
    """Draw training and validation curves.

    Parameters
    ----------
    run : coursecnn.training.History
        What `fit` returned.
    measure : {"loss", "accuracy"}, default "loss"
        Which pair of columns to draw.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    table = run.to_frame()
    for part, name in (("train", "training"), ("val", "validation")):
        if f"{part}_{measure}" in table:
            curve = table[f"{part}_{measure}"]
            ax.plot(curve.index, curve, marker="o", markersize=4, label=name)
    ax.set(xlabel="epoch", ylabel=measure)
    ax.legend()
    ax.xaxis.get_major_locator().set_params(integer=True)
    return ax
