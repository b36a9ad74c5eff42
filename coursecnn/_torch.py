"""The one place that says what to do when torch is missing."""

try:
    import torch  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "this part of coursecnn needs PyTorch, which is not installed; remedy: "
        "pip install -c constraints.txt torch torchvision"
    ) from error
