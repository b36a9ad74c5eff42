"""Run one notebook in children until every task has its answers, whatever the notebook does."""

import time
from dataclasses import dataclass, field

from coursecnn.grading.running.process import CrashError, TooLateError
from coursecnn.grading.running.results import Lost, raised, read

BUDGET = 6  # times the limit of one cell or call, for a whole notebook
ANSWERS_LIMIT = 16 * 2**20  # bytes of all answers to one task, which are kept until it is judged


@dataclass
class Evidence:
    """What running a notebook has shown.

    Parameters
    ----------
    cells : dict
        From the position of a cell that failed to a Raised or Lost.
    results : dict
        From task id to what its calls gave; a Lost ends them early.
    seconds : dict
        From task id to the time that its calls took.
    """

    cells: dict = field(default_factory=dict)
    results: dict = field(default_factory=dict)
    seconds: dict = field(default_factory=dict)


def run_notebook(notebook, cases, launcher, *, timeout, hidden=(), absent=(), shut=None):
    """Collect the answers of one notebook.

    A cell or a call that ends the child or takes too long is left out in the next child.

    Parameters
    ----------
    notebook : Notebook
        The submission.
    cases : sequence of Cases
        The tasks and what they are tried on.
    launcher : OneShot or ForkServer
        Opens children.
    timeout : float
        Seconds for one cell or one call.
    hidden : sequence of str, optional
        Modules of the library that the notebook may not use.
    absent : sequence of str, optional
        Packages that it does not find.
    shut : dict, optional
        From task id to the names of what cannot be used while the answer to it is called.

    Returns
    -------
    Evidence
        With results for each task whose name the notebook defines.
    """
    evidence, pending = Evidence(), list(cases)
    give_up = time.monotonic() + BUDGET * timeout
    while pending and time.monotonic() < give_up:
        with launcher.open(hidden) as child:
            work = _Work(child, evidence, timeout, give_up)
            away = {"hidden": list(hidden), "absent": list(absent), "shut": shut or {}}
            pending = work.ask_all(pending, work.run_cells(notebook, pending, away))
    for one in pending:
        message = f"the whole notebook took longer than {BUDGET * timeout:g} s"
        evidence.results[one.task.id] = [Lost("timeout", message)]
    return evidence


@dataclass
class _Work:
    """One child's share of the work on a notebook."""

    child: object
    evidence: Evidence
    timeout: float
    give_up: float
    bytes_left: int = 0  # bytes that the answers to the present task may still take

    def run_cells(self, notebook, pending, away):
        """Run the cells that no child was lost in; names that are now defined, None if one was."""
        cells = [cell for cell in notebook.work() if not self._deadly(cell[0])]
        names = [one.task.id for one in pending]
        self.child.send({"cells": cells, "names": names, **away})
        number = 0
        try:
            for number, _ in cells:
                report = self._receive(ran=number)
                if report.get("status") == "error":
                    self.evidence.cells[number] = raised(report)
            return self._found(names, self._receive(cells=len(cells)))
        except (TooLateError, CrashError) as error:
            self.evidence.cells[number] = self._lost(error, f"code cell {number}")
            return None

    def ask_all(self, pending, found):
        """Ask for all names that are found; the tasks that are left for the next child."""
        if found is None:
            return pending
        waiting = [one for one in pending if one.task.id in found]
        while waiting:
            if not self._ask(waiting.pop(0)):
                break
        return waiting

    def _ask(self, cases):
        """Try all cases of one task; whether the child has survived them."""
        name, start = cases.task.id, time.monotonic()
        results = self.evidence.results[name] = []
        self.bytes_left = ANSWERS_LIMIT
        try:
            for number in self._calls(cases.orders):
                results.append(self._receive(call=number))
        except (TooLateError, CrashError) as error:
            results.append(self._lost(error, f"`{name}`"))
            return False
        finally:
            self.evidence.seconds[name] = time.monotonic() - start
        return True

    def _calls(self, orders):
        """Send all orders, and number those whose answers can be awaited.

        They run ahead of the answers, as far as both ends of the connection can never wait for
        each other: to wait for each answer before the next order costs more than most answers.
        """
        sent = waiting = 0  # orders; bytes of those without an answer
        for number, order in enumerate(orders):
            while sent < len(orders) and (
                sent == number or waiting + len(orders[sent]) <= self.child.ahead
            ):
                self.child.post(orders[sent])
                waiting += len(orders[sent])
                sent += 1
            yield number
            waiting -= len(order)

    def _receive(self, **expected):
        """The next message, which must be about what is expected: a cell, all cells, or a call."""
        seconds = min(self.timeout, self.give_up - time.monotonic())
        header, blobs = self.child.receive(seconds)
        if any(header.get(key) != value for key, value in expected.items()):
            raise CrashError("the program sent an answer that nobody asked for")
        self.bytes_left -= sum(map(len, blobs))
        if blobs and self.bytes_left < 0:
            limit = f"{ANSWERS_LIMIT // 2**20} MB"
            raise CrashError(f"the program sent answers that are larger than {limit} together")
        try:
            return read(header, blobs) if "call" in expected else header
        except ValueError as error:
            raise CrashError(f"the program sent a {error}") from error

    def _found(self, names, header):
        """Those of the names that the notebook defines, if that can be believed."""
        found = header.get("found")
        if not isinstance(found, list):
            raise CrashError("the program sent an answer that nobody asked for")
        return [name for name in names if name in found]

    def _lost(self, error, what):
        if isinstance(error, TooLateError):
            return Lost("timeout", f"{what} took longer than {self.timeout:g} s")
        return Lost("crashed", f"while {what} ran, {error}")

    def _deadly(self, number):
        return isinstance(self.evidence.cells.get(number), Lost)
