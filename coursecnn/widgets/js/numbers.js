// Numbers as readers write and read them.

const MINUS = "\u2212";

function signed(text) {
  return text.replace("-", MINUS);
}

/** At most two decimals, a true minus sign, no trailing zeros. */
export function decimal(number) {
  return signed(String(Number(number.toFixed(2)) + 0));
}

/** Three decimals, or the first digit where that stands further behind. */
export function precise(number) {
  const size = Math.abs(number);
  if (size < 5e-6) return "0";
  const digits = Math.max(3, Math.ceil(-Math.log10(size)));
  return signed(String(Number(number.toFixed(digits))));
}

/** A value that can be typed back without loss where that is short: −3, 0.25, 1/9. */
export function exact(number) {
  if (Number(number.toFixed(2)) === number) return decimal(number);
  for (let denominator = 3; denominator <= 16; denominator += 1) {
    const numerator = Math.round(number * denominator);
    if (numerator !== 0 && Math.abs(number * denominator - numerator) < 1e-9) {
      return signed(`${numerator}/${denominator}`);
    }
  }
  return signed(String(Number(number.toPrecision(3))));
}

/** The number that a reader typed, or null: −3, 0.25, 0,25, 1/9 and 1e-2 are numbers. */
export function parse(text) {
  const plain = text.trim().replace(MINUS, "-").replace(",", ".");
  const parts = plain.split("/");
  if (plain === "" || parts.length > 2 || parts.some((part) => part.trim() === "")) return null;
  const [numerator, denominator = 1] = parts.map(Number);
  const number = numerator / denominator;
  return Number.isFinite(number) ? number : null;
}

/** A number within a sum or product: a negative one stands in brackets. */
export function bracketed(number) {
  return number < 0 ? `(${exact(number)})` : exact(number);
}

/** Whether a result, or the numbers that it is made of, are written shorter than they are. */
export function isRounded(numbers, result) {
  return parse(decimal(result)) !== result || numbers.some((n) => parse(exact(n)) !== n);
}
