"""When a run is kept, and how it goes on."""

from coursecnn.training.finite import check_weights
from coursecnn.training.settings import require_count


class Keeper:
    """Keeps a run in a file every so often.

    Parameters
    ----------
    run : Run
        What to keep; all processes must call the methods together.
    file : Checkpoint or None
        Where; None: nowhere.
    epochs : int
        Keep it after every so many epochs.
    steps : int or None
        Keep it after every so many steps, too.

    Raises
    ------
    ValueError
        If one of the numbers is not a whole number ≥ 1.
    """

    def __init__(self, run, file, epochs, steps):
        require_count("checkpoint_epochs", epochs)
        require_count("checkpoint_steps", steps, optional=True)
        self.run, self.file = run, file
        self.epochs, self.steps = epochs, steps

    def restore(self):
        """Let the run go on from the file, if there is one."""
        state = self.file.read() if self.file else None
        if state is not None:
            self.run.load_state_dict(state)
        self.run.fabric.barrier()  # nobody replaces the file while another still reads it

    def keep_if_due(self):
        """Write the file, if this is the time for it."""
        if self.file and self._due():
            check_weights(self.run)
            state = self.run.state_dict()
            if self.run.fabric.is_global_zero:
                self.file.write(state)

    def _due(self):
        run, epochs = self.run, len(self.run.history.rows)
        after_epochs = run.between_epochs and epochs % self.epochs == 0
        after_steps = self.steps is not None and run.step % self.steps == 0
        return run.finished or after_epochs or after_steps
