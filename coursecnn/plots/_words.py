"""Numbers, lists and tendencies in words that a screen reader speaks well."""

import numpy as np


def number(value):
    """A number with three digits that count, with a real minus sign.

    Examples
    --------
    >>> number(0.98765), number(-1234567), number(42.0)
    ('0.988', '−1,234,567', '42')
    """
    value = float(value) + 0.0  # −0 is 0
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return text.replace("-", "−")


def counted(count, noun):
    """A number of things; `noun` takes an s for the plural.

    Examples
    --------
    >>> counted(1, "row"), counted(3, "row")
    ('1 row', '3 rows')
    """
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def quoted(items, most=16):
    """A list of words; a long one is cut, and says so."""
    items = [str(item).replace("\n", " ") for item in items]
    rest = len(items) - most
    return ", ".join(items[:most]) + (f" and {rest} more" if rest > 0 else "")


def size_of(image):
    """Height and width of an image, as "28×28"."""
    return f"{image.shape[0]}×{image.shape[1]}"


def against(ax):
    """What the axes of a chart show."""
    return f"{ax.get_ylabel() or 'y'} against {ax.get_xlabel() or 'x'}"


def scales(ax):
    """Sentences on the scales that are not linear."""
    kinds = {"horizontal": ax.get_xscale(), "vertical": ax.get_yscale()}
    return [f"The {name} axis is logarithmic." for name, kind in kinds.items() if kind == "log"]


def tendency(x, y):
    """How a curve goes: where it starts and ends, and its summit or valley if it has one."""
    seen = np.isfinite(x) & np.isfinite(y)
    if not seen.any():
        return "has no finite value"
    x, y = np.asarray(x)[seen], np.asarray(y)[seen]
    first, last, low, high = (number(v) for v in (y[0], y[-1], y.min(), y.max()))
    if low == high:
        return f"stays at {low}"
    start, end = f"from {first} at {number(x[0])}", f"{last} at {number(x[-1])}"
    bottom, top = f"{low} at {number(x[y.argmin()])}", f"{high} at {number(x[y.argmax()])}"
    margin = 0.05 * np.ptp(y)
    peak, dip = y.max() > max(y[0], y[-1]) + margin, y.min() < min(y[0], y[-1]) - margin
    if peak and dip:
        return f"goes {start} to {end}, with its lowest, {bottom}, and its highest, {top}, between"
    if peak:
        return f"rises {start} to {top} and then falls to {end}"
    if dip:
        return f"falls {start} to {bottom} and then rises to {end}"
    return f"{'rises' if y[-1] > y[0] else 'falls'} {start} to {end}"


def extremes(ends):
    """Who is highest and who lowest, from a mapping of names to numbers."""
    ends = {name: value for name, value in ends.items() if np.isfinite(value)}
    if len(ends) < 2:
        return ""
    low, high = (number(pick(ends.values())) for pick in (min, max))
    best, worst = ([name for name in ends if number(ends[name]) == v] for v in (high, low))
    if low == high:
        return f"all are equal at {high}"
    return f"highest is {' and '.join(best)} with {high}, lowest {' and '.join(worst)} with {low}"
