"""Wrong answers to assignment 01, by somebody who did not know which mistakes have names."""

WRONG = [
    (
        "to_channels_first",
        "exchanges axes 1 and 3, so that rows and columns change places too",
        """
def to_channels_first(images):
    return np.swapaxes(images, 1, 3)
""",
    ),
    (
        "to_channels_first",
        "reads the axes of transpose the other way round (where each axis goes)",
        """
def to_channels_first(images):
    return np.transpose(images, (0, 2, 3, 1))
""",
    ),
    (
        "to_channels_first",
        "keeps only the first three channels, as if the rest were an alpha channel",
        """
def to_channels_first(images):
    return images[:, :, :, :3].transpose(0, 3, 1, 2)
""",
    ),
    (
        "to_grey",
        "result array has the integer type of the image and cuts off the fractions",
        """
def to_grey(image):
    grey = np.zeros_like(image[0])
    for i in range(image.shape[1]):
        for j in range(image.shape[2]):
            grey[i, j] = 0.299 * image[0, i, j] + 0.587 * image[1, i, j] + 0.114 * image[2, i, j]
    return grey
""",
    ),
    (
        "to_grey",
        "product with the transposed image: rows and columns exchanged",
        """
def to_grey(image):
    return image.T @ np.array([0.299, 0.587, 0.114])
""",
    ),
    (
        "to_grey",
        "brings bytes to the range 0 to 1 first",
        """
def to_grey(image):
    image = image.astype(float)
    if image.max() > 1:
        image = image / 255
    return 0.299 * image[0] + 0.587 * image[1] + 0.114 * image[2]
""",
    ),
    (
        "make_batch",
        "one common side for height and width: always square",
        """
def make_batch(images):
    side = max(max(image.shape[1:]) for image in images)
    batch = np.zeros((len(images), images[0].shape[0], side, side))
    for n, image in enumerate(images):
        batch[n, :, :image.shape[1], :image.shape[2]] = image
    return batch
""",
    ),
    (
        "make_batch",
        "batch of whole numbers: floats lose their fractions",
        """
def make_batch(images):
    h = max(image.shape[1] for image in images)
    w = max(image.shape[2] for image in images)
    batch = np.zeros((len(images), len(images[0]), h, w), dtype=int)
    for n, image in enumerate(images):
        batch[n, :, :image.shape[1], :image.shape[2]] = image
    return batch
""",
    ),
    (
        "make_batch",
        "one canvas for all images: leftovers of the larger image before stay in the room",
        """
def make_batch(images):
    h = max(image.shape[1] for image in images)
    w = max(image.shape[2] for image in images)
    canvas = np.zeros((images[0].shape[0], h, w))
    batch = []
    for image in images:
        canvas[:, :image.shape[1], :image.shape[2]] = image
        batch.append(canvas.copy())
    return np.array(batch)
""",
    ),
    (
        "flat_position",
        "takes the height for the length of a row with channels first",
        """
def flat_position(channel, row, column, shape):
    c, h, w = shape
    first = channel * h * w + row * h + column
    last = (row * w + column) * c + channel
    return first, last
""",
    ),
    (
        "flat_position",
        "channels last: interleaves whole rows of the channels instead of pixels",
        """
def flat_position(channel, row, column, shape):
    c, h, w = shape
    first = channel * h * w + row * w + column
    last = row * w * c + channel * w + column
    return first, last
""",
    ),
    (
        "flat_position",
        "channels last read as (W, H, C): column by column",
        """
def flat_position(channel, row, column, shape):
    channels, height, width = shape
    first = column + width * (row + height * channel)
    last = channel + channels * (row + height * column)
    return first, last
""",
    ),
    (
        "pixel_at",
        "divides the rest by the height instead of the width",
        """
def pixel_at(position, shape):
    channels, height, width = shape
    channel, rest = divmod(position, height * width)
    row, column = divmod(rest, height)
    return channel, row, column
""",
    ),
    (
        "pixel_at",
        "row counted from the beginning of the vector, the channels not taken away",
        """
def pixel_at(position, shape):
    channels, height, width = shape
    channel = position // (height * width)
    row = position // width
    column = position % width
    return channel, row, column
""",
    ),
    (
        "repair_reshape",
        "undoes the reshape to (W, H, C) instead of (H, W, C)",
        """
def repair_reshape(wrong):
    C, H, W = wrong.shape
    photo = wrong.reshape(W, H, C)
    return photo.transpose(2, 1, 0)
""",
    ),
    (
        "repair_reshape",
        "exchanges the axes first and then reshapes, in the wrong order",
        """
def repair_reshape(wrong):
    C, H, W = wrong.shape
    return wrong.transpose(1, 2, 0).reshape(C, H, W)
""",
    ),
    (
        "unflatten",
        "subtracts bytes without turning them into floats",
        """
def unflatten(vector, widths):
    best = None
    smallest = np.inf
    for w in widths:
        picture = vector.reshape(-1, w)
        d = np.mean((picture[1:] - picture[:-1]) ** 2)
        if d < smallest:
            smallest = d
            best = picture
    return best
""",
    ),
    (
        "unflatten",
        "of equal widths the last one wins (<=)",
        """
def unflatten(vector, widths):
    best, smallest = None, np.inf
    for w in widths:
        picture = vector.astype(float).reshape(-1, w)
        d = np.mean((picture[1:] - picture[:-1]) ** 2)
        if d <= smallest:
            best, smallest = picture, d
    return best
""",
    ),
    (
        "unflatten",
        "divides the sum by all n entries instead of by the number of differences",
        """
def unflatten(vector, widths):
    best, smallest = None, np.inf
    for w in widths:
        picture = vector.astype(float).reshape(-1, w)
        h = len(picture)
        d = np.sum((picture[1:] - picture[:-1]) ** 2) / (h * w)
        if d < smallest:
            best, smallest = picture, d
    return best
""",
    ),
    (
        "unflatten",
        "turns everything to int: floats are cut off",
        """
def unflatten(vector, widths):
    vector = vector.astype(int)
    distances = []
    for w in widths:
        picture = vector.reshape(-1, w)
        distances.append(np.mean((picture[1:] - picture[:-1]) ** 2))
    return vector.reshape(-1, widths[np.argmin(distances)])
""",
    ),
]
