// Questions on a page: `{quiz}` says what an answer means, `{predict}` unfolds the result, and quizzes
// that follow each other are a card that shows one at a time and keeps the score.
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

/** The result of a prediction; a quiz has none. */
function resultOf(form) {
  return form.parentElement.querySelector(":scope > .cc-result");
}

/** What the page says to each answer: the items of the list below a quiz, or in a result. */
function repliesOf(form) {
  return [...(resultOf(form) ?? form).querySelectorAll("[data-for]")];
}

/** The item that belongs to an answer, if there is one. */
function replyTo(form, answer) {
  const replies = repliesOf(form);
  const keys = replies.map((reply) => reply.dataset.for);
  const { answer: right = NaN, tolerance = 0 } = form.dataset;
  const typed = isTyped(form) ? readNumber(answer) : null;
  const key = isTyped(form) ? keyFor(typed, keys, Number(right), Number(tolerance)) : answer;
  return replies[keys.indexOf(key)] ?? null;
}

function make(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  if (tag === "button") element.type = "button";
  return element;
}

/** Say something in the live line below the question: a verdict in bold, and why. */
function say(form, verdict, opening, why) {
  const status = form.querySelector(".cc-feedback");
  status.dataset.verdict = verdict;
  const parts = [document.createElement("strong"), " "];
  parts[0].textContent = opening;
  if (why) parts.push(...[...why.childNodes].map((node) => node.cloneNode(true)));
  status.replaceChildren(...parts);
}

/** Mark an answer in its list, in words: what it is belongs to its name from now on. */
function mark(form, answer, verdict, words) {
  const label = form.querySelector(`input[value="${answer}"]`)?.closest(".cc-answer");
  if (!label || isTyped(form)) return;
  label.dataset.verdict = verdict;
  label.querySelector(".cc-mark")?.remove();
  label.append(make("span", "cc-mark", words));
}

function askAgain(form) {
  say(form, "none", isTyped(form) ? "Type a number, such as 280 or 0.5." : "Choose an answer first.");
}

function check(form, answer) {
  const reply = replyTo(form, answer);
  const isRight = reply?.dataset.right === "yes";
  const opening = isRight ? "Right." : reply === null ? "Not this number. Try again." : "Not yet.";
  say(form, isRight ? "right" : "wrong", opening, reply?.querySelector(".cc-why"));
  mark(form, answer, isRight ? "right" : "wrong", isRight ? "✓ right" : "✗ not this");
  form.classList.add("cc-answered");
  return isRight;
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

/** Keep the guess as it is, mark what is right, and unfold the result. */
function commit(form, answer) {
  const verdict = outcome(form, answer, replyTo(form, answer));
  const right = repliesOf(form).find((reply) => reply.dataset.right === "yes");
  const number = isTyped(form) && verdict === "wrong" && right?.querySelector(".cc-said").textContent;
  const opening = number ? `It comes out differently: ${number}.` : OUTCOMES[verdict];
  say(form, verdict, opening, replyTo(form, answer)?.querySelector(".cc-why"));
  mark(form, answer, verdict, verdict === "wrong" ? "✗ your guess" : "your guess");
  if (right) mark(form, right.dataset.for, "right", "✓ right");
  form.querySelector("fieldset").disabled = true;
  form.classList.add("cc-answered");
  resultOf(form).hidden = false;
  resultOf(form).open = true;
  return verdict === "right";
}

/** Let a form speak; `heard` is told of each answer, from this visit or an earlier one. */
function start(form, heard = () => {}) {
  const result = resultOf(form);
  const answer = (given) => heard((result ? commit : check)(form, given));
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

/** Put a form back to the state in which a new reader finds it. */
function forget(form) {
  memory.set(form.dataset.key, null);
  form.reset();
  form.classList.remove("cc-answered");
  form.querySelector(".cc-feedback").replaceChildren();
  form.querySelector(".cc-explanations").open = false;
  for (const label of form.querySelectorAll("[data-verdict]")) delete label.dataset.verdict;
  for (const words of form.querySelectorAll(".cc-mark")) words.remove();
}

// --- a card of several quizzes ---

const SIGNS = { open: "•", right: "✓", wrong: "✗" };
const SPOKEN = { open: "not answered", right: "right at the first try", wrong: "not at the first try" };

/** What a card says of the first tries so far. */
function scoreOf(firsts) {
  const number = firsts.length;
  const answered = firsts.filter((first) => first !== "open").length;
  const right = firsts.filter((first) => first === "right").length;
  if (answered === 0) return "";
  const opening = answered < number ? `${answered} of ${number} answered` : `All ${number} answered`;
  return `${opening}, ${right} right at the first try.`;
}

class Card {
  constructor(box) {
    this.box = box;
    this.forms = [...box.querySelectorAll(":scope > form.cc-question")];
    this.firsts = this.forms.map(() => "open");
    this.build();
    this.forms.forEach((form, place) => {
      start(form, (isRight) => this.hear(place, isRight));
      form.addEventListener("submit", () => this.leadOn(form)); // after what `start` does then
    });
    const open = this.firsts.indexOf("open");
    this.show(open === -1 ? 0 : open);
  }

  build() {
    this.dots = this.forms.map((_, place) => {
      const dot = make("button", "cc-dot");
      dot.addEventListener("click", () => this.turnTo(place));
      return dot;
    });
    const dots = make("div", "cc-dots");
    dots.setAttribute("role", "group");
    dots.setAttribute("aria-label", "Questions of this card");
    dots.append(...this.dots);
    this.count = make("span", "cc-count");
    this.count.ariaHidden = "true"; // each legend says it
    const head = make("div", "cc-head");
    head.append(this.count, dots);
    this.box.querySelector(".cc-box-label").after(head);

    this.score = make("p", "cc-score");
    this.next = make("button", "cc-next", "Next question");
    this.next.addEventListener("click", () => this.turnTo(this.place + 1));
    this.again = make("button", "cc-again", "Start again");
    this.again.addEventListener("click", () => this.restart());
    const foot = make("div", "cc-foot");
    foot.append(this.score, this.again, this.next);
    this.box.append(foot);
  }

  /** An answer was given: the first one counts. */
  hear(place, isRight) {
    const key = `${this.forms[place].dataset.key}:first`;
    this.firsts[place] = memory.get(key) ?? (isRight ? "right" : "wrong");
    memory.set(key, this.firsts[place]);
    this.paint();
  }

  /** After a right answer the focus waits where the card goes on. */
  leadOn(form) {
    const isRight = form.querySelector(".cc-feedback").dataset.verdict === "right";
    if (isRight && !this.next.hidden) this.next.focus({ preventScroll: true });
  }

  show(place) {
    this.place = place;
    this.forms.forEach((form, index) => {
      form.hidden = index !== place;
    });
    this.paint();
  }

  /** Show a question and lead the reader to it, who hears its place and its text. */
  turnTo(place) {
    this.show(place);
    const legend = this.forms[place].querySelector("legend");
    legend.tabIndex = -1;
    legend.focus();
  }

  paint() {
    this.dots.forEach((dot, index) => {
      const first = this.firsts[index];
      dot.dataset.first = first;
      dot.textContent = SIGNS[first];
      dot.setAttribute("aria-label", `Question ${index + 1}: ${SPOKEN[first]}`);
      if (index === this.place) dot.setAttribute("aria-current", "step");
      else dot.removeAttribute("aria-current");
    });
    this.count.textContent = `${this.place + 1}/${this.forms.length}`;
    const score = scoreOf(this.firsts);
    if (this.score.textContent !== score) this.score.textContent = score;
    this.next.hidden = this.place === this.forms.length - 1;
    this.again.hidden = this.firsts.includes("open");
  }

  restart() {
    for (const form of this.forms) {
      forget(form);
      memory.set(`${form.dataset.key}:first`, null);
    }
    this.firsts.fill("open");
    this.turnTo(0);
  }
}

/** Say beside the button which keys there are; the style sheet shows it while they work. */
function tellKeys(form) {
  const answers = form.querySelectorAll("input[type=radio]").length;
  if (answers) form.querySelector(".cc-commit").after(make("span", "cc-keys", `Keys 1–${answers} choose, Enter confirms.`));
}

/** While the focus is in a box, the keys 1 to 9 choose an answer; a field for text keeps its digits. */
function chooseByKey(box) {
  box.querySelectorAll("form.cc-question").forEach(tellKeys);
  box.tabIndex = -1; // a click into the box brings the focus
  box.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    if (!/^[1-9]$/.test(key) || ctrlKey || altKey || metaKey || target.matches("input[type=text]")) return;
    if (target.closest(".cc-result")) return; // what lies there has keys of its own
    const form = box.querySelector("form.cc-question:not([hidden])");
    const radio = form.querySelectorAll("input[type=radio]")[Number(key) - 1];
    if (!radio || radio.matches(":disabled")) return;
    event.preventDefault();
    radio.checked = true;
    radio.focus();
  });
}

if (typeof document !== "undefined") {
  for (const box of document.querySelectorAll(".cc-box:has(> form.cc-question)")) {
    if (box.matches(".cc-card")) new Card(box);
    else start(box.querySelector(":scope > form.cc-question"));
    chooseByKey(box);
  }
}
