"""Choose the best level of isolation that works here, and refuse to do without unless told to."""

from .canary import probe
from .levels import LIMITS, candidates
from .warm import Warm

REMEDY = (
    "install bubblewrap (Debian, Ubuntu: apt install bubblewrap), or give --trusted if you trust "
    "every person who has handed in"
)


class IsolationError(RuntimeError):
    """Notebooks of strangers cannot be run safely here; the text says why, and what to do."""


def choose(private=(), *, trusted=False):
    """The best level that a harmless notebook survives and a hostile one does not escape from.

    Parameters
    ----------
    private : sequence of Path, optional
        Folders that notebooks must not see.
    trusted : bool, default False
        Whether the notebooks may be run with limits only, if nothing better works.

    Returns
    -------
    Level
        Probed just now.

    Raises
    ------
    IsolationError
        If nothing but limits works and the notebooks are not trusted.
    """
    problems = []
    for level in candidates(private):
        launcher = Warm(level)
        try:
            wrong = probe(launcher)
        finally:
            launcher.close()
        if not wrong:
            return level
        problems.append(f"{level.name} does not hold: {'; '.join(wrong)}")
    if trusted:
        return LIMITS
    why = ". ".join(problems)
    raise IsolationError(f"notebooks cannot be isolated on this machine ({why}); {REMEDY}")
