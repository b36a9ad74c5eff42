"""Who won the classification task of ILSVRC in each year, and where the error is printed.

Nothing is run here: the table is copied from its sources, and checked for what must hold of it. An
error is the share of test images, in percent, whose class is not among five guesses; of each winner
it is that of the best entry that learned from the images of the challenge only. `second` is the
best entry of 2012 without a convolutional network. The test images of 2010 and 2011 are others than
those of later years.
"""

import pandas as pd

from coursecnn import evidence

REPORT = "Russakovsky et al. 2015, table of the winning entries"
ROWS = [  # year, team, network, features, place, top-5 error, source
    (2010, "NEC-UIUC", "", "designed", 1, 28.2, REPORT),
    (2011, "XRCE", "", "designed", 1, 25.8, REPORT),
    (2012, "SuperVision", "AlexNet", "learned", 1, 16.4, "Krizhevsky et al. 2012, table 2"),
    (2012, "ISI", "", "designed", 2, 26.2, REPORT),
    (2013, "Clarifai", "", "learned", 1, 11.7, REPORT),
    (2014, "GoogLeNet", "GoogLeNet", "learned", 1, 6.67, "Szegedy et al. 2015, table 2"),
    (2015, "MSRA", "ResNet", "learned", 1, 3.57, "He et al. 2016, table 5"),
    (2016, "Trimps-Soushen", "", "learned", 1, 2.99, "image-net.org, results of ILSVRC 2016"),
    (2017, "WMW", "SENet", "learned", 1, 2.251, "Hu et al. 2018, abstract"),
]

if __name__ == "__main__":
    columns = ["year", "team", "network", "features", "place", "top5_error", "source"]
    table = pd.DataFrame(ROWS, columns=columns)
    winners = table[table["place"] == 1]
    assert winners["year"].tolist() == list(range(2010, 2018))
    assert winners["top5_error"].is_monotonic_decreasing
    evidence.save("imagenet_winners", table)
