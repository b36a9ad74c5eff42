"""What every reader of a figure does and sees; each figure's own tests add what only it has."""

NAME = """() => {
  const e = document.activeElement;
  return e.ariaLabel ?? (e.labels?.length ? e.labels[0].innerText : e.innerText);
}"""

SIZES = """(es) => es.map((e) => {
  const { width, height } = e.getBoundingClientRect();
  return [width, height];
})"""

TEXTS = """(table) => [...table.querySelectorAll("[role=row]")].map((row) =>
  [...row.querySelectorAll("[role=cell], [role=gridcell]")].map((cell) => cell.innerText))"""

CLOCK = """() => {
  let count = 0;
  const due = new Map();
  window.setTimeout = (then, wait) => { due.set((count += 1), [then, wait]); return count; };
  window.clearTimeout = (id) => due.delete(id);
  window.pass = (time) => {
    for (const [id, [then, wait]] of [...due]) if (wait <= time && due.delete(id)) then();
  };
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

    def texts(self, table):
        """What the cells of a table or grid show, row by row."""
        return table.evaluate(TEXTS)

    def stop_the_clock(self):
        """From now on time passes only in `wait`, so that no test needs any."""
        self.page.evaluate(CLOCK)

    def wait(self, seconds):
        """Let what is due in so many seconds happen, once."""
        self.page.evaluate("time => pass(time)", seconds * 1000)

    @property
    def sentence(self):
        """What the figure says of itself."""
        return self.root.get_by_role("status").inner_text()

    @property
    def focused(self):
        """The name of what has the focus, one line."""
        return self.page.evaluate(NAME).splitlines()[0]
