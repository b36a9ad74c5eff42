"""What every reader of a figure does and sees; each figure's own tests add what only it has."""

NAME = """() => {
  const e = document.activeElement;
  return e.ariaLabel ?? (e.labels?.length ? e.labels[0].innerText : e.innerText);
}"""


class Reader:
    """A figure on an open page, by its roles and names.

    Attributes
    ----------
    page : playwright.sync_api.Page
    root : playwright.sync_api.Locator
        The frame of the figure.
    """

    def __init__(self, page, within=""):
        self.page = page
        self.root = page.locator(f"{within} .fig-frame").first

    def press(self, *keys):
        """Press keys one after the other, wherever the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    def button(self, name):
        """The button of this name."""
        return self.root.get_by_role("button", name=name, exact=True)

    def choose(self, name):
        """The list of choices of this name."""
        return self.root.get_by_role("combobox", name=name)

    @property
    def sentence(self):
        """What the figure says of itself."""
        return self.root.get_by_role("status").inner_text()

    @property
    def focused(self):
        """The name of what has the focus, one line."""
        return self.page.evaluate(NAME).splitlines()[0]
