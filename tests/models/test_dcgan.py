"""The pair that draws: shapes, labels, and one step of learning."""

import pytest
import torch
from torch import nn

from coursecnn.models import Discriminator, Generator, build

LABELS = torch.tensor([3, 0, 9])


@pytest.mark.parametrize(("size", "channels"), [(28, 1), (32, 3)])
def test_the_generator_draws_what_the_discriminator_reads(size, channels):
    options = {"image_size": size, "channels": channels}
    generator = build("dcgan_generator", **options)
    discriminator = build("dcgan_discriminator", **options)
    images = generator(torch.randn(3, 54), LABELS)
    assert images.shape == (3, channels, size, size)
    assert images.abs().max() <= 1
    assert discriminator(images, LABELS).shape == (3,)


def test_the_generators_weights_by_hand():
    seed, first, last = 64 * (64 * 7 * 7), 64 * 32 * 4 * 4, 32 * 1 * 4 * 4 + 1
    normalisation = 2 * 64 + 2 * 32
    total = sum(weight.numel() for weight in Generator().parameters())
    assert total == seed + normalisation + first + last


def test_the_discriminators_weights_by_hand():
    first, second = 32 * 1 * 4 * 4 + 32, 64 * 32 * 4 * 4
    normalisation, dense = 2 * 64, 10 * (64 * 7 * 7) + 10
    total = sum(weight.numel() for weight in Discriminator().parameters())
    assert total == first + second + normalisation + dense


def test_the_discriminators_score_is_the_output_of_the_label():
    torch.manual_seed(0)
    model, images = Discriminator().eval(), torch.rand(3, 1, 28, 28)
    scores = model(images, LABELS)
    outputs = model.layers(images)
    torch.testing.assert_close(scores, torch.stack([outputs[0, 3], outputs[1, 0], outputs[2, 9]]))
    scores[0].backward()
    touched = model.layers[-1].weight.grad.abs().sum(1) > 0
    assert touched.nonzero().flatten().tolist() == [3]


@pytest.mark.parametrize("name", ["dcgan_generator", "dcgan_discriminator"])
def test_the_label_matters(name):
    torch.manual_seed(0)
    model = build(name).eval()
    first = torch.randn(1, 54) if name == "dcgan_generator" else torch.rand(1, 1, 28, 28)
    with torch.no_grad():
        answers = torch.stack([model(first, torch.tensor([label])) for label in range(10)])
    assert len(answers.flatten(1).unique(dim=0)) == 10


def test_the_same_noise_and_label_draw_the_same_image():
    generator, latent = Generator().eval(), torch.randn(3, 54)
    torch.testing.assert_close(generator(latent, LABELS), generator(latent, LABELS))


def test_the_weights_start_as_in_the_paper():
    torch.manual_seed(0)
    first = Generator().layers[0].weight
    assert first.std().item() == pytest.approx(0.02, rel=0.02)


def test_a_discriminator_learns_to_tell_bright_from_dark():
    torch.manual_seed(0)
    model = Discriminator(width=4)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    images, labels = torch.rand(16, 1, 28, 28) * 2 - 1, torch.arange(16) % 10
    real = (torch.arange(16) < 8).float()
    images[:8] = images[:8].abs()
    for _ in range(15):
        loss = nn.functional.binary_cross_entropy_with_logits(model(images, labels), real)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.2


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (torch.tensor([3, 0, 10]), "`labels` must be int64 from 0 to 9"),
        (torch.tensor([3, 0, -1]), "`labels` must be int64 from 0 to 9"),
        (torch.tensor([3.0, 0, 1]), "`labels` must be int64 from 0 to 9"),
        (torch.tensor([3, 0]), r"`labels` must have shape \(3,\), one per image; received \(2,\)"),
    ],
    ids=str,
)
def test_labels_that_do_not_fit_are_refused(labels, message):
    for call in (lambda: Generator()(torch.randn(3, 54), labels),
                 lambda: Discriminator()(torch.rand(3, 1, 28, 28), labels)):  # fmt: skip
        with pytest.raises(ValueError, match=message):
            call()


def test_noise_and_images_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"`latent` must have shape \(N, 54\); received \(3, 64\)"):
        Generator()(torch.randn(3, 64), LABELS)
    with pytest.raises(ValueError, match=r"`x` must be .*1 × 28×28.*resize or pad"):
        Discriminator()(torch.rand(3, 1, 32, 32), LABELS)
