"""Plain and residual networks for small photographs that begin at random, or as the identity.

What the experiments of the chapter on residual networks share.
"""

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, models

SIZE, WIDTH = 12, 8
ARMS = {  # depth, shortcuts, identity at the start
    "residual-56": (56, True, False),
    "plain-56": (56, False, False),
    "plain-56 identity": (56, False, True),
    "residual-56 identity": (56, True, True),
    "plain-20": (20, False, False),
    "residual-20": (20, True, False),
}


def photographs(split, count, seed):
    """Photographs made smaller by averaging, their channels shifted and scaled to about mean 0.

    Parameters
    ----------
    split : {"train", "val", "test"}
        Of `data.cifar10`.
    count, seed : int
        How many, and which ones.

    Returns
    -------
    (Tensor, Tensor)
        Images, shape (count, 3, SIZE, SIZE), and labels.
    """
    chosen = data.cifar10(split).subset(count, seed=seed)
    small = F.interpolate(torch.tensor(chosen.images).float(), (SIZE, SIZE), mode="area") / 255
    mean, deviation = (torch.tensor(x).view(1, 3, 1, 1) for x in ((0.49, 0.48, 0.44), (0.23,) * 3))
    small = ((small - mean) / deviation).to(memory_format=torch.channels_last)
    return small, torch.tensor(chosen.labels).long()


def network(arm, seed, images):
    """A network as it begins.

    Parameters
    ----------
    arm : str
        A key of `ARMS`.
    seed : int
        Of its weights.
    images : Tensor
        A batch; the identity without shortcuts takes the first statistics of batch norm from it.

    Returns
    -------
    CifarResNet
    """
    depth, residual, identity = ARMS[arm]
    torch.manual_seed(seed)
    model = models.CifarResNet(depth, residual=residual, width=WIDTH)
    model = model.to(memory_format=torch.channels_last)
    if identity:
        blocks = [m for m in model.modules() if isinstance(m, models.blocks.BasicBlock)]
        _begin_as_identity([b for b in blocks if b.conv1.stride == (1, 1)], model, images)
    return model


@torch.no_grad()
def _begin_as_identity(blocks, model, images):
    """Let blocks that keep the size return their input, which is never negative."""
    if blocks[0].downsample is not None:
        for block in blocks:
            block.bn2.weight.zero_()
        return
    hooks = []
    for block in blocks:
        nn.init.dirac_(block.conv1.weight)
        nn.init.dirac_(block.conv2.weight)
        hooks += [norm.register_forward_pre_hook(_undo) for norm in (block.bn1, block.bn2)]
    model(images)
    for hook in hooks:
        hook.remove()


def _undo(norm, inputs):
    """Give batch norm the factors and shifts that bring its input back."""
    variance, mean = torch.var_mean(inputs[0], (0, 2, 3), correction=0)
    norm.weight.copy_((variance + norm.eps).sqrt())
    norm.bias.copy_(mean)
