// The contents of a page follow its reader: the entry of the section that is being read is marked.
"use strict";

const UPPER = 0.15; // of the screen: a section is being read when its heading has come up so far

/** Mark the entry of what is being read in a list of contents. */
function follow(nav) {
  const links = [...nav.querySelectorAll("a[href^='#']")];
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let chosen = -1; // an entry that was followed: it counts until the reader goes on
  let wanted = false;

  const top = (index) => places[index]?.getBoundingClientRect().top ?? Infinity;
  const isChosen = () => chosen >= 0 && top(chosen) >= 0 && top(chosen) < innerHeight;

  /** On the last screen the line goes down to its foot, or short last sections would never be read. */
  function reading() {
    if (isChosen()) return chosen;
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    const last = Math.max(1 - left / innerHeight, 0);
    const line = innerHeight * (UPPER + (1 - UPPER) * last);
    return places.findLastIndex((_, index) => top(index) < line);
  }

  function mark() {
    wanted = false;
    const now = reading();
    links.forEach((link, index) => {
      link.classList.toggle("active", index === now);
      if (index === now) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    if (!nav.contains(document.activeElement)) bringIntoView(links[now]);
  }

  /** Once for each picture that is drawn, however often it is asked for. */
  function soon() {
    if (!wanted) requestAnimationFrame(mark);
    wanted = true;
  }

  function choose(hash) {
    chosen = links.findIndex((link) => link.hash === hash);
    soon();
  }

  // The reader goes on by any of these; that the page scrolls may also be due to the choice.
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    addEventListener(kind, () => { chosen = -1; }, { passive: true, capture: true });
  }
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  addEventListener("hashchange", () => choose(location.hash));
  nav.addEventListener("click", (event) => choose(event.target.closest("a")?.hash));
  nav.addEventListener("focusout", soon);
  document.querySelector(".secondary-toggle")?.addEventListener("click", soon);
  choose(location.hash);
}

/** Scroll the list, and nothing but the list, as far as an entry needs to be seen. */
function bringIntoView(link) {
  const box = link?.closest(".bd-sidebar-secondary, dialog");
  if (!box) return;
  const [entry, frame] = [link.getBoundingClientRect(), box.getBoundingClientRect()];
  if (entry.top < frame.top) box.scrollTop -= frame.top - entry.top + entry.height;
  else if (entry.bottom > frame.bottom) box.scrollTop += entry.bottom - frame.bottom + entry.height;
}

for (const nav of document.querySelectorAll("nav.page-toc")) follow(nav);
