// What the pooling stepper says: the numbers of the window, what is made of them, what is left out.

import { bracketed, decimal, exact, isRounded } from "./numbers.js";
import { numbersIn, response, unread, winner } from "./pooling.js";

/** Runs of [role, text], such as ["input", "8"]; the role tells what the number is. */
export function sentence(state) {
  const [row, column] = state.position;
  const numbers = numbersIn(state, row, column);
  const result = response(state, row, column);
  return [
    ["", `Row ${row + 1}, column ${column + 1}: `],
    ...(state.kind === "max" ? largest(numbers) : mean(numbers)),
    ["", isRounded(numbers, result) ? " ≈ " : " = "],
    ["output", decimal(result)],
    ...(state.kind === "max" ? tie(numbers) : []),
    ...leftOut(state),
  ];
}

/** The formula of the output's size, one for both axes where they agree. */
export function sizes({ image: [rows], kernel_size: size, stride }) {
  const [tall, wide] = [rows.length, rows[0].length].map((length) => count(length, size, stride));
  return tall === wide ? tall : `rows ${tall}, columns ${wide}`;
}

function largest(numbers) {
  return [["kernel", "max"], ["", "("], ...joined(numbers.map(exact), ", "), ["", ")"]];
}

function mean(numbers) {
  const parts = joined(numbers.map(bracketed), " + ");
  return [["", "("], ...parts, ["", ") / "], ["kernel", String(numbers.length)]];
}

function joined(texts, sign) {
  return texts.flatMap((text, index) => [...(index > 0 ? [["", sign]] : []), ["input", text]]);
}

/** Of equal numbers the first in reading order wins, as in the library's backward pass. */
function tie(numbers) {
  const { equals } = winner(numbers);
  return equals > 1 ? [["", `, the first of ${equals} equal numbers`]] : [];
}

function leftOut(state) {
  const [rows, columns] = unread(state);
  const parts = [listed("row", rows), listed("column", columns)].filter((text) => text !== "");
  return parts.length > 0 ? [["", `. Never read: ${parts.join(", ")}.`]] : [];
}

function listed(name, indices) {
  const places = indices.map((index) => index + 1);
  if (places.length < 2) return places.length === 0 ? "" : `${name} ${places[0]}`;
  return `${name}s ${places.slice(0, -1).join(", ")} and ${places.at(-1)}`;
}

function count(length, size, stride) {
  const steps = (length - size) / stride;
  const whole = Math.floor(steps);
  const rounded = steps === whole ? "" : ` = ⌊${decimal(steps)}⌋ + 1`;
  return `⌊(${length} − ${size}) / ${stride}⌋ + 1${rounded} = ${whole + 1}`;
}
