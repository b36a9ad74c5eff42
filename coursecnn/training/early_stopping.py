"""The end of a run whose epochs no longer get better."""

from coursecnn.training.settings import MONITORS


class EarlyStopping:
    """The best epoch so far and its weights; without `patience` nothing is remembered."""

    def __init__(self, monitor, patience):
        self.monitor, self.patience = monitor, patience
        self.value, self.weights, self.waited = None, None, 0

    @property
    def stop(self):
        """Whether the best epoch lies too far back."""
        return self.patience is not None and self.waited >= self.patience

    def update(self, row, model):
        """Compare one more epoch, by its row of the history; copy the weights of a better one."""
        if self.patience is None:
            return
        value = MONITORS[self.monitor] * row[self.monitor]
        if self.value is None or value > self.value:
            self.value, self.waited = value, 0
            self.weights = {name: w.detach().clone() for name, w in model.state_dict().items()}
        else:
            self.waited += 1

    def restore(self, model):
        """Give the model the weights of the best epoch, if they were remembered."""
        if self.weights is not None:
            model.load_state_dict(self.weights)

    def state_dict(self):
        return {"value": self.value, "weights": self.weights, "waited": self.waited}

    def load_state_dict(self, state):
        self.value, self.weights, self.waited = state["value"], state["weights"], state["waited"]
