"""Interactive figures: one script each, alive in a notebook with a kernel and on a static page."""

from coursecnn.widgets.activation_plot import ActivationPlot
from coursecnn.widgets.architecture_explorer import ArchitectureExplorer
from coursecnn.widgets.augmentation_playground import AugmentationPlayground
from coursecnn.widgets.connection_explorer import ConnectionExplorer
from coursecnn.widgets.conv_stepper import ConvStepper
from coursecnn.widgets.digit_pad import DigitPad
from coursecnn.widgets.feature_map_browser import FeatureMapBrowser
from coursecnn.widgets.label_chart import LabelChart
from coursecnn.widgets.latent_walk import LatentWalk
from coursecnn.widgets.optimizer_race import OptimizerRace
from coursecnn.widgets.orientation_tuning import OrientationTuning
from coursecnn.widgets.output_size import OutputSizeCalculator
from coursecnn.widgets.parameter_explosion import ParameterExplosion
from coursecnn.widgets.pooling_stepper import PoolingStepper
from coursecnn.widgets.receptive_field import ReceptiveFieldExplorer
from coursecnn.widgets.slide_and_sum import SlideAndSum
from coursecnn.widgets.softmax_temperature import SoftmaxTemperature

#: Every interactive figure of the course.
FIGURES = (
    ActivationPlot,
    ArchitectureExplorer,
    AugmentationPlayground,
    ConnectionExplorer,
    ConvStepper,
    DigitPad,
    FeatureMapBrowser,
    LabelChart,
    LatentWalk,
    OptimizerRace,
    OrientationTuning,
    OutputSizeCalculator,
    ParameterExplosion,
    PoolingStepper,
    ReceptiveFieldExplorer,
    SlideAndSum,
    SoftmaxTemperature,
)

__all__ = [
    "FIGURES",
    "ActivationPlot",
    "ArchitectureExplorer",
    "AugmentationPlayground",
    "ConnectionExplorer",
    "ConvStepper",
    "DigitPad",
    "FeatureMapBrowser",
    "LabelChart",
    "LatentWalk",
    "OptimizerRace",
    "OrientationTuning",
    "OutputSizeCalculator",
    "ParameterExplosion",
    "PoolingStepper",
    "ReceptiveFieldExplorer",
    "SlideAndSum",
    "SoftmaxTemperature",
]
