// The search: what the words of a reader find in `sections.js`, and the matches on the page behind.
"use strict";

const MOST = 40; // hits that are drawn
const AROUND = 110; // characters of a section that are shown on each side of a match
const NOT_MARKED = ".math, mjx-container, script, style, svg, textarea, button, [role=tooltip], .fig-frame, mark";

/** The words of a query in small letters; a size such as 1x1, 1 x 1 or 1×1 is one of them. */
function wordsOf(query) {
  const sizes = query.toLowerCase().replace(/(\d)\s*[x×*]\s*(?=\d)/g, "$1×");
  return [...new Set(sizes.match(/[\p{L}\p{N}_]+(?:×[\p{L}\p{N}_]+)*/gu) ?? [])];
}

/** A word without the ending that another form of it lacks: kernels, pooling, convolutions. */
function stem(word) {
  const singular = word.replace(/(?<=.{3})ies$|(?<=..(?:s|x|ch|sh))es$|(?<=..[^su])s$/, "");
  return singular.replace(/(?<=.{4})(?:ing|ed|ion)$/, "");
}

/** Where a word begins as typed, in any form; `whole` asks for the word and no longer one. */
function patternOf(word, whole = false) {
  const begin = /^\p{N}/u.test(word) ? "(?<![\\p{L}\\p{N}])(?<!\\p{N}[×.])" : "(?<![\\p{L}\\p{N}])";
  const typed = word.replaceAll("×", "\\s?[x×]\\s?");
  if (/\p{N}$/u.test(word)) return new RegExp(`${begin}${typed}(?!\\p{N})`, "giu");
  return whole
    ? new RegExp(`${begin}${typed}(?![\\p{L}\\p{N}_])`, "giu")
    : new RegExp(`${begin}${stem(typed)}[\\p{L}\\p{N}_]*`, "giu");
}

/** How well a section answers; 0 if one of the words is neither in it nor in the page's title. */
function score(words, [address, title], heading, text) {
  let sum = /part-\d|glossary/.test(address) ? 10 : 0; // before tables and the library
  let isHere = false;
  for (const word of words) {
    const inHeading = (heading.match(patternOf(word)) ?? []).length;
    const inText = (text.match(patternOf(word)) ?? []).length;
    const inTitle = (title.match(patternOf(word)) ?? []).length;
    if (inHeading + inText + inTitle === 0) return 0;
    isHere ||= inHeading + inText > 0;
    sum += 20 * Math.min(inHeading, 1) + 6 * Math.min(inTitle, 1) + Math.min(inText, 5);
    sum += 10 * Number(patternOf(word, true).test(heading));
  }
  const together = new RegExp(words.map(stem).join("\\p{L}*[\\s_-]+"), "iu");
  if (words.length > 1 && together.test(`${heading} – ${text}`)) sum += 15;
  const names = heading.toLowerCase().replaceAll("-", " ").split(", "); // an entry may have several
  if (names.includes(words.join(" "))) sum += 30;
  return isHere ? sum : 0;
}

/** The sections that have all words, the best first; equally good ones in the order of the book. */
function find(words, pages) {
  const hits = [];
  for (const [address, title, sections] of words.length ? pages : []) {
    for (const [anchor, heading, text] of sections) {
      const points = score(words, [address, title], heading || title, text);
      if (points > 0) hits.push({ address, title, anchor, heading: heading || title, text, points });
    }
  }
  return hits.sort((a, b) => b.points - a.points);
}

/** The ranges of a text that match one of the words, in their order, none within another. */
function matches(words, text) {
  const found = words.flatMap((word) => [...text.matchAll(patternOf(word))]);
  const ranges = found.map((match) => [match.index, match.index + match[0].length]);
  ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  return ranges.filter(([from], index) => index === 0 || from >= Math.max(...ranges.slice(0, index).map((r) => r[1])));
}

/** The part of a text that shows a match of most words, cut between words. */
function excerpt(words, text) {
  const ranges = matches(words, text);
  const reach = ([from]) => words.filter((word) => patternOf(word).test(text.slice(from, from + AROUND))).length;
  const best = ranges.reduce((a, b) => (reach(b) > reach(a) ? b : a), ranges[0] ?? [0, 0]);
  let [from, to] = [Math.max(best[0] - AROUND, 0), Math.min(best[1] + 2 * AROUND, text.length)];
  if (from > 0) from = Math.min(text.indexOf(" ", from) + 1, best[0]);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), best[1]);
  return `${from > 0 ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
}

/** A text as nodes, each match in a `mark`. */
function marked(words, text) {
  const parts = [];
  let end = 0;
  for (const [from, to] of matches(words, text)) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to);
    parts.push(text.slice(end, from), mark);
    end = to;
  }
  return [...parts, text.slice(end)];
}

function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

function hitItem(words, query, hit) {
  const link = make("a", "", hit.heading);
  link.href = `${hit.address}?words=${encodeURIComponent(query)}${hit.anchor && `#${hit.anchor}`}`;
  const page = hit.anchor ? [make("span", "cc-hit__page", hit.title)] : []; // else the link names it
  return make("li", "", link, ...page, make("p", "cc-hit__text", ...marked(words, excerpt(words, hit.text))));
}

/** Say how much was found, and draw the best of it. */
function drawResults(place, query, pages) {
  const words = wordsOf(query);
  const hits = find(words, pages);
  const number = hits.length === 1 ? "1 section has" : `${hits.length || "No"} sections have`;
  const cut = hits.length > MOST ? `; the best ${MOST} are shown` : hits.length ? "" : ". Try fewer or other words";
  const status = make("p", "cc-hits__status", `${number} “${query}”${cut}.`);
  status.setAttribute("role", "status");
  const list = make("ul", "search", ...hits.slice(0, MOST).map((hit) => hitItem(words, query, hit)));
  place.replaceChildren(status, ...(hits.length ? [list] : []));
}

/** Mark the words in the text of this page; the marks. */
function markMatches(article, words) {
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.parentElement.closest(NOT_MARKED) && matches(words, text.data).length) texts.push(text);
  }
  for (const text of texts) text.replaceWith(...marked(words, text.data));
  return article.querySelectorAll("mark");
}

/** Take the marks of a page away, and the button that offers it. */
function hideMatches(article, button) {
  const hadFocus = button.matches(":focus");
  for (const mark of article.querySelectorAll("mark")) {
    const parent = mark.parentNode;
    mark.replaceWith(mark.textContent);
    parent.normalize();
  }
  button.remove();
  const address = new URL(location.href);
  address.searchParams.delete("words");
  history.replaceState(history.state, "", address); // who loads the page again wants no marks
  if (hadFocus) document.getElementById("main-content").focus({ preventScroll: true });
}

/** Mark what was searched for on the page that a hit led to, and offer to hide it. */
function showMatches(article, query) {
  if (markMatches(article, wordsOf(query)).length === 0) return;
  const button = make("button", "cc-hide-matches", "Hide search matches");
  button.type = "button";
  const main = document.getElementById("main-content");
  main.tabIndex = -1; // takes the focus when the button is gone
  main.prepend(button);
  button.addEventListener("click", () => hideMatches(article, button));
  document.addEventListener("keydown", (event) => {
    const isFree = !event.defaultPrevented && !event.target.closest?.("input, dialog, .fig-frame");
    if (event.key === "Escape" && isFree && button.isConnected) hideMatches(article, button);
  });
}

if (typeof document !== "undefined") {
  const asked = new URLSearchParams(location.search);
  const results = document.getElementById("search-results");
  const article = document.querySelector(".bd-article");
  if (results && asked.get("q")?.trim()) {
    const query = asked.get("q").trim();
    for (const field of document.querySelectorAll("input[name=q]")) field.value = query;
    drawResults(results, query, window.coursecnnSections);
  } else if (article && asked.get("words")) showMatches(article, asked.get("words"));
}
