// A place that walks over a grid in reading order.

/** The place `count` steps on, or null beyond either end of the grid. */
export function walked([row, column], [rows, columns], count) {
  const index = row * columns + column + count;
  if (index < 0 || index >= rows * columns) return null;
  return [Math.floor(index / columns), index % columns];
}

/** The place itself, or the nearest one that the grid has. */
export function kept([row, column], [rows, columns]) {
  return [Math.min(row, rows - 1), Math.min(column, columns - 1)];
}
