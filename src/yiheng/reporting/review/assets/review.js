"use strict";
// Filters the findings and keeps decisions: on this machine as they are made, in a file when they are exported.
(() => {
  const kept = JSON.parse(document.getElementById("kept").textContent);
  const filters = document.getElementById("filters");
  if (!filters) return;
  const articles = [...document.querySelectorAll("article")];
  const state = document.getElementById("state");
  const store = `yiheng-review:${kept.file}`;
  const decisions = new Map(kept.decisions.map((decision) => [decision.key, decision]));
  try {
    for (const decision of JSON.parse(localStorage.getItem(store) || "[]")) decisions.set(decision.key, decision);
  } catch {
    state.textContent = "浏览器不保存本地数据，请及时导出裁定。";
  }

  const shown = (article) => decisions.get(article.dataset.key);
  const apply = () => {
    const levels = new Set([...filters.querySelectorAll("[name=severity]:checked")].map((box) => box.value));
    const { rule, decision, words } = filters.elements;
    let visible = 0;
    for (const article of articles) {
      const verdict = shown(article)?.verdict || "open";
      article.classList.toggle("dismissed", verdict === "dismissed");
      article.hidden =
        !levels.has(article.dataset.severity) ||
        (rule.value && article.dataset.rule !== rule.value) ||
        (decision.value && verdict !== decision.value) ||
        (words.value && !article.textContent.includes(words.value.trim()));
      if (!article.hidden) visible += 1;
    }
    const open = articles.filter((article) => !shown(article)).length;
    state.textContent = `显示 ${visible} / ${articles.length} 条，未裁定 ${open} 条`;
  };

  const save = () => {
    try {
      localStorage.setItem(store, JSON.stringify([...decisions.values()]));
    } catch {
      state.textContent = "浏览器不保存本地数据，请及时导出裁定。";
    }
  };

  for (const article of articles) {
    const verdict = article.querySelector("[name=verdict]");
    const reason = article.querySelector("[name=reason]");
    const before = shown(article);
    if (before) {
      verdict.value = before.verdict;
      reason.value = before.reason || "";
    }
    const change = () => {
      reason.required = verdict.value === "dismissed";
      if (verdict.value) {
        decisions.set(article.dataset.key, {
          key: article.dataset.key,
          verdict: verdict.value,
          reason: reason.value.trim(),
          reviewer: filters.elements.reviewer.value.trim(),
          on: new Date().toISOString().slice(0, 10),
          rule: article.dataset.rule,
          quote: article.dataset.quote,
        });
      } else {
        decisions.delete(article.dataset.key);
      }
      save();
      apply();
    };
    verdict.addEventListener("change", change);
    reason.addEventListener("change", change);
  }

  // The page opens at the marked place.
  for (const picture of document.querySelectorAll("figure img")) {
    const figure = picture.closest("figure");
    const centre = () => {
      const mark = figure.querySelector(".frame");
      if (mark) figure.scrollTop = mark.offsetTop - figure.clientHeight / 3;
    };
    picture.addEventListener("load", centre);
    if (picture.complete) centre();
  }

  document.getElementById("export").addEventListener("click", () => {
    const missing = articles.find(
      (article) => shown(article)?.verdict === "dismissed" && !shown(article).reason,
    );
    if (missing) {
      missing.hidden = false;
      missing.querySelector("[name=reason]").focus();
      state.textContent = "判为“不是问题”的要写理由。";
      return;
    }
    const data = JSON.stringify({ file: kept.file, decisions: [...decisions.values()] }, null, 2);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    URL.revokeObjectURL(link.href);
    state.textContent = "已导出。把文件放回本次审校结果的文件夹，下次审校会读入。";
  });
  filters.addEventListener("input", apply);
  apply();
})();
