"""JupyterLab's part, the wire between a figure's two models, played by a few lines on either side.

Like JupyterLab, it sends one trait at a time.
"""

START = """
async ([source, styles, state]) => {
  document.head.append(Object.assign(document.createElement("style"), { textContent: styles }));
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: figure } = await import(address);
  const listeners = new Map();
  let unsent = {};
  window.model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = unsent[name] = value; },
    save_changes: () => { toPython(unsent); unsent = {}; },
    on: (event, listener) => listeners.set(event, listener),
    off: (event) => listeners.delete(event),
    receive: (patch) => {
      Object.assign(state, patch);
      for (const name of Object.keys(patch)) listeners.get(`change:${name}`)?.();
    },
    listeners,
  };
  window.stop = figure.render({ model: window.model, el: document.body });
}
"""


def connect(figure, page):
    """Run a figure's browser side on an empty page, and keep both sides in step."""
    if not hasattr(page, "ear"):  # a tab gets a function once, for all figures that it will show
        page.expose_function("toPython", lambda patch: page.ear(patch))
    page.ear = figure.set_state
    page.evaluate(START, [figure._esm, figure._css, figure.state()])
    names = list(figure.state())
    figure.observe(
        lambda change: page.evaluate("p => model.receive(p)", {change.name: change.new}), names
    )
