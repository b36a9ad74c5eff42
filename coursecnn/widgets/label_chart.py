"""Accuracy against labels: curves of several arms, and what one of them saves over another."""

from math import ceil, floor, log10

import numpy as np
import traitlets

from coursecnn.widgets.figure import Choice, Figure, Real, StateError, Switch, Whole
from coursecnn.widgets.label_results import MOST, Results, of_table
from coursecnn.widgets.still import colour, drawing_of, image_of, write

ACROSS = ("labels", "seconds")
LONGEST = 40  # letters of a name

# What is shown of the runs of chapter 21.
CHAPTER = "few_labels"
ARMS = (
    "scratch", "frozen + linear", "frozen + SVM", "frozen + MLP", "fine-tuned, last part",
    "fine-tuned, all",
)  # fmt: skip

# The still picture, in pixels: the chart within its axes, and the legend at its right.
_LEFT, _TOP, _WIDTH, _HEIGHT, _LEGEND, _ROW = 46, 24, 380, 240, 250, 26
_ROLES = ("input", "kernel", "output", "text")
_DASHES = ("none", "7 4", "2 4", "8 4 2 4")
# Looks of the arms as `plots.curves` numbers them: the outline of a mark of radius 1.
MARKS = (
    "m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0",  # a dot
    "m-.9-.9h1.8v1.8h-1.8z",  # a square
    "m0-1.3l1.3 1.3-1.3 1.3-1.3-1.3z",  # a diamond
    "m0-1.2l1.1 2.1h-2.2z",  # a triangle
    "m0 1.2l1.1-2.1h-2.2z",  # one on its tip
    "m-.4-1.2h.8v.8h.8v.8h-.8v.8h-.8v-.8h-.8v-.8h.8z",  # a plus
    "m-1.1-.6l.5-.5.6.6.6-.6.5.5-.6.6.6.6-.5.5-.6-.6-.6.6-.5-.5.6-.6z",  # a cross
    "m0-1.3l.4.9.9.1-.7.6.2 1-.8-.5-.8.5.2-1-.7-.6.9-.1z",  # a star
)


class Runs(traitlets.TraitType):
    """A table of runs, kept as `label_results.of_table` writes it."""

    info_text = "a table of runs"

    def validate(self, obj, value):
        if not isinstance(value, dict):
            if not hasattr(value, "to_dict"):
                raise StateError(f"`{self.name}` must be a table of runs; received {value!r}")
            try:
                value = of_table(value)
            except ValueError as error:
                raise StateError(str(error)) from error
        keys = (*MOST, "accuracy", "seconds")
        if set(value) != set(keys):
            raise StateError(
                f"`{self.name}` must have {', '.join(keys)}; received {', '.join(value)}"
            )
        for axis, most in MOST.items():
            if not 1 <= len(value[axis]) <= most:
                raise StateError(
                    f"`{self.name}` must have 1 to {most} {axis} here; received {len(value[axis])}"
                )
        for name in (*value["targets"], *value["arms"]):
            if not isinstance(name, str) or not 1 <= len(name) <= LONGEST or "_" in name:
                raise StateError(
                    f"`{self.name}` must name targets and arms in words of at most {LONGEST} "
                    f"letters, without underscores; received {name!r}"
                )
        shape = [len(value[axis]) for axis in MOST]
        self._check(value["accuracy"], shape, lambda each: (each >= 0) & (each <= 1), "accuracy")
        self._check(value["seconds"], shape[:-1], lambda each: each > 0, "train_seconds")
        if min(value["labels"]) < 1:
            raise StateError(f"`{self.name}` must have labels from 1; received {value['labels']}")
        return value

    def _check(self, numbers, shape, is_right, name):
        try:
            array = np.array(numbers, float)
        except (TypeError, ValueError) as error:
            raise StateError(f"`{self.name}` must hold numbers under {name}") from error
        allowed = "0 to 1" if name == "accuracy" else "more than 0"
        if list(array.shape) != shape or not (np.isnan(array) | is_right(array)).all():
            raise StateError(
                f"`{self.name}` must hold {name} of {allowed} for {'×'.join(map(str, shape))} runs"
            )
        if name == "accuracy" and np.isnan(array).all():
            raise StateError(f"`{self.name}` must hold at least one run; received none")


class Text(traitlets.TraitType):
    """A name in words; which names there are, the runs say."""

    info_text = "a name"

    def validate(self, obj, value):
        if not isinstance(value, str) or not 1 <= len(value) <= LONGEST:
            raise StateError(f"`{self.name}` must be 1 to {LONGEST} letters; received {value!r}")
        return value


class Arms(traitlets.TraitType):
    """Names of arms; which there are, the runs say."""

    info_text = "a list of names"

    def validate(self, obj, value):
        names = list(value) if isinstance(value, tuple | list) else [None]
        if not all(isinstance(name, str) for name in names):
            raise StateError(f"`{self.name}` must be a list of names of arms; received {value!r}")
        return names


class Guess(traitlets.TraitType):
    """An accuracy for each number of labels, or None where nothing is guessed yet."""

    info_text = "a list of numbers from 0 to 1, or None"

    def validate(self, obj, value):
        guesses = list(value) if isinstance(value, tuple | list) else ["nothing"]
        for each in guesses:
            is_number = isinstance(each, int | float) and not isinstance(each, bool)
            if each is not None and not (is_number and 0 <= each <= 1):
                raise StateError(
                    f"`{self.name}` must be a list of numbers from 0 to 1, or None where nothing "
                    f"is guessed; received {value!r}"
                )
        return guesses


class LabelChart(Figure):
    """Choose a target and arms; see accuracy against labels, and what one arm saves over another.

    Parameters
    ----------
    results : pandas.DataFrame or dict, default the runs of chapter 21
        One row per run, with the columns `target`, `arm`, `labels`, `seed`, `accuracy` (0 to 1)
        and, if time was taken, `train_seconds`. With the same seed all arms of a target see the
        same labelled photographs. A dict is what the figure makes of such a table.
    target : str
        What is to be recognised; by default the first in the table.
    shown : list of str
        Arms that are drawn and compared; by default all.
    across : {'labels', 'seconds'}, default 'labels'
        The horizontal axis: labelled photographs, or seconds of training.
    labels : int
        The number of labels at which arms are compared; by default the second there is.
    reference : str
        An arm whose accuracy with `labels` is to be reached; by default the second.
    learner : str
        The arm that is asked how many labels it needs for that; by default the first.
    guessed : str or None, default None
        An arm whose curve is hidden until the reader has guessed it.
    guess : list of float or None
        The guess at each number of labels.
    revealed : bool, default False
        Whether the guessed curve is shown, beside the guess.
    measure : str, default 'accuracy'
        What the vertical axis is called.
    chance : float or None, default 0.5
        What blind guessing would reach, drawn as a dotted line; None for no line.

    Raises
    ------
    ValueError
        If a value cannot be shown, or is not among the runs.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader. Bands are one standard deviation over the
    runs to either side. Intervals are those of Student's t for the paired difference of two arms,
    95 % each: they say what other draws of labels would change. They do not count that the reader
    may look at many pairs of arms, nor that other test photographs might have been taken.
    """

    tag = "label-chart"

    results = Runs().tag(sync=True)
    target = Text().tag(sync=True)
    shown = Arms().tag(sync=True)
    across = Choice(ACROSS).tag(sync=True)
    labels = Whole(1, least=1, most=10**9).tag(sync=True)
    reference = Text().tag(sync=True)
    learner = Text().tag(sync=True)
    guessed = Text(None, allow_none=True).tag(sync=True)
    guess = Guess().tag(sync=True)
    revealed = Switch(False).tag(sync=True)
    measure = Text("accuracy").tag(sync=True)
    chance = Real(0.5, least=0, most=1, allow_none=True).tag(sync=True)

    def band(self, arm, labels=None):
        """Mean and standard deviation of an arm of the target.

        Parameters
        ----------
        arm : str
            One of the arms.
        labels : int, optional
            By default the number of labels that is looked at.

        Returns
        -------
        (float, float) or None
            None where the arm has no run.
        """
        return self._read().band(arm, labels or self.labels)

    def difference(self, first, second, labels=None):
        """One arm minus another, draw by draw.

        Parameters
        ----------
        first, second : str
            Two arms.
        labels : int, optional
            By default the number of labels that is looked at.

        Returns
        -------
        Difference or None
            Its mean and 95 % interval; None where they share no draw.
        """
        return self._read().difference(first, second, labels or self.labels)

    def lead(self, labels=None):
        """The best of the arms that are shown, and its lead over each of the others.

        Parameters
        ----------
        labels : int, optional
            By default the number of labels that is looked at.

        Returns
        -------
        (str or None, dict of str to Difference)
            The others from the second to the last.
        """
        return self._read().lead(self.shown, labels or self.labels)

    def needed(self):
        """How many labels `learner` needs for what `reference` has here, `Needed` or None."""
        return self._read().needed(self.reference, self.learner, self.labels)

    def _read(self):
        return Results(self.results, self.target)

    def still(self):
        """The curves of the target with their bands, the legend, and who is ahead."""
        read, axes = self._read(), _Axes(self.results, self.chance, self.across)
        here = self.results["labels"].index(self.labels)
        parts = [axes.rules(f"{self.measure}, target {self.target}")]
        if not axes.is_time:
            line = f"M{axes.left(self.labels):.1f} {_TOP}v{_HEIGHT}"
            parts.append(f'<path d="{line}" stroke="{colour("quiet")}"/>')
        if self.chance is not None:
            manner = f'stroke="{colour("quiet")}" stroke-width="2" stroke-dasharray="1 4"'
            parts.append(f'<path d="M{_LEFT} {axes.up(self.chance):.1f}h{_WIDTH}" {manner}/>')
        for arm in self.shown:
            points = axes.points(read, arm)
            parts.append(_arm(self.results["arms"].index(arm), points, axes))
            parts += [
                f'<circle cx="{x:.1f}" cy="{axes.up(mean):.1f}" r="9" fill="none" '
                f'stroke="{colour("text")}" stroke-width="1.5"/>'
                for at, x, mean, _ in points
                if axes.is_time and at == here
            ]
        parts.append(
            f'<g transform="translate({_LEFT + _WIDTH + 34} {_TOP})">{self._legend(read)}</g>'
        )
        height = max(_TOP + _HEIGHT + 46, _TOP + _ROW * (len(self.shown) + 1))
        drawing = drawing_of("".join(parts), _LEFT + _WIDTH + 34 + _LEGEND, height)
        return image_of(drawing, self._alternative())

    def _legend(self, read):
        """Each arm that is shown with its line and what it has at the number of labels."""
        parts = [
            write(f"with {self.labels} labels", _LEGEND, 4, 14, anchor="end", fill=colour("quiet"))
        ]
        for row, arm in enumerate(self.shown, 1):
            y, band = row * _ROW, read.band(arm, self.labels)
            index = self.results["arms"].index(arm)
            parts += [
                _stroke(index, f"M0 {y}h40"),
                _mark(index, 20, y),
                write(arm, 50, y + 5, 15, anchor="start"),
                write(_percent(band[0]) if band else "–", _LEGEND, y + 5, 15, anchor="end"),
            ]
        return "".join(parts)

    def _alternative(self):
        read, ends = self._read(), []
        for arm in self.shown:
            known = [(n, band[0]) for n in read.labels if (band := read.band(arm, n))]
            if known:
                (least, low), (most, high) = known[0], known[-1]
                ends.append(
                    f"{arm} {_percent(low)} with {least} and {_percent(high)} with {most} labels"
                )
        axis = "seconds of training" if self.across == "seconds" else "labelled photographs"
        return (
            f"Line chart of {self.measure} against {axis}, target {self.target}. "
            f"{', '.join(ends) or 'No run is shown'}. {self._ahead()}"
        )

    def _ahead(self):
        """Who is ahead, and whether that is more than the draw of the photographs."""
        first, others = self.lead()
        if not others:
            return ""
        open_to = [arm for arm, over in others.items() if over.is_open]
        second = (open_to or list(others))[0]
        over = others[second]
        interval = (
            "too few draws for an interval"
            if over.low is None
            else f"95 % interval {_points(over.low)} to {_points(over.high)}"
        )
        start = "undecided: " if open_to else ""
        return (
            f"With {self.labels} labels {start}{first} is {_points(over.mean)} points above "
            f"{second}, {interval}."
        )

    # --- what fits together ---

    @traitlets.default("results")
    def _runs_of_the_chapter(self):
        from coursecnn import evidence  # here, as pandas takes its time to be imported

        table = evidence.load(CHAPTER)
        shown = table[(table["split"] == "test") & table["arm"].isin(ARMS)]
        in_order = {"key": lambda arms: arms.map(ARMS.index), "kind": "stable"}
        return of_table(shown.sort_values("arm", **in_order))

    @traitlets.default("target")
    def _first_target(self):
        return self.results["targets"][0]

    @traitlets.default("shown")
    def _all_arms(self):
        return list(self.results["arms"])

    @traitlets.default("labels")
    def _second_number(self):
        return _second(self.results["labels"])

    @traitlets.default("reference")
    def _second_arm(self):
        return _second(self.results["arms"])

    @traitlets.default("learner")
    def _first_arm(self):
        return self.results["arms"][0]

    @traitlets.default("guess")
    def _no_guess(self):
        return [None] * len(self.results["labels"])

    @traitlets.validate("target", "reference", "learner", "guessed", "labels")
    def _check_known(self, proposal):
        known = self._known(proposal.trait.name)
        if proposal.value is not None and proposal.value not in known:
            raise StateError(
                f"`{proposal.trait.name}` must be one of {', '.join(map(str, known))}; "
                f"received {proposal.value!r}"
            )
        return proposal.value

    @traitlets.validate("shown")
    def _check_shown(self, proposal):
        arms = self.results["arms"]
        if not set(proposal.value) <= set(arms):
            raise StateError(
                f"`shown` must be a list of {', '.join(arms)}; received {proposal.value!r}"
            )
        return [arm for arm in arms if arm in proposal.value]

    @traitlets.validate("guess")
    def _check_guess(self, proposal):
        if len(proposal.value) != (count := len(self.results["labels"])):
            raise StateError(
                f"`guess` must have an entry for each of {count} numbers of labels; "
                f"received {len(proposal.value)}"
            )
        return proposal.value

    def _known(self, name):
        return self.results[{"target": "targets", "labels": "labels"}.get(name, "arms")]

    @traitlets.observe("results")
    def _keep_known(self, _):
        """Begin anew with what the new runs do not have."""
        for name in ("target", "labels", "reference", "learner", "guessed"):
            if getattr(self, name) is not None and getattr(self, name) not in self._known(name):
                setattr(self, name, None if name == "guessed" else self.trait_defaults(name))
        arms = self._all_arms()
        if not set(self.shown) <= set(arms):
            self.shown = [arm for arm in arms if arm in self.shown] or arms
        if len(self.guess) != len(self.results["labels"]):
            self.guess, self.revealed = self._no_guess(), False


class _Axes:
    """Where numbers stand in the still picture; both axes hold all targets, so that none jumps."""

    def __init__(self, results, chance, across):
        self.results = results
        seconds = [t for arms in results["seconds"] for arm in arms for t in arm if t is not None]
        self.is_time = across == "seconds" and bool(seconds)
        scale = seconds if self.is_time else results["labels"]
        self._first, self._last = log10(min(scale) / 1.15), log10(max(scale) * 1.15)
        accuracy = np.array(results["accuracy"], float)
        low = min(np.nanmin(accuracy), 1 if chance is None else chance)
        self.low = floor(low * 10 + 1e-9) / 10
        self.high = max(ceil(np.nanmax(accuracy) * 10 - 1e-9) / 10, self.low + 0.1)
        powers = (10.0**n for n in range(-5, 7))
        times = [t for t in powers if self._first <= log10(t) <= self._last]
        self.ticks = times if self.is_time else results["labels"]

    def left(self, value):
        return _LEFT + _WIDTH * (log10(value) - self._first) / (self._last - self._first)

    def up(self, accuracy):
        inside = min(max(accuracy, self.low), self.high)
        return _TOP + _HEIGHT * (self.high - inside) / (self.high - self.low)

    def points(self, read, arm):
        """Index of the number of labels, place on the axis, mean and deviation, where there are."""
        found = []
        for k, (labels, seconds) in enumerate(zip(read.labels, read.seconds(arm), strict=True)):
            at, band = (seconds if self.is_time else labels), read.band(arm, labels)
            if band and not np.isnan(at):
                found.append((k, self.left(at), *band))
        return found

    def rules(self, title):
        """Lines and numbers of both axes."""
        steps = round((self.high - self.low) * 10)
        levels = [self.low + step / 10 for step in range(steps + 1)]
        lines = "".join(f"M{_LEFT} {self.up(level):.1f}h{_WIDTH}" for level in levels)
        foot, ink = _TOP + _HEIGHT, colour("quiet")
        across = "seconds of training" if self.is_time else "labelled photographs"
        return "".join([
            f'<path d="{lines}" stroke="{colour("line")}"/>',
            *(write(_percent(level, 0), _LEFT - 6, self.up(level) + 5, 13, anchor="end", fill=ink)
              for level in levels),
            *(write(f"{each:g}", self.left(each), foot + 18, 13, fill=ink) for each in self.ticks),
            write(title, 0, 12, 13, anchor="start", fill=ink),
            write(across, _LEFT + _WIDTH, foot + 38, 13, anchor="end", fill=ink),
        ])  # fmt: skip


def _arm(index, points, axes):
    """The band of an arm, its mean, and a mark where it was measured."""
    above = [(x, axes.up(mean + sd)) for _, x, mean, sd in points]
    below = [(x, axes.up(mean - sd)) for _, x, mean, sd in points]
    line = [(x, axes.up(mean)) for _, x, mean, _ in points]
    area = f'<path d="{_trace(above + below[::-1])}" fill="{_ink(index)}" fill-opacity=".14"/>'
    return area + _stroke(index, _trace(line)) + "".join(_mark(index, x, y) for x, y in line)


def _trace(points):
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if points else ""


def _ink(index):
    return colour(_ROLES[index % len(_ROLES)])


def _stroke(index, line):
    manner = f'stroke-width="2.25" stroke-dasharray="{_DASHES[(index + 2 * (index > 3)) % 4]}"'
    return f'<path d="{line}" fill="none" stroke="{_ink(index)}" {manner}/>'


def _mark(index, x, y):
    place = f'transform="translate({x:.1f} {y:.1f}) scale(4.5)"'
    return f'<path d="M0 0{MARKS[index]}" fill="{_ink(index)}" {place}/>'


def _second(values):
    return values[min(1, len(values) - 1)]


def _percent(share, digits=1):
    return f"{100 * share:.{digits}f} %"


def _points(share):
    text = f"{100 * share:.1f}"
    return ("0.0" if text == "-0.0" else text).replace("-", "−")
