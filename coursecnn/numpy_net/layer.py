"""A layer turns arrays into arrays, and on the way back gradients into gradients."""


class Layer:
    """What every layer has.

    Attributes
    ----------
    parameters : dict of str to ndarray
        What training changes, always in place.
    gradients : dict of str to ndarray
        Their gradients, under the same names, after `backward`.
    buffers : dict of str to ndarray
        What the layer remembers but does not learn by gradients.
    training : bool
        Whether the layer is being trained; some behave differently then.
    """

    training = True

    def __init__(self):
        self.parameters, self.gradients, self.buffers = {}, {}, {}

    def forward(self, x):
        """Compute the output, and keep what `backward` needs."""
        raise NotImplementedError

    def backward(self, grad):
        """From the gradient of the output to that of the input; sets `gradients` on the way."""
        raise NotImplementedError

    def train(self, training=True):
        """Say whether the layer is being trained from now on.

        Parameters
        ----------
        training : bool, default True
            False for tests and for use.
        """
        self.training = training


class Function(Layer):
    """A layer without parameters: an operation of `ops`, its backward, and their options.

    Subclasses name the two.

    Parameters
    ----------
    *arguments, **options
        What both are given besides arrays, such as a kernel size.
    """

    operation = derivative = None

    def __init__(self, *arguments, **options):
        super().__init__()
        self.arguments, self.options = arguments, options

    def forward(self, x):
        """Apply the operation."""
        self.x = x
        return self.operation(x, *self.arguments, **self.options)

    def backward(self, grad):
        """Apply its backward, at the input of the last `forward`."""
        return self.derivative(grad, self.x, *self.arguments, **self.options)
