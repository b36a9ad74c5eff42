"""LeNet-5 without a framework."""

from coursecnn.numpy_net.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU
from coursecnn.numpy_net.sequential import Sequential


def lenet5(num_classes=10, *, activation=ReLU, pooling=MaxPool2d, padding=2, rng):
    """LeNet-5 in its usual modern form, with the parameter names of `models.LeNet5`.

    Parameters
    ----------
    num_classes : int, default 10
        Size of the output.
    activation : type of Layer, default ReLU
        Made anew after each layer but the last.
    pooling : type of Layer, default MaxPool2d
        Called with 2: windows of 2×2, stride 2.
    padding : int, default 2
        Zeros around the image: 2 for 28×28 images, 0 for 32×32.
    rng : numpy.random.Generator
        Draws the first weights.

    Returns
    -------
    Sequential
        61,706 parameters with ten classes.

    References
    ----------
    .. [1] Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to
       document recognition", Proc. IEEE 86(11), 1998, section II.B.
    """
    features = Sequential(
        Conv2d(1, 6, 5, padding=padding, input_gradient=False, rng=rng), activation(), pooling(2),
        Conv2d(6, 16, 5, rng=rng), activation(), pooling(2),
    )  # fmt: skip
    classifier = Sequential(
        Flatten(),
        Linear(16 * 5 * 5, 120, rng=rng), activation(),
        Linear(120, 84, rng=rng), activation(),
        Linear(84, num_classes, rng=rng),
    )  # fmt: skip
    return Sequential(features=features, classifier=classifier)
