// Notes in the margin: open where there is a margin, folded where there is none. Where one passes the
// contents of the page, these step back.
"use strict";

const notes = [...document.querySelectorAll(".cc-note")];
const sidebar = document.querySelector(".bd-sidebar-secondary");
const hasMargin = matchMedia("screen and (min-width: 1200px)");
const isPaper = matchMedia("print"); // has no margin either, but all is open on it

function openNotes() {
  for (const note of notes) note.firstElementChild.open = hasMargin.matches || isPaper.matches;
}

/** Whether a note stands on the same lines as the contents of the page. */
function isCovered() {
  const list = sidebar.querySelector("nav.page-toc")?.getBoundingClientRect();
  return Boolean(list) && notes.some((note) => {
    const { top, bottom } = note.getBoundingClientRect();
    return top < Math.min(list.bottom, innerHeight) + 16 && bottom > sidebar.getBoundingClientRect().top;
  });
}

let isAsked = false;

function look() {
  isAsked = false;
  sidebar.classList.toggle("cc-covered", hasMargin.matches && isCovered());
}

/** Once for each picture that is drawn, however often it is asked for. */
function lookSoon() {
  if (!isAsked) requestAnimationFrame(look);
  isAsked = true;
}

if (notes.length) {
  if (hasMargin.matches) openNotes(); // else one may be open already, for the link that led here
  hasMargin.addEventListener("change", openNotes);
}
if (notes.length && sidebar) {
  addEventListener("scroll", lookSoon, { passive: true });
  addEventListener("resize", lookSoon);
  lookSoon();
}
