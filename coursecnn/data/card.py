"""The data card: what one must know of a set before one trusts a number measured on it."""

from dataclasses import dataclass

from coursecnn.data import bundled


@dataclass(frozen=True)
class Card:
    """Where a set comes from, and what to beware of.

    Parameters
    ----------
    name : str
        The function of `coursecnn.data` that loads it.
    what : str
        What one sees, in a few words.
    origin : str
        Who made it, in a sentence.
    licence : str
        Under which terms, in a sentence.
    splits : str
        Which parts there are, in a sentence.
    caveats : str
        What numbers measured on it do not say, in one or two sentences.
    where : {"bundled", "drawn", "download"}
        In this package, made on demand, or only on the network.
    files : tuple of str, default ()
        Names of bundled files.
    original : str, default ""
        The set of torchvision.datasets that has the whole of it.
    """

    name: str
    what: str
    origin: str
    licence: str
    splits: str
    caveats: str
    where: str
    files: tuple[str, ...] = ()
    original: str = ""

    @property
    def provenance(self):
        """All that is to be known, in a few sentences."""
        return " ".join([self.origin, self.licence, self.splits, self.caveats])

    def __str__(self):
        rows = {"what": self.what, "origin": self.origin, "licence": self.licence,
                "splits": self.splits, "caveats": self.caveats}  # fmt: skip
        for file in self.files:
            rows |= {"file": file, "SHA-256": bundled.SHA256[file]}
        if self.original:
            rows["download"] = f"torchvision.datasets.{self.original}, which checks MD5 sums"
        return "\n".join([self.name, *(f"  {key:<9} {text}" for key, text in rows.items())])
