"""Wrong answers to assignment 06, by somebody who did not know which mistakes have names."""

WRONG = [
    (
        "band_matrix",
        "a matrix of whole numbers cuts float weights",
        """
def band_matrix(kernel, size):
    k = len(kernel)
    matrix = np.zeros((size - k + 1, size), dtype=int)
    for i in range(size - k + 1):
        matrix[i, i:i+k] = kernel
    return matrix
""",
    ),
    (
        "band_matrix",
        "i - j instead of j - i",
        """
def band_matrix(kernel, size):
    k = len(kernel)
    M = np.zeros((size - k + 1, size))
    for i in range(size - k + 1):
        for j in range(size):
            if 0 <= i - j < k:
                M[i, j] = kernel[i - j]
    return M
""",
    ),
    (
        "band_matrix",
        "one row too few",
        """
def band_matrix(kernel, size):
    rows = size - len(kernel)
    matrix = np.zeros((rows, size))
    for i in range(rows):
        matrix[i, i : i + len(kernel)] = kernel
    return matrix
""",
    ),
    (
        "toeplitz",
        "place numbered with the rows of the output instead of its columns",
        """
def toeplitz(kernel, image_shape):
    H, W = image_shape
    kH, kW = kernel.shape
    rows, columns = H - kH + 1, W - kW + 1
    matrix = np.zeros((rows * columns, H * W))
    for i in range(rows):
        for j in range(columns):
            picture = np.zeros((H, W))
            picture[i:i+kH, j:j+kW] = kernel
            matrix[i * rows + j] = picture.ravel()
    return matrix
""",
    ),
    (
        "toeplitz",
        "the picture is made once, so old weights stay in it",
        """
def toeplitz(kernel, image_shape):
    height, width = image_shape
    k_height, k_width = kernel.shape
    rows, columns = height - k_height + 1, width - k_width + 1
    matrix = np.zeros((rows * columns, height * width))
    picture = np.zeros(image_shape)
    for i, j in np.ndindex(rows, columns):
        picture[i : i + k_height, j : j + k_width] = kernel
        matrix[i * columns + j] = picture.ravel()
    return matrix
""",
    ),
    (
        "toeplitz",
        "pixels numbered column by column",
        """
def toeplitz(kernel, image_shape):
    height, width = image_shape
    k_height, k_width = kernel.shape
    rows, columns = height - k_height + 1, width - k_width + 1
    matrix = []
    for i, j in np.ndindex(rows, columns):
        picture = np.zeros(image_shape)
        picture[i : i + k_height, j : j + k_width] = kernel
        matrix.append(picture.ravel(order="F"))
    return np.array(matrix)
""",
    ),
    (
        "toeplitz",
        "pixel (i, j) counted with the width of the output",
        """
def toeplitz(kernel, image_shape):
    H, W = image_shape
    kH, kW = kernel.shape
    rows, cols = H - kH + 1, W - kW + 1
    M = np.zeros((rows * cols, H * W))
    for i in range(rows):
        for j in range(cols):
            for u in range(kH):
                for v in range(kW):
                    M[i * cols + j, (i + u) * cols + (j + v)] += kernel[u, v]
    return M
""",
    ),
    (
        "toeplitz",
        "the flattened kernel as one band, as if its rows touched",
        """
def toeplitz(kernel, image_shape):
    H, W = image_shape
    kH, kW = kernel.shape
    rows, cols = H - kH + 1, W - kW + 1
    band = band_matrix(kernel.ravel(), H * W)
    starts = [i * W + j for i in range(rows) for j in range(cols)]
    return np.array([band[start] for start in starts if start < len(band)])
""",
    ),
    (
        "count_connections",
        "2 and -2 taken as one weight",
        """
def count_connections(matrix):
    connections = np.count_nonzero(matrix)
    weights = np.unique(np.abs(matrix[matrix != 0]))
    return connections, len(weights)
""",
    ),
    (
        "count_connections",
        "one subtracted for the zero, even if there is none",
        """
def count_connections(matrix):
    return int(np.sum(matrix != 0)), len(np.unique(matrix)) - 1
""",
    ),
    (
        "count_connections",
        "weights counted in the first row only",
        """
def count_connections(matrix):
    connections = np.count_nonzero(matrix)
    row = matrix[0]
    weights = len(set(row[row != 0]))
    return connections, weights
""",
    ),
    (
        "shift_image",
        "roll, then clear; a move by 0 clears everything",
        """
def shift_image(image, down, right):
    result = np.roll(image, (down, right), axis=(0, 1))
    if down > 0:
        result[:down] = 0
    else:
        result[down:] = 0
    if right > 0:
        result[:, :right] = 0
    else:
        result[:, right:] = 0
    return result
""",
    ),
    (
        "shift_image",
        "try/except does not catch negative indices, so pixels wrap around",
        """
def shift_image(image, down, right):
    height, width = image.shape
    result = np.zeros(image.shape)
    for i in range(height):
        for j in range(width):
            try:
                result[i, j] = image[i - down, j - right]
            except IndexError:
                pass
    return result
""",
    ),
    (
        "shift_image",
        "begins with a copy of the image instead of zeros",
        """
def shift_image(image, down, right):
    height, width = image.shape
    result = image.copy()
    for i, j in np.ndindex(image.shape):
        if 0 <= i - down < height and 0 <= j - right < width:
            result[i, j] = image[i - down, j - right]
    return result
""",
    ),
    (
        "equivariance_map",
        "shift / stride rounded to the nearest instead of down",
        """
def equivariance_map(image, kernel, shift, stride=1):
    def f(picture):
        return conv2d_valid(picture, kernel)[::stride, ::stride]
    n = round(shift / stride)
    return np.abs(f(shift_image(image, shift, shift)) - shift_image(f(image), n, n))
""",
    ),
    (
        "equivariance_map",
        "moved last before the stride is taken, by n pixels",
        """
def equivariance_map(image, kernel, shift, stride=1):
    first = conv2d_valid(shift_image(image, shift, shift), kernel)
    last = shift_image(conv2d_valid(image, kernel), shift, shift)
    return np.abs(first - last)[::stride, ::stride]
""",
    ),
    (
        "equivariance_map",
        "the stride is taken from the image, before the kernel",
        """
def equivariance_map(image, kernel, shift, stride=1):
    def layer(picture):
        return conv2d_valid(picture[::stride, ::stride], kernel)
    steps = shift // stride
    moved_first = layer(shift_image(image, shift, shift))
    moved_last = shift_image(layer(image), steps, steps)
    return np.abs(moved_first - moved_last)
""",
    ),
    (
        "rotation_gap",
        "turned clockwise",
        """
def rotation_gap(image, kernel):
    a = conv2d_valid(np.rot90(image, -1), kernel)
    b = np.rot90(conv2d_valid(image, kernel), -1)
    return np.max(np.abs(a - b))
""",
    ),
    (
        "rotation_gap",
        "absolute value of the maximum instead of the maximum of the absolute values",
        """
def rotation_gap(image, kernel):
    turned_first = conv2d_valid(np.rot90(image), kernel)
    turned_last = np.rot90(conv2d_valid(image, kernel))
    return np.abs(np.max(turned_first - turned_last))
""",
    ),
    (
        "rotation_gap",
        "np.linalg.norm(..., np.inf) is the largest row sum of a matrix",
        """
def rotation_gap(image, kernel):
    turned_first = conv2d_valid(np.rot90(image), kernel)
    turned_last = np.rot90(conv2d_valid(image, kernel))
    return np.linalg.norm(turned_first - turned_last, np.inf)
""",
    ),
]
