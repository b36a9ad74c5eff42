"""What a grading run keeps in its folder, so that the next one need not do it again."""

import hashlib
import json
import secrets
from dataclasses import asdict
from functools import cache
from pathlib import Path

from coursecnn._files import write
from coursecnn.grading import tasks
from coursecnn.grading.judging.verdict import Verdict

PACKAGE = Path(__file__).parents[1]


class RunCache:
    """The folder of one grading run: its secret seed, and the verdicts that are known already.

    Parameters
    ----------
    out : Path
        The folder.
    settings : dict
        What the verdicts depend on besides the notebooks, such as limits.
    seed : int, optional
        The secret seed; by default that of the last run in this folder, else a new one.
    reseed : bool, default False
        Whether to draw a new seed in any case.
    """

    def __init__(self, out, settings, *, seed=None, reseed=False):
        self._out = out
        self._settings = settings
        known = None if reseed else self._last_seed()
        self.seed = next(s for s in (seed, known, secrets.randbits(48)) if s is not None)

    def save(self, **about):
        """Write `run.json`.

        Parameters
        ----------
        **about : object
            What else to say about the run.
        """
        content = {"seed": self.seed, **self._settings, **about}
        write(self._out / "run.json", json.dumps(content, indent=1) + "\n")

    def verdicts(self, paper, data):
        """The verdicts of an earlier run on the same bytes, by the same tasks.

        Parameters
        ----------
        paper : Paper
            Whose verdicts, on which sheet.
        data : bytes
            Contents of the file.

        Returns
        -------
        list of Verdict or None
            None if there are none.
        """
        try:
            stored = json.loads(self._file(paper).read_text("utf-8"))
            if stored["key"] == self._key(paper, data):
                return [Verdict(**verdict) for verdict in stored["verdicts"]]
        except (OSError, ValueError, KeyError, TypeError):  # none, or of another version
            pass
        return None

    def keep(self, paper, data, verdicts):
        """Store verdicts, so that a run that is killed goes on from here.

        Parameters
        ----------
        paper : Paper
            Whose verdicts, on which sheet.
        data : bytes
            Contents of the file.
        verdicts : list of Verdict
            One per task.
        """
        content = {
            "key": self._key(paper, data),
            "verdicts": [asdict(verdict) for verdict in verdicts],
        }
        write(self._file(paper), json.dumps(content))

    def _last_seed(self):
        file = self._out / "run.json"
        try:
            return int(json.loads(file.read_text("utf-8"))["seed"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ValueError(
                f"{file} is damaged; give --seed, or --reseed to grade all with a new seed"
            ) from error

    def _file(self, paper):
        whose = f"{paper.submission.student}\n{paper.assignment.name}"
        name = hashlib.sha256(whose.encode()).hexdigest()
        return self._out / "verdicts" / f"{name[:32]}.json"

    def _key(self, paper, data):
        settings = json.dumps([self.seed, self._settings, paper.assignment.name, checks()])
        return hashlib.sha256(settings.encode() + data).hexdigest()


def checks():
    """A digest of all code that verdicts depend on.

    Returns
    -------
    str
        The same wherever the same notebook gets the same verdicts.
    """
    digest = hashlib.sha256(_library())
    for name, place in sorted(tasks.private().items()):
        digest.update(name.encode())
        for file in tasks.files(place):
            digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def _library():
    digest = hashlib.sha256()
    for room in ("grading", "ops", "shapes"):
        for file in sorted((PACKAGE / room).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.digest()
