"""Wrong answers to assignment 04, by somebody who did not know which mistakes have names."""

WRONG = [
    (
        "output_size",
        "padding counted once instead of on each side",
        """
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    span = dilation * (kernel_size - 1) + 1
    return (size + padding - span) // stride + 1
""",
    ),
    (
        "output_size",
        "takes dilation times kernel for the span",
        """
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    span = dilation * kernel_size
    return (size + 2 * padding - span) // stride + 1
""",
    ),
    (
        "output_size",
        "rounds to the nearest whole number instead of down",
        """
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    steps = (size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride
    return round(steps) + 1
""",
    ),
    (
        "unread_pixels",
        "the rest of the division, zeros of the padding included",
        """
def unread_pixels(size, kernel_size, stride=1, padding=0):
    return (size + 2 * padding - kernel_size) % stride
""",
    ),
    (
        "unread_pixels",
        "forgets that the result cannot be negative",
        """
def unread_pixels(size, kernel_size, stride=1, padding=0):
    windows = output_size(size, kernel_size, stride, padding)
    return padding + size - ((windows - 1) * stride + kernel_size)
""",
    ),
    (
        "unread_pixels",
        "the zeros in front are not counted for the end of the image",
        """
def unread_pixels(size, kernel_size, stride=1, padding=0):
    windows = output_size(size, kernel_size, stride, padding)
    last_end = (windows - 1) * stride + kernel_size
    return max(0, size - last_end)
""",
    ),
    (
        "unread_pixels",
        "counts the pixels between the windows too",
        """
def unread_pixels(size, kernel_size, stride=1, padding=0):
    read = set()
    for window in range(output_size(size, kernel_size, stride, padding)):
        for u in range(kernel_size):
            read.add(window * stride + u - padding)
    return len([pixel for pixel in range(size) if pixel not in read])
""",
    ),
    (
        "same_padding",
        "the larger share comes first",
        """
def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    after = total // 2
    return total - after, after
""",
    ),
    (
        "same_padding",
        "halves first, then multiplies by the dilation",
        """
def same_padding(kernel_size, dilation=1):
    before = (kernel_size - 1) // 2 * dilation
    after = dilation * (kernel_size - 1) - before
    return before, after
""",
    ),
    (
        "same_padding",
        "round for the half: .5 goes to the even number",
        """
def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before = round(total / 2)
    return before, total - before
""",
    ),
    (
        "conv_parameters",
        "one bias for the whole layer",
        """
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    h, w = kernel_size
    return out_channels * in_channels * h * w + bias
""",
    ),
    (
        "conv_parameters",
        "of a pair only the height is used",
        """
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size if isinstance(kernel_size, int) else kernel_size[0]
    weights = in_channels * out_channels * k ** 2
    if bias:
        return weights + out_channels
    return weights
""",
    ),
    (
        "conv_parameters",
        "a bias for each slice of a kernel instead of for each kernel",
        """
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    h, w = kernel_size
    slice_parameters = h * w + (1 if bias else 0)
    return out_channels * in_channels * slice_parameters
""",
    ),
    (
        "receptive_field",
        "multiplies the jump before the field grows",
        """
def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers:
        jump *= stride
        field += (kernel_size - 1) * jump
    return field
""",
    ),
    (
        "receptive_field",
        "jump is only the stride of the layer before, not the product of all",
        """
def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, stride in layers:
        field = field + (kernel_size - 1) * jump
        jump = stride
    return field
""",
    ),
    (
        "receptive_field",
        "the backward recursion, but run from the image on",
        """
def receptive_field(layers):
    r = 1
    for k, s in layers:
        r = (r - 1) * s + k
    return r
""",
    ),
    (
        "layer_table",
        "multiplications at the places of the input instead of the output",
        """
def layer_table(shape, layers):
    channels, height, width = shape
    rows = []
    for out_channels, k, stride, padding in layers:
        p = conv_parameters(channels, out_channels, k)
        m = conv_parameters(channels, out_channels, k, bias=False) * height * width
        height = output_size(height, k, stride, padding)
        width = output_size(width, k, stride, padding)
        rows.append([out_channels, height, width, p, m])
        channels = out_channels
    return np.array(rows)
""",
    ),
    (
        "layer_table",
        "channels are never replaced: each layer gets the channels of the image",
        """
def layer_table(shape, layers):
    c, h, w = shape
    table = []
    for out, k, s, p in layers:
        h = output_size(h, k, s, p)
        w = output_size(w, k, s, p)
        table.append([out, h, w, conv_parameters(c, out, k), out * c * k * k * h * w])
    return np.array(table)
""",
    ),
    (
        "layer_table",
        "each layer starts again from the size of the image",
        """
def layer_table(shape, layers):
    c, height, width = shape
    table = np.zeros((len(layers), 5), dtype=int)
    for n, (out, k, s, p) in enumerate(layers):
        h = output_size(height, k, s, p)
        w = output_size(width, k, s, p)
        weights = conv_parameters(c, out, k, False)
        table[n] = out, h, w, weights + out, weights * h * w
        c = out
    return table
""",
    ),
    (
        "layer_table",
        "counts the biases as multiplications",
        """
def layer_table(shape, layers):
    c, h, w = shape
    rows = []
    for out, k, s, p in layers:
        h, w = output_size(h, k, s, p), output_size(w, k, s, p)
        parameters = conv_parameters(c, out, k)
        rows.append([out, h, w, parameters, parameters * h * w])
        c = out
    return np.array(rows)
""",
    ),
]
