// The editor of the narrative: only reasons and texts can be typed into; figures are chips that nothing can be typed over.
"use strict";
(() => {
  const editor = () => document.getElementById("editor");
  const places = () => Array.from(document.querySelectorAll("#editor .place"));
  const words = (place) => place.innerText.replace(/\u00a0/g, " ").replace(/\n$/, "");
  const dirty = (place) => words(place).trim() !== place.dataset.stored.trim();
  let at = -1;
  let saving = false;

  function refresh() {
    const save = document.querySelector("[data-save-now]");
    if (!save) return;
    const count = places().filter((place) => place.classList.toggle("is-dirty", dirty(place))).length;
    document.querySelector("[data-state]").textContent = count ? `${count} 处改动未保存` : "没有未保存的改动";
    save.disabled = saving || !count;
    document.querySelector("[data-discard]").disabled = saving || !count;
  }

  function save() {
    const changes = places().filter(dirty).map((place) => {
      const paragraph = place.closest(".para");
      const chips = Array.from(paragraph.querySelectorAll(".chip")).map((chip) => [chip.dataset.address, chip.textContent]);
      return {
        sentence: paragraph.dataset.sentence, record: place.dataset.record, subject: place.dataset.subject,
        key: place.dataset.key, version: Number(place.dataset.version), text: words(place), chips,
      };
    });
    if (!changes.length || saving) return;
    saving = true;
    refresh();
    document.querySelector("[data-state]").textContent = "正在保存……";
    htmx.ajax("POST", editor().dataset.save, {
      target: "#editor", swap: "outerHTML", values: { changes: JSON.stringify(changes) },
    }).finally(() => {
      saving = false;
      refresh();
      const said = document.querySelector("#editor .alert-danger, #editor .alert-success");
      if (said) said.scrollIntoView({ block: "center" });
    });
  }

  function nextMissing() {
    const all = Array.from(document.querySelectorAll("#editor .narrative [id^='missing-']"));
    if (!all.length) return;
    at = (at + 1) % all.length;
    all[at].scrollIntoView({ block: "center" });
    all[at].focus();
  }

  document.addEventListener("input", (event) => {
    if (event.target.closest(".place")) refresh();
  });
  // Browsers without "plaintext-only" would take the format of what is pasted along.
  document.addEventListener("paste", (event) => {
    const place = event.target.closest && event.target.closest(".place");
    if (!place) return;
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-save-now]")) save();
    if (event.target.closest("[data-next-missing]")) nextMissing();
    if (event.target.closest("[data-discard]")) {
      for (const place of places()) place.textContent = place.dataset.stored;
      refresh();
    }
    const jump = event.target.closest("a[href^='#missing-']");
    const to = jump && document.getElementById(jump.hash.slice(1));
    if (to) {
      event.preventDefault();
      to.scrollIntoView({ block: "center" });
      to.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && editor()) {
      event.preventDefault();
      save();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (places().some(dirty)) event.preventDefault();
  });
  document.addEventListener("htmx:afterSettle", refresh);
  refresh();
})();
