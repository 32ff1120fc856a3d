// Dialogs: a button with data-opens shows the one of that id, data-closes hides it, data-open shows it at once.
"use strict";
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog").close();
});
document.querySelector("dialog[data-open]")?.showModal();
