"""Schedules: factors of the learning rate, while `progress` runs from 0 to 1."""

from math import cos, pi

WARM_UP, START = 0.3, 1 / 25  # the usual shape of one cycle: where it peaks, how low it starts


def constant(progress):
    """The same rate throughout."""
    return 1.0


def cosine(progress):
    """Half a wave, from the full rate down to none."""
    return (1 + cos(pi * progress)) / 2


def one_cycle(progress):
    """Up to the full rate, slowly at first, then down to none: high rates in between regularise."""
    if progress < WARM_UP:
        return 1 - (1 - START) * cosine(progress / WARM_UP)
    return cosine((progress - WARM_UP) / (1 - WARM_UP))


SCHEDULES = {"constant": constant, "cosine": cosine, "one_cycle": one_cycle}
