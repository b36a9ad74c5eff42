// Figures far down a page: their scripts are fetched when a reader comes within a screen of them.
"use strict";

/** Fetch the scripts that wait; they run in their order. */
function fetchScripts() {
  for (const waiting of document.querySelectorAll('script[type="text/late"]')) {
    const script = document.createElement("script");
    script.async = false;
    script.src = waiting.src;
    waiting.replaceWith(script);
  }
}

const watch = new IntersectionObserver((entries) => {
  if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
  watch.disconnect();
  fetchScripts();
}, { rootMargin: "100% 0px" });
for (const figure of document.querySelectorAll(".cc-play")) watch.observe(figure);
