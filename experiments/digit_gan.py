"""A conditional DCGAN learns the 7,000 training digits; what it draws is judged while it learns.

At each stage of training it draws 200 digits of every class, always from the same latents, and a
row per class says how many of them a LeNet-5 names right that has seen real digits alone, how they
vary, how much of the real test digits they reach, and whether they are nearer to the training
digits than test digits are (`z`, below −3 if they are). `lenet` is that network's accuracy on the
test digits. The losses and scores are means over the steps since the stage before.

Besides the table this writes the weights of the generator in half precision, which
`gan.trained_generator` loads (its checksum goes into `data/bundled.py`), and the frames of the
figure `LatentWalk`: every digit at 5 × 5 latents between four corners, in 5 levels of grey, read by
the LeNet-5 of the pages.
"""

import hashlib
import io

import numpy as np
import pandas as pd
import torch
from PIL import Image

from coursecnn import _files, augment, data, evidence, gan, models, training
from coursecnn.data import bundled
from coursecnn.gan.weights import FILE
from coursecnn.widgets import lenet, stored

SEED, STEPS, WIDTH, SIDE, PER_CLASS = 0, 3000, 32, 5, 200
STAGES = (0, 50, 100, 200, 500, 1000, 2000, STEPS)
SHOWN = (0, 50, 200, 1000, STEPS)  # the stages of the figure
LEVELS = 5
MEASURES = ["recognised", "diversity", "density", "coverage", "expected_coverage"]


def reader():
    """LeNet-5, trained on the real training digits with the settings of the chapter on it."""
    torch.manual_seed(SEED)
    model = models.build("lenet5", padding=2)
    shift = augment.random_shift(2)
    training.fit(model, data.mnist("train"), seed=SEED, augment=shift, device="cpu")
    return model


def drawn(images, labels):
    """Generated images as a set."""
    return data.ImageSet(images, labels, data.mnist("val").class_names, "synthetic", "")


def judge(samples, model):
    """The rows of one stage, a class each, without its losses."""
    test = data.mnist("test")
    table = gan.mode_coverage(samples, test, model)[MEASURES]
    copied = gan.memorisation(samples, data.mnist("train"), test)
    accuracy = training.accuracy(model, test)
    return table.assign(z=copied.z, near=copied.near, lenet=accuracy).reset_index()


def save_weights(generator):
    """Write the bundled file, and say its checksum."""
    state = {
        name: (value.half() if value.is_floating_point() else value).numpy()
        for name, value in generator.state_dict().items()
    }
    file = io.BytesIO()
    np.savez_compressed(file, **state)
    _files.write(bundled.FOLDER / FILE, file.getvalue())
    print(FILE, len(file.getvalue()), hashlib.sha256(file.getvalue()).hexdigest())


def save_frames(frames):
    """Write what the figure shows; `frames` has shape (stages, digits, places, 28, 28)."""
    levels = np.round(frames / 255 * (LEVELS - 1)).astype(np.uint8)
    stages, digits, places, height, width = frames.shape
    sheet = levels.transpose(0, 1, 3, 2, 4).reshape(stages * digits * height, places * width)
    picture = io.BytesIO()
    shades = np.round(np.arange(LEVELS) * 255 / (LEVELS - 1)).astype(np.uint8)
    options = {"lossless": True, "quality": 100, "method": 6}
    Image.fromarray(shades[sheet]).save(picture, "WEBP", **options)
    chances = lenet.probabilities(lenet.forward(shades[levels].reshape(-1, height, width)))
    stored.write(
        "digit-gan", "experiments/digit_gan.py",
        steps=np.array(SHOWN, np.int32),
        read=chances.argmax(1).astype(np.uint8).reshape(stages, digits, places),
        percent=np.round(100 * chances.max(1)).astype(np.uint8).reshape(stages, digits, places),
        sheet=np.frombuffer(picture.getvalue(), np.uint8),
    )  # fmt: skip


def main():
    """Train, judge every stage, and write the table, the weights and the frames."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    generator = models.build("dcgan_generator", width=WIDTH)
    discriminator = models.build("dcgan_discriminator")
    size = generator.latent_size
    corners = gan.latent_grid(gan.orthogonal_latents(4, size, seed=SEED), SIDE).reshape(-1, size)
    others = gan.draw_latents(10 * PER_CLASS, size, seed=SEED + 1)
    latents = np.concatenate([np.tile(corners, (10, 1)), others])
    labels = np.concatenate([np.repeat(np.arange(10), SIDE**2), np.arange(10 * PER_CLASS) % 10])
    history = gan.train(
        generator, discriminator, data.mnist("train"), steps=STEPS, seed=SEED, device="cpu",
        snapshots=STAGES, latents=latents, labels=labels,
    )  # fmt: skip
    model, shown = reader(), 10 * SIDE**2
    tables, losses = [], history.to_frame()
    for before, stage in zip((0, *STAGES), STAGES, strict=False):
        samples = drawn(history.snapshots[stage][shown:], labels[shown:])
        means = losses.loc[before + 1 : stage].mean()
        tables.append(judge(samples, model).assign(**means).assign(step=stage))
    table = pd.concat(tables).set_index("step").reset_index()
    evidence.save("digit_gan", table.round(4))
    save_weights(generator)
    frames = np.stack([history.snapshots[stage][:shown, 0] for stage in SHOWN])
    save_frames(frames.reshape(len(SHOWN), 10, SIDE**2, 28, 28))


if __name__ == "__main__":
    main()
