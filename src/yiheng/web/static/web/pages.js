// Pictures of pages, asked for one after another as they come into view: the server draws one at a time, and requests
// that only wait for it are turned away.
"use strict";
(() => {
  const AGAIN = 5000;
  const waiting = [];
  let drawing = false;

  function next() {
    const picture = drawing ? null : waiting.shift();
    if (!picture) return;
    if (!picture.isConnected) return next();
    drawing = true;
    const end = () => {
      drawing = false;
      next();
    };
    picture.addEventListener("load", end, { once: true });
    picture.addEventListener("error", () => {
      setTimeout(() => seen.observe(picture), AGAIN);
      end();
    }, { once: true });
    picture.src = picture.dataset.page;
  }

  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      waiting.push(target);
    }
    next();
  }, { rootMargin: "400px" });

  document.addEventListener("htmx:afterSettle", () => {
    for (const picture of document.querySelectorAll("img[data-page]:not([src])")) seen.observe(picture);
  });
})();
