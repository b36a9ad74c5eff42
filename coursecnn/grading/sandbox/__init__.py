"""Keep strangers' notebooks from doing harm: with bubblewrap, tried before it is trusted.

`bubblewrap` says what is seen from within, `forkserver` starts children there, `selftest` sends a
harmless and a hostile notebook ahead. How a child is jailed once more is in `running.child.jail`.
"""

from coursecnn.grading.sandbox.bubblewrap import LIMITS, bubblewrap
from coursecnn.grading.sandbox.forkserver import ForkServer
from coursecnn.grading.sandbox.selftest import probe

REMEDY = (
    "install bubblewrap (Debian, Ubuntu: apt install bubblewrap), or give --trusted if you trust "
    "every person who has handed in"
)


class IsolationError(RuntimeError):
    """Notebooks of strangers cannot be run safely here; the text says why, and what to do."""


def choose(private=(), *, trusted=False):
    """Bubblewrap, if a harmless notebook survives in it and a hostile one does not escape.

    Parameters
    ----------
    private : sequence of Path, optional
        Folders that notebooks must not see, such as those of the submissions and the reports.
    trusted : bool, default False
        Whether the notebooks may be run with limits only, where it is missing or does not hold.

    Returns
    -------
    Level
        Probed just now.

    Raises
    ------
    IsolationError
        If notebooks cannot be isolated and are not trusted; the message says what to do.
    """
    level = bubblewrap(private)
    problem = _problem(level) if level else "bubblewrap is not installed"
    if not problem:
        return level
    if trusted:
        return LIMITS
    raise IsolationError(f"notebooks cannot be isolated on this machine ({problem}); {REMEDY}")


def _problem(level):
    """What is wrong with a level, as a clause; empty if it holds."""
    launcher = ForkServer(level)
    try:
        wrong = probe(launcher)
    finally:
        launcher.close()
    return f"{level.name} does not hold: {'; '.join(wrong)}" if wrong else ""
