// Saving a notebook from a page that was opened from a disk. There a browser shows a file instead of
// saving it, and lets no script read it; so its text also lies beside it as a script.
"use strict";

/** Called by the script beside a notebook. */
window.coursecnnSave = (name, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ipynb+json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[download]");
  if (link?.protocol !== "file:") return;
  event.preventDefault();
  const script = document.createElement("script");
  script.src = `${link.href}.js`;
  script.addEventListener("load", () => script.remove());
  script.addEventListener("error", () => location.assign(link.href));
  document.head.append(script);
});
