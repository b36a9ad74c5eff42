// Tables that can be sorted: their headings become buttons, and what was done is said.
"use strict";

/** What a cell is sorted by: its number, or its text; nothing for a dash. */
function keyOf(cell) {
  if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
  const text = cell.textContent.trim();
  return text === "" || text === "–" ? null : text;
}

/** Order of two keys; numbers before texts, and what is not known behind everything, both ways. */
function compare(first, second, sign) {
  if (first === null || second === null) return (first === null) - (second === null);
  if (typeof first === "number" && typeof second === "number") return sign * (first - second);
  if (typeof first !== typeof second) return typeof first === "number" ? -1 : 1;
  return sign * first.localeCompare(second, "en", { numeric: true });
}

function makeSortable(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows]; // in the order of the page, which decides among equals
  const heads = [...table.tHead.rows[0].cells];
  const said = document.createElement("p");
  said.className = "cc-sortable__said";
  said.setAttribute("role", "status");
  table.before(said);
  said.textContent = "Press a heading to sort the rows.";

  function sort(column) {
    const head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = rows.map((row) => [keyOf(row.cells[column]), row]);
    keyed.sort(([a], [b]) => compare(a, b, down ? -1 : 1));
    body.append(...keyed.map(([, row]) => row));
    said.textContent = `Sorted by ${head.textContent}, ${down ? "descending" : "ascending"}.`;
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(column));
    head.append(button);
  });
}

for (const table of document.querySelectorAll("table.cc-sortable")) makeSortable(table);
