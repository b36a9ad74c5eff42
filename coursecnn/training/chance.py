"""The random numbers of torch's global generators, which dropout draws from."""

import torch


def states(fabric):
    """The states of the generators of all processes.

    Parameters
    ----------
    fabric : Fabric
        Launched; all processes must call this together.

    Returns
    -------
    list of dict
        One for each process: the kind of device → the state of its generator.
    """
    own = {"cpu": torch.get_rng_state()}
    if fabric.device.type != "cpu":
        own[fabric.device.type] = _of(fabric.device).get_rng_state()
    if fabric.world_size == 1:
        return [own]
    everyone = [None] * fabric.world_size
    torch.distributed.all_gather_object(everyone, own)
    return everyone


def restore(fabric, everyone):
    """Set the generators to stored states; with other processes or devices, as far as they fit.

    Parameters
    ----------
    fabric : Fabric
        Launched.
    everyone : list of dict
        What `states` returned.
    """
    own = everyone[fabric.global_rank % len(everyone)]
    torch.set_rng_state(own["cpu"].cpu())
    if fabric.device.type in own and fabric.device.type != "cpu":
        _of(fabric.device).set_rng_state(own[fabric.device.type].cpu())


def _of(device):
    return {"cuda": torch.cuda, "mps": torch.mps}[device.type]
