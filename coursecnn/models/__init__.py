"""Famous networks, written from their papers in the fewest clear lines."""

import coursecnn._torch  # noqa: F401  says what to do when torch is missing
from coursecnn.models.lenet import LeNet5
from coursecnn.models.registry import build
from coursecnn.models.summary import Summary, summary

__all__ = ["LeNet5", "Summary", "build", "summary"]
