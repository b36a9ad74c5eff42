// Places between four corners of a latent space: the weights of the corners there, and where their
// images lie in the stored sheet.

/** Rows and columns of places. */
export const SIDE = 5;

/** The digits that are drawn at each. */
export const DIGITS = 10;

/** The corners: top left, top right, bottom left, bottom right. */
export const CORNERS = ["A", "B", "C", "D"];

/**
 * The weights of the corners at a row and column. The ways between corners are arcs: the corners
 * stand at right angles and have one length, so that it takes the cosine and the sine of a share of
 * a right angle to go from one to the next, first across, then down.
 */
export function weights([row, column], size = SIDE) {
  const [down, across] = [row, column].map((at) => ends(at / (size - 1)));
  return down.flatMap((vertical) => across.map((horizontal) => vertical * horizontal));
}

function ends(share) {
  // The cosine of a right angle is 0, but for rounding.
  return share === 0 ? [1, 0] : share === 1 ? [0, 1] : [Math.cos, Math.sin].map((f) => f((share * Math.PI) / 2));
}

/** Which of the stored images of a stage and digit shows a place, counted through all of them. */
export function frameOf(stage, digit, [row, column]) {
  return (stage * DIGITS + digit) * SIDE ** 2 + row * SIDE + column;
}

/** Where an image lies in the sheet, [row, column]: a row for each stage and digit. */
export function placeOf(frame) {
  return [Math.floor(frame / SIDE ** 2), frame % SIDE ** 2];
}
