"""The arithmetic of layers: sizes, parameters, multiplications, receptive fields."""

from coursecnn.shapes.counts import conv_parameters, linear_parameters, macs
from coursecnn.shapes.integers import ntuple, pair
from coursecnn.shapes.receptive import ReceptiveField, receptive_field, receptive_intervals
from coursecnn.shapes.sizes import output_size, same_padding, transposed_output_size

__all__ = [
    "ReceptiveField",
    "conv_parameters",
    "linear_parameters",
    "macs",
    "ntuple",
    "output_size",
    "pair",
    "receptive_field",
    "receptive_intervals",
    "same_padding",
    "transposed_output_size",
]
