// Questions on a page: `{quiz}` says what an answer means, `{predict}` unfolds the result.
"use strict";

const KEPT = "coursecnn:answers:";

/** The number that a reader typed, or null: 61,706 and 61 706, 0.5 and 0,5, −3, 1.2e11. */
function readNumber(text) {
  let plain = text.trim().replace(/[\s\u00a0\u202f\u2009]/g, "").replace("\u2212", "-");
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(",", "");
  else if (/^[+-]?\d*,\d+(e[+-]?\d+)?$/i.test(plain)) plain = plain.replace(",", ".");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

/** Whether a typed number is meant to be this one: rounding errors are not held against it. */
function isClose(typed, value, tolerance) {
  return Math.abs(typed - value) <= tolerance + 1e-9 * Math.abs(value);
}

/** The key of the reply to a typed number: the nearest in reach, the right one before all. */
function keyFor(typed, keys, answer, tolerance) {
  const reach = (key) => (Number(key) === answer ? tolerance : 0);
  const near = (key) => key !== "other" && isClose(typed, Number(key), reach(key));
  return keys.find((key) => Number(key) === answer && near(key)) ?? keys.find(near) ?? "other";
}

/** What is kept from visit to visit; a browser that keeps nothing is no error. */
const memory = {
  get(key) {
    try {
      return localStorage.getItem(KEPT + key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(KEPT + key);
      else localStorage.setItem(KEPT + key, value);
    } catch {
      // The answer is shown all the same; it is forgotten when the page is left.
    }
  },
};

function isTyped(form) {
  return form.querySelector("input[type=text]") !== null;
}

/** What the reader has chosen or typed, as text, or null. */
function givenAnswer(form) {
  if (!isTyped(form)) return form.querySelector("input:checked")?.value ?? null;
  const text = form.querySelector("input[type=text]").value.trim();
  return readNumber(text) === null ? null : text;
}

function giveBack(form, answer) {
  if (isTyped(form)) form.querySelector("input[type=text]").value = answer;
  else for (const radio of form.querySelectorAll("input")) radio.checked = radio.value === answer;
}

/** The list item or reply that belongs to an answer, if there is one. */
function replyTo(form, answer) {
  const replies = [...form.querySelectorAll("[data-for]")];
  const keys = replies.map((reply) => reply.dataset.for);
  const { answer: right = NaN, tolerance = 0 } = form.dataset;
  const typed = isTyped(form) ? readNumber(answer) : null;
  const key = isTyped(form) ? keyFor(typed, keys, Number(right), Number(tolerance)) : answer;
  return replies[keys.indexOf(key)] ?? null;
}

function say(form, verdict, opening, why) {
  const status = form.querySelector(".cc-feedback");
  status.dataset.verdict = verdict;
  const parts = [document.createElement("strong"), " "];
  parts[0].textContent = opening;
  if (why) parts.push(...[...why.childNodes].map((node) => node.cloneNode(true)));
  status.replaceChildren(...parts);
}

function askAgain(form) {
  say(form, "none", isTyped(form) ? "Type a number, such as 280 or 0.5." : "Choose an answer first.");
}

function check(form, answer) {
  const reply = replyTo(form, answer);
  const isRight = reply?.dataset.right === "yes";
  const opening = isRight ? "Right." : reply === null ? "Not this number. Try again." : "Not yet.";
  say(form, isRight ? "right" : "wrong", opening, reply?.querySelector(".cc-why"));
  form.classList.add("cc-answered");
}

const OUTCOMES = {
  right: "Well predicted.",
  wrong: "It comes out differently.",
  none: "Compare with the result.",
};

/** How a guess compares: right, wrong, or none when the source does not say. */
function outcome(form, answer, reply) {
  const { answer: right, tolerance = 0 } = form.dataset;
  if (!isTyped(form)) return { yes: "right", no: "wrong" }[reply?.dataset.right] ?? "none";
  if (right === undefined) return "none";
  return isClose(readNumber(answer), Number(right), Number(tolerance)) ? "right" : "wrong";
}

/** Keep the guess as it is and unfold the result. */
function commit(form, answer) {
  const reply = replyTo(form, answer);
  const verdict = outcome(form, answer, reply);
  say(form, verdict, OUTCOMES[verdict], reply?.querySelector(".cc-why"));
  form.querySelector("fieldset").disabled = true;
  form.classList.add("cc-answered");
  const result = form.parentElement.querySelector(".cc-result");
  result.hidden = false;
  result.open = true;
}

function start(form) {
  const result = form.parentElement.querySelector(":scope > .cc-result");
  const answer = (given) => (result ? commit : check)(form, given);
  form.classList.add("cc-ready");
  if (result) result.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = givenAnswer(form);
    if (given === null) return askAgain(form);
    memory.set(form.dataset.key, given);
    answer(given);
    result?.querySelector("summary").focus();
  });
  const kept = memory.get(form.dataset.key);
  if (kept === null) return;
  giveBack(form, kept);
  if (givenAnswer(form) !== null) answer(kept);
}

if (typeof document !== "undefined") {
  for (const form of document.querySelectorAll("form.cc-question")) start(form);
}
