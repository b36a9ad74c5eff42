"""Early stopping: remember the best epoch, and stop when it lies too far back."""

from coursecnn.training.settings import MONITORS


class Best:
    """The best epoch so far and its weights.

    Parameters
    ----------
    monitor : {"val_loss", "val_accuracy"}
        Which column of the history decides.
    patience : int or None
        Stop after so many epochs without a better one; None: never, and nothing is remembered.
    """

    def __init__(self, monitor, patience):
        self.monitor, self.patience = monitor, patience
        self.value, self.weights, self.waited = None, None, 0

    def update(self, row, model):
        """Look at one more epoch.

        Parameters
        ----------
        row : dict
            Its row of the history.
        model : nn.Module
            Whose weights are copied if this is the best epoch so far.
        """
        if self.patience is None:
            return
        value = MONITORS[self.monitor] * row[self.monitor]
        if self.value is None or value > self.value:
            self.value, self.waited = value, 0
            self.weights = {name: w.detach().clone() for name, w in model.state_dict().items()}
        else:
            self.waited += 1

    @property
    def stop(self):
        """Whether the best epoch lies too far back."""
        return self.patience is not None and self.waited >= self.patience

    def restore(self, model):
        """Give the model the weights of the best epoch, if they were remembered."""
        if self.weights is not None:
            model.load_state_dict(self.weights)

    def state_dict(self):
        """What was remembered."""
        return {"value": self.value, "weights": self.weights, "waited": self.waited}

    def load_state_dict(self, state):
        """Remember what `state_dict` did."""
        self.value, self.weights, self.waited = state["value"], state["weights"], state["waited"]
