// What a term of the glossary means, beside the term: under a pointer, with the focus, at a tap.
"use strict";

const REST = 150; // ms that a pointer rests on a term before its meaning comes
const LEAVE = 300; // ms that it may take from the term to the meaning
const EDGE = 12; // pixels that a meaning keeps from the edges of the screen

let shown = null; // the link whose meaning is seen
let timer = 0;

const meaningOf = (link) => document.getElementById(link.getAttribute("aria-describedby"));

function hide() {
  clearTimeout(timer);
  if (shown) meaningOf(shown).hidden = true;
  shown = null;
}

function show(link) {
  clearTimeout(timer);
  if (shown === link) return;
  hide();
  shown = link;
  meaningOf(link).hidden = false;
  place(link, meaningOf(link));
}

function later(action, wait) {
  clearTimeout(timer);
  timer = setTimeout(action, wait);
}

/** Put a meaning below the last line of its term, or above the first where there is no room. */
function place(link, meaning) {
  const lines = link.getClientRects();
  const [first, last] = [lines[0], lines[lines.length - 1]];
  const { width, height } = meaning.getBoundingClientRect();
  const frame = (meaning.offsetParent ?? document.documentElement).getBoundingClientRect();
  const isBelow = last.bottom + height + EDGE <= innerHeight;
  const left = Math.min((isBelow ? last : first).left, document.documentElement.clientWidth - width - EDGE);
  meaning.style.left = `${Math.max(left, EDGE) - frame.left}px`;
  meaning.style.top = `${(isBelow ? last.bottom : first.top - height) - frame.top}px`;
}

/** A pointer that has left may come back, or go on to the meaning; the focus holds it, too. */
function leave(event) {
  if (event.pointerType === "touch") return;
  later(() => shown?.matches(":focus-visible") || hide(), LEAVE);
}

function start(link) {
  let isTapped = false; // by a finger that has not seen the meaning yet
  link.addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "touch") later(() => show(link), shown === link ? 0 : REST);
  });
  link.addEventListener("pointerleave", leave);
  link.addEventListener("pointerdown", (event) => {
    isTapped = event.pointerType === "touch" && shown !== link;
  });
  link.addEventListener("click", (event) => {
    if (!isTapped) return;
    isTapped = false;
    event.preventDefault();
    show(link);
  });
  link.addEventListener("focus", () => link.matches(":focus-visible") && show(link));
  link.addEventListener("blur", () => shown === link && !meaningOf(link).matches(":hover") && hide());
}

for (const link of document.querySelectorAll(".bd-article a[aria-describedby^='meaning-']")) start(link);
for (const meaning of document.querySelectorAll(".cc-meaning")) {
  meaning.addEventListener("pointerenter", () => clearTimeout(timer));
  meaning.addEventListener("pointerleave", leave);
}
document.addEventListener("pointerdown", (event) => {
  if (shown && !shown.contains(event.target) && !meaningOf(shown).contains(event.target)) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !shown) return;
  hide();
  event.preventDefault(); // it is not meant for anything below
});
addEventListener("resize", hide);
