// Small repairs of what the page's other scripts leave unsaid to a screen reader.
"use strict";

// A button whose label differs from its text is announced by words that nobody sees.
function dropMismatchedLabels() {
  for (const button of document.querySelectorAll("button.toggle-button, summary.admonition-title")) {
    button.removeAttribute("aria-label");
  }
}

// A block that scrolls sideways must be reachable by the keyboard.
function focusScrollers() {
  for (const block of document.querySelectorAll(".bd-article pre, .pst-scrollable-table-container, table.dataframe, .math, mjx-container[display]")) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
  }
}

// Folded answers belong on paper, too.
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(".bd-article details:not([open])")) {
    fold.open = true;
    fold.dataset.opened = "";
  }
});
window.addEventListener("afterprint", () => {
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
