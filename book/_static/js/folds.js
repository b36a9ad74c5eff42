// What is folded: the reader's wish to see plumbing holds for the whole book, and whatever a link, a
// search or the browser's own search leads into is open.
"use strict";

const WISH = "coursecnn:plumbing";

/** The last wish, "open" or "shut"; a browser that keeps nothing is no error. */
function wish() {
  try {
    return localStorage.getItem(WISH);
  } catch {
    return null;
  }
}

function remember(text) {
  try {
    localStorage.setItem(WISH, text);
  } catch {
    // It holds for this page.
  }
}

const plumbing = document.querySelectorAll("details.cc-plumbing");

function showPlumbing(isOpen) {
  for (const fold of plumbing) fold.open = isOpen;
}

/** Open the fold around an element, and say whether there was one to open. */
function unfold(element) {
  const fold = element?.closest("details.cc-fold:not([open])");
  if (fold) fold.open = true;
  return Boolean(fold);
}

function unfoldTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (unfold(target)) target.scrollIntoView();
}

if (wish() === "open") showPlumbing(true);
for (const fold of plumbing) {
  // Only what the reader does is a wish; on paper, or for a search, folds open by themselves.
  fold.querySelector("summary").addEventListener("click", () => {
    const isOpen = !fold.open; // what it will be after the click
    remember(isOpen ? "open" : "shut");
    for (const other of plumbing) if (other !== fold) other.open = isOpen;
  });
}
addEventListener("hashchange", unfoldTarget);
unfoldTarget();
for (const mark of document.querySelectorAll(".bd-article mark")) unfold(mark); // of a search
