"""Looking into a trained network: what it computes, what it looks at, and where it breaks.

In reading order: `layers.py`, the weights of a layer and what it puts out; `saliency.py`, how a
class score changes with each pixel; `occlusion.py`, what hiding a part of the image does to a
probability; `grad_cam.py`, which maps of a layer a class rests on, and where; `unit_images.py`, an
image made for a unit; `adversarial.py`, small changes that mislead; `effective_fields.py`, how far
the gradient of a unit really spreads; `randomised.py`, the test that an explanation must pass;
`reliability.py`, whether probabilities mean what they say. All of them stand on `door.py`: images
as a model takes them, classes and layers by name, and a model that is afterwards as it was.

Images are bytes (an `ImageSet`, or arrays of uint8), scaled as `training` scales them, or floats,
which go into the model as they are.
"""

import coursecnn._torch  # noqa: F401  says what to do when torch is missing
from coursecnn.explain.adversarial import adversarial_step, adversarial_steps
from coursecnn.explain.effective_fields import effective_receptive_field, spread
from coursecnn.explain.gabors import gabor_fit
from coursecnn.explain.grad_cam import grad_cam
from coursecnn.explain.layers import feature_maps, filters
from coursecnn.explain.occlusion import Occlusion, occlusion
from coursecnn.explain.randomised import randomised
from coursecnn.explain.reliability import calibration_error, reliability
from coursecnn.explain.saliency import gradient_times_input, saliency
from coursecnn.explain.trained import trained_network
from coursecnn.explain.unit_images import image_for_unit, unit_activation

__all__ = [
    "Occlusion",
    "adversarial_step",
    "adversarial_steps",
    "calibration_error",
    "effective_receptive_field",
    "feature_maps",
    "filters",
    "gabor_fit",
    "grad_cam",
    "gradient_times_input",
    "image_for_unit",
    "occlusion",
    "randomised",
    "reliability",
    "saliency",
    "spread",
    "trained_network",
    "unit_activation",
]
