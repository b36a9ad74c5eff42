// Small repairs of what the page's other scripts leave unsaid to a screen reader.
"use strict";

// A button whose label differs from its text is announced by words that nobody sees.
function dropMismatchedLabels() {
  for (const button of document.querySelectorAll("button.toggle-button, summary.admonition-title")) {
    button.removeAttribute("aria-label");
  }
}

// A block that scrolls sideways must be reachable by the keyboard; a formula in a line never scrolls.
function focusScrollers() {
  for (const block of document.querySelectorAll(".bd-article pre, .pst-scrollable-table-container, table.dataframe, div.math, mjx-container[display]")) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    else block.removeAttribute("tabindex");
  }
}

// Paper is white, and folded answers belong on it, too.
window.addEventListener("beforeprint", () => {
  const root = document.documentElement;
  root.dataset.onScreen ??= root.dataset.theme;
  root.dataset.theme = "light";
  for (const fold of document.querySelectorAll(".bd-article details:not([open])")) {
    fold.open = true;
    fold.dataset.opened = "";
  }
});
window.addEventListener("afterprint", () => {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.onScreen;
  delete root.dataset.onScreen;
  for (const fold of document.querySelectorAll("details[data-opened]")) {
    fold.open = false;
    delete fold.dataset.opened;
  }
});

window.addEventListener("load", () => {
  dropMismatchedLabels();
  focusScrollers();
  window.MathJax?.startup?.promise?.then(focusScrollers); // formulas get their width late
});
window.addEventListener("resize", focusScrollers);
