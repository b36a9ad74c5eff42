// What the connection explorer says: the names of weights, and the reader's unit in a sentence.

import { counts, outputCount, ownConnections } from "./connections.js";

const LETTERS = "abcdefghij";

/** A letter for the place in the window; weights of one's own carry the output's number as well. */
export function weightName({ kind }, output, input) {
  const letter = LETTERS[kind === "dense" ? input : input - output];
  return kind === "shared" ? letter : letter + below(output + 1);
}

/** Runs of [role, text], such as ["kernel", "a, b, c"]; the role tells what the text names. */
export function sentence(state) {
  return [...(state.side === "output" ? ofOutput(state) : ofInput(state)), ["", inAll(state)]];
}

function ofOutput(state) {
  const own = ownConnections(state);
  return [
    ["output", `Output ${state.unit + 1}`],
    ["", " reads "],
    ["input", group("input", own.map(({ input }) => input), state.size)],
    ["", own.length > 1 ? "; its weights " : "; its weight "],
    ["kernel", listed(state, own)],
    ["", belonging(state, own.length > 1)],
  ];
}

function belonging(state, isPlural) {
  const are = isPlural ? "are" : "is";
  if (state.kind !== "shared") return ` ${are} its own.`;
  if (outputCount(state) === 1) return ` ${are} its own, as there is no other output.`;
  return isPlural ? " are those of every other output." : " is that of every other output.";
}

function ofInput(state) {
  const own = ownConnections(state);
  return [
    ["input", `Input ${state.unit + 1}`],
    ["", " influences "],
    ["output", group("output", own.map(({ output }) => output), outputCount(state))],
    ["", own.length > 1 ? ", through the weights " : ", through the weight "],
    ["kernel", listed(state, own)],
    ["", "."],
  ];
}

function inAll(state) {
  const { connections, weights } = counts(state);
  const kept = weights === 1 ? "1 weight" : `${weights} different weights`;
  return ` In all: ${connections} connections, ${kept}.`;
}

/** Neighbouring units in words: input 3, inputs 3 to 5, all 8 inputs. */
function group(name, units, count) {
  const [first, last] = [units[0] + 1, units.at(-1) + 1];
  if (units.length === 1) return `${name} ${first}`;
  if (units.length === count) return `all ${count} ${name}s`;
  return `${name}s ${first} ${units.length === 2 ? "and" : "to"} ${last}`;
}

function listed(state, own) {
  const names = own.map(({ output, input }) => weightName(state, output, input));
  return names.length > 5 ? `${names[0]} to ${names.at(-1)}` : names.join(", ");
}

function below(number) {
  return String(number).replace(/\d/g, (digit) => String.fromCharCode(0x2080 + Number(digit)));
}
