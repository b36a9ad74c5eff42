"""Softmax with a temperature: logits, the probabilities they become, and the gradient of a loss."""

from math import log

import numpy as np
import traitlets

from coursecnn import ops
from coursecnn.widgets.figure import Figure, Real, Row, StateError, Whole
from coursecnn.widgets.still import colour, decimal, drawing_of, image_of, write

MOST_CLASSES, LONGEST, LARGEST = 6, 9, 1000  # classes, letters of a name, size of a logit
COLDEST, HOTTEST = 0.1, 10
# The picture in pixels: the height of a row, the foot of its columns, and the length of a bar.
ROW, NAMES, LOGITS, BARS, LENGTH, NUMBER, GAP = 34, 90, 60, 170, 220, 70, 30


class Labels(traitlets.TraitType):
    """Names of classes, all different, as a list that JSON can carry."""

    info_text = "a list of names"

    def make_dynamic_default(self):
        return list(self.default_value)

    def validate(self, obj, value):
        names = list(value) if isinstance(value, tuple | list) else [None]
        if not all(isinstance(name, str) and 1 <= len(name) <= LONGEST for name in names):
            raise StateError(
                f"`{self.name}` must be a list of names of 1 to {LONGEST} letters; "
                f"received {value!r}"
            )
        if not 2 <= len(set(names)) == len(names) <= MOST_CLASSES:
            raise StateError(
                f"`{self.name}` must be 2 to {MOST_CLASSES} different names; received {value!r}"
            )
        return names


class SoftmaxTemperature(Figure):
    """Change logits and the temperature; see the probabilities, and what a loss would change.

    Parameters
    ----------
    logits : array_like of float, shape (K,), default (3, 2, 0.5, -1, -2)
        A score for each of 2 to 6 classes, from -1000 to 1000.
    labels : sequence of str, length K, default ('cat', 'dog', 'deer', 'car', 'ship')
        Different names of the classes, at most 9 letters each.
    temperature : float, default 1.0
        What the logits are divided by, from 0.1 to 10.
    target : int or None, default None
        Number of the true class, counted from 0: its cross-entropy and the gradient are shown.

    Raises
    ------
    ValueError
        If a value cannot be shown, or there is not one logit for each label.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader. To change the number of classes, set
    `logits` and `labels` within ``with figure.hold_trait_notifications():``.

    References
    ----------
    .. [1] G. Hinton, O. Vinyals and J. Dean, "Distilling the knowledge in a neural network",
       arXiv:1503.02531, equation 1.
    """

    tag = "softmax-temperature"

    logits = Row((3.0, 2.0, 0.5, -1.0, -2.0), largest=MOST_CLASSES).tag(sync=True)
    labels = Labels(("cat", "dog", "deer", "car", "ship")).tag(sync=True)
    temperature = Real(1.0, least=COLDEST, most=HOTTEST).tag(sync=True)
    target = Whole(0, least=0, most=MOST_CLASSES - 1, allow_none=True).tag(sync=True)

    @property
    def probabilities(self):
        """softmax(logits / temperature), ndarray of shape (K,)."""
        return ops.softmax(self._scaled())

    @property
    def entropy(self):
        """Entropy of the probabilities in nats, float from 0 to log K."""
        return float(-np.sum(self.probabilities * ops.log_softmax(self._scaled())))

    @property
    def loss(self):
        """Cross-entropy of the true class, float; None where none is chosen."""
        if self.target is None:
            return None
        return float(ops.cross_entropy(self._scaled()[np.newaxis], np.array([self.target])))

    @property
    def gradient(self):
        """Its gradient with respect to logits / temperature, ndarray of shape (K,); or None."""
        if self.target is None:
            return None
        return ops.cross_entropy_backward(1.0, self._scaled()[np.newaxis], np.array([self.target]))[
            0
        ]

    def still(self):
        """A row for each class: its logit, its probability and, if shown, its gradient."""
        rows = len(self.labels)
        width = BARS + LENGTH + NUMBER
        parts = [
            _title("Logit z", NAMES, "input"),
            _title(f"Probability p at T = {decimal(self.temperature)}", BARS, "output"),
            _even(rows),
        ]
        p = self.probabilities
        for index, (label, logit) in enumerate(zip(self.labels, self.logits, strict=True)):
            is_largest = logit == max(self.logits)
            parts.append(_row(index, label, logit, p[index], is_largest, index == self.target))
        if self.target is not None:
            parts.append(_title("p − y", width + GAP, "gradient"))
            parts += [
                _slope(index, slope, width, is_true=index == self.target)
                for index, slope in enumerate(self.gradient)
            ]
            width += GAP + LENGTH + NUMBER
        return image_of(
            drawing_of("".join(parts), width, 2 * ROW + rows * ROW), self._alternative()
        )

    def _scaled(self):
        return np.array(self.logits, dtype=float) / self.temperature

    def _alternative(self):
        named = zip(self.labels, self.logits, self.probabilities, strict=True)
        classes = ", ".join(f"{name} {decimal(z)} gives {share(p)}" for name, z, p in named)
        said = (
            f"Logits become probabilities at temperature {decimal(self.temperature)}: {classes}. "
            f"Their entropy is {decimal(self.entropy)} nats, of at most "
            f"{decimal(log(len(self.labels)))}."
        )
        if self.target is None:
            return said
        return f"{said} The loss with {self.labels[self.target]} as true class is {self.loss:.3f}."

    @traitlets.default("target")
    def _no_target(self):
        return None

    @traitlets.validate("logits", "labels")
    def _check_lengths(self, proposal):
        state = {"logits": self.logits, "labels": self.labels}
        state[proposal.trait.name] = proposal.value
        if len(state["logits"]) != len(state["labels"]):
            raise StateError(
                f"`logits` must hold one number for each of `labels`; received "
                f"{len(state['logits'])} numbers and {len(state['labels'])} labels"
            )
        if (size := max(map(abs, state["logits"]))) > LARGEST:
            raise StateError(
                f"`logits` must lie between -{LARGEST} and {LARGEST} here; received {size:g}"
            )
        return proposal.value

    @traitlets.validate("target")
    def _check_target(self, proposal):
        if proposal.value >= len(self.labels):
            raise StateError(
                f"`target` must be the number of one of {len(self.labels)} classes, counted "
                f"from 0; received {proposal.value}"
            )
        return proposal.value

    @traitlets.observe("labels")
    def _keep_target(self, _):
        """Show no loss where the true class is gone."""
        if self.target is not None and self.target >= len(self.labels):
            self.target = None


def share(p):
    """A probability in three decimals; none of several classes ever has 0 or 1."""
    if p < 0.0005:
        return "<0.001"
    return ">0.999" if p > 0.9995 else f"{p:.3f}"


def signed(slope, *, is_true):
    """A part of the gradient: below 0 for the true class only, and never 0, 1 or −1."""
    size = abs(slope)
    bound, sign = (">", "−") if is_true else ("<", "+")
    is_bound = size < 0.0005 or size > 0.9995
    return f"{bound if is_bound else ''}{sign}{max(size, 0.001):.3f}"


def _title(text, x, role):
    return write(text, x, 18, 15, anchor="start", fill=colour(role))


def _row(index, label, logit, p, is_largest, is_true):
    """A class: name, logit and a bar, filled if it is the largest; a true one is underlined."""
    y = (index + 1) * ROW
    opacity = 1 if is_largest else 0.25
    wedge = f'<path d="M2 {y + 9}l9 7-9 7z" fill="{colour("output")}"/>' if is_largest else ""
    line = (
        f'<path d="M18 {y + 26}h{8 * len(label)}" stroke="{colour("gradient")}" stroke-width="2"/>'
    )
    return wedge + line * is_true + "".join([
        write(label, 18, y + 21, 15, anchor="start"),
        write(decimal(logit), NAMES + LOGITS - 8, y + 21, 15, anchor="end"),
        f'<rect x="{BARS}" y="{y + 6}" width="{max(p * LENGTH, 1):.1f}" height="{ROW - 12}" '
        f'fill="{colour("output")}" fill-opacity="{opacity}" stroke="{colour("output")}"/>',
        write(share(p), BARS + LENGTH + NUMBER - 4, y + 21, 15, anchor="end"),
    ])  # fmt: skip


def _even(rows):
    """A dotted line where all probabilities would be equal, and the ends of the axis."""
    x, foot = BARS + LENGTH / rows, (rows + 1) * ROW
    parts = [write(text, place, foot + 18, 13, fill=colour("quiet"))
             for text, place in (("0", BARS), (f"1/{rows}", x), ("1", BARS + LENGTH))]  # fmt: skip
    line = f'<path d="M{x:g} {ROW}V{foot}" stroke="{colour("quiet")}" stroke-dasharray="2 4"/>'
    return line + "".join(parts)


def _slope(index, slope, left, *, is_true):
    """An entry of the gradient: a bar to the right of the middle, or to its left."""
    y, middle = (index + 1) * ROW, left + GAP + LENGTH / 2
    start, length = middle + min(slope, 0) * LENGTH / 2, abs(slope) * LENGTH / 2
    text = signed(slope, is_true=is_true)
    return (
        f'<path d="M{middle:g} {y}v{ROW}" stroke="{colour("quiet")}"/>'
        f'<rect x="{start:.1f}" y="{y + 6}" width="{length:.1f}" height="{ROW - 12}" '
        f'fill="{colour("gradient")}" fill-opacity="{0.25 if slope > 0 else 1}" '
        f'stroke="{colour("gradient")}"/>'
        + write(text, left + GAP + LENGTH + NUMBER - 4, y + 21, 15, anchor="end")
    )
