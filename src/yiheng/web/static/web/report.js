// The editor of the narrative: only reasons and texts can be typed into; figures are chips that nothing can be typed over.
"use strict";
(() => {
  const editor = () => document.getElementById("editor");
  const places = () => Array.from(document.querySelectorAll("#editor .place"));
  // A figure that the words name counts as its address, whatever it prints.
  const told = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    if (node.dataset.raw) return node.dataset.raw;
    if (node.tagName === "BR") return "\n";
    const inside = Array.from(node.childNodes).map(told).join("");
    return /^(DIV|P)$/.test(node.tagName) ? `\n${inside}` : inside;
  };
  const words = (place) => Array.from(place.childNodes).map(told).join("").replace(/\u00a0/g, " ").replace(/\n$/, "");
  const dirty = (place) => words(place).trim() !== place.dataset.stored.trim();
  const original = new WeakMap();
  let at = -1;
  let caret = null;
  let saving = false;

  function refresh() {
    const save = document.querySelector("[data-save-now]");
    if (!save) return;
    const count = places().filter((place) => place.classList.toggle("is-dirty", dirty(place))).length;
    document.querySelector("[data-state]").textContent = count ? worded("{count} 处改动未保存", { count }) : worded("没有未保存的改动");
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
    document.querySelector("[data-state]").textContent = worded("正在保存……");
    htmx.ajax("POST", editor().dataset.save, {
      target: "#editor", swap: "outerHTML", values: { changes: JSON.stringify(changes) },
    }).finally(() => {
      saving = false;
      refresh();
      const said = document.querySelector("#editor .alert-danger, #editor .alert-success");
      if (said) said.scrollIntoView({ block: "center" });
    });
  }

  function remember() {
    for (const place of places()) {
      if (!original.has(place) && !dirty(place)) original.set(place, Array.from(place.cloneNode(true).childNodes));
    }
  }

  // Where the reader last was in a text; the dialog takes the focus away.
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const node = range.startContainer;
    const place = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("#editor .place");
    if (place && place.contains(range.endContainer)) caret = { place, range: range.cloneRange() };
  });

  function insert(raw, shown) {
    const chip = document.createElement("span");
    chip.className = "bound";
    chip.contentEditable = "false";
    chip.dataset.raw = raw;
    chip.textContent = shown;
    const target = caret && document.contains(caret.place) ? caret : { place: places()[0], range: null };
    if (!target.place) return;
    if (target.range) {
      target.range.deleteContents();
      target.range.insertNode(chip);
    } else target.place.append(chip);
    document.getElementById("picker").close();
    target.place.focus();
    const after = document.createRange();
    after.setStartAfter(chip);
    after.collapse(true);
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(after);
    refresh();
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
    const pick = event.target.closest("[data-insert]");
    if (pick) insert(pick.dataset.insert, pick.dataset.shown);
    if (event.target.closest("[data-discard]")) {
      for (const place of places()) {
        const was = original.get(place);
        place.replaceChildren(...(was ? was.map((node) => node.cloneNode(true)) : [place.dataset.stored]));
      }
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
  document.addEventListener("htmx:afterSettle", () => { remember(); refresh(); });
  remember();
  refresh();
})();
