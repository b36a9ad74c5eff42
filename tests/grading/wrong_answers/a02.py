"""Wrong answers to assignment 02, by somebody who did not know which mistakes have names."""

WRONG = [
    (
        "mlp_parameters",
        "biases for the inputs as well: the sum of all sizes",
        """
def mlp_parameters(sizes):
    weights = sum(n * m for n, m in zip(sizes[:-1], sizes[1:]))
    return weights + sum(sizes)
""",
    ),
    (
        "mlp_parameters",
        "one bias for each layer instead of one for each unit",
        """
def mlp_parameters(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i] + 1
    return total
""",
    ),
    (
        "mlp_parameters",
        "collects the layers in a dictionary, where equal input sizes overwrite each other",
        """
def mlp_parameters(sizes):
    layers = dict(zip(sizes[:-1], sizes[1:]))
    total = 0
    for n, units in layers.items():
        total += (n + 1) * units
    return total
""",
    ),
    (
        "layer_weights",
        "dense layer with only D units: height and width of the output forgotten",
        """
def layer_weights(shape, out_channels, kernel_size):
    channels, height, width = shape
    dense = channels * height * width * out_channels
    conv = out_channels * channels * kernel_size ** 2
    return dense, conv
""",
    ),
    (
        "layer_weights",
        "the same kernel for all input channels: C forgotten in the convolution",
        """
def layer_weights(shape, out_channels, kernel_size):
    channels, height, width = shape
    dense = channels * out_channels * (height * width) ** 2
    conv = out_channels * kernel_size * kernel_size
    return dense, conv
""",
    ),
    (
        "layer_weights",
        "square image assumed: height to the fourth",
        """
def layer_weights(shape, out_channels, kernel_size):
    channels, side, _ = shape
    dense = channels * out_channels * side ** 4
    conv = out_channels * channels * kernel_size ** 2
    return dense, conv
""",
    ),
    (
        "mlp_forward",
        "zero below zero in the last layer as well",
        """
def mlp_forward(x, layers):
    for weight, bias in layers:
        x = np.maximum(0, x @ weight.T + bias)
    return x
""",
    ),
    (
        "mlp_forward",
        "adds the bias only after the maximum",
        """
def mlp_forward(x, layers):
    for weight, bias in layers[:-1]:
        x = np.maximum(0, x @ weight.T) + bias
    weight, bias = layers[-1]
    return x @ weight.T + bias
""",
    ),
    (
        "mlp_forward",
        "applies the maximum before each layer, so negative inputs are cut off too",
        """
def mlp_forward(x, layers):
    for weight, bias in layers:
        h = np.maximum(0, x)
        x = h @ weight.T + bias
    return x
""",
    ),
    (
        "mlp_forward",
        "result array has the number type of x: whole-number vectors cut off the fractions",
        """
def mlp_forward(x, layers):
    result = np.zeros((len(x), len(layers[-1][1])), dtype=x.dtype)
    for n in range(len(x)):
        h = x[n]
        for weight, bias in layers[:-1]:
            h = np.maximum(0, weight @ h + bias)
        weight, bias = layers[-1]
        result[n] = weight @ h + bias
    return result
""",
    ),
    (
        "shuffle_pixels",
        "the inverse rule: old pixel k goes to place order[k]",
        """
def shuffle_pixels(images, order):
    n, c, h, w = images.shape
    flat = images.reshape(n, c, h * w)
    new = np.zeros_like(flat)
    for k in range(h * w):
        new[:, :, order[k]] = flat[:, :, k]
    return new.reshape(n, c, h, w)
""",
    ),
    (
        "shuffle_pixels",
        "shuffles in place, so pixels already overwritten are read again",
        """
def shuffle_pixels(images, order):
    n, c, h, w = images.shape
    flat = images.copy().reshape(n, c, h * w)
    for k in range(h * w):
        flat[:, :, k] = flat[:, :, order[k]]
    return flat.reshape(n, c, h, w)
""",
    ),
    (
        "shuffle_pixels",
        "channels put last for the shuffling and then reshaped instead of moved back",
        """
def shuffle_pixels(images, order):
    n, c, h, w = images.shape
    pixels = images.transpose(0, 2, 3, 1).reshape(n, h * w, c)
    return pixels[:, order, :].reshape(images.shape)
""",
    ),
    (
        "twin_weight",
        "moves the weights back: argsort of the order",
        """
def twin_weight(weight, order):
    units = len(weight)
    parts = weight.reshape(units, -1, len(order))
    return parts[:, :, np.argsort(order)].reshape(weight.shape)
""",
    ),
    (
        "twin_weight",
        "treats the columns as channels last",
        """
def twin_weight(weight, order):
    units = len(weight)
    parts = weight.reshape(units, len(order), -1)
    return parts[:, order, :].reshape(weight.shape)
""",
    ),
    (
        "twin_weight",
        "only the first channel is moved, the others stay",
        """
def twin_weight(weight, order):
    twin = weight.copy()
    for k in range(len(order)):
        twin[:, k] = weight[:, order[k]]
    return twin
""",
    ),
    (
        "move_images",
        "asks only for the far side: negative places wrap round",
        """
def move_images(images, down, right):
    n, c, height, width = images.shape
    moved = np.zeros(images.shape)
    for i in range(height):
        for j in range(width):
            if i - down < height and j - right < width:
                moved[:, :, i, j] = images[:, :, i - down, j - right]
    return moved
""",
    ),
    (
        "move_images",
        "rolls and then wipes only the side for positive moves",
        """
def move_images(images, down, right):
    moved = np.roll(images, (down, right), axis=(2, 3)).astype(float)
    if down > 0:
        moved[:, :, :down, :] = 0
    if right > 0:
        moved[:, :, :, :right] = 0
    return moved
""",
    ),
    (
        "move_images",
        "rolls and wipes, but a negative move beyond the image is not wiped fully",
        """
def move_images(images, down, right):
    h, w = images.shape[2:]
    moved = np.roll(images, (down, right), axis=(2, 3)).astype(float)
    if down > 0:
        moved[:, :, :down] = 0
    elif down < 0:
        moved[:, :, (down % h):] = 0
    if right > 0:
        moved[:, :, :, :right] = 0
    elif right < 0:
        moved[:, :, :, (right % w):] = 0
    return moved
""",
    ),
    (
        "move_images",
        "off by one: old row 0 and old column 0 are taken for outside",
        """
def move_images(images, down, right):
    height, width = images.shape[2:]
    moved = np.zeros(images.shape)
    for i in range(height):
        for j in range(width):
            if 0 < i - down < height and 0 < j - right < width:
                moved[:, :, i, j] = images[:, :, i - down, j - right]
    return moved
""",
    ),
]
