"""The weights with which training begins."""

from torch import nn


def he_initialisation(model):
    """Draw the weights of all convolutions so that a ReLU keeps the spread of the gradients.

    Parameters
    ----------
    model : nn.Module
        Changed in place.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into rectifiers", ICCV 2015,
       section 2.2.
    """
    for layer in model.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
