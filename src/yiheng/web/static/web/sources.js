// The drawer that shows where a number comes from. Without it every number is a link to the page of its source.
"use strict";
(() => {
  const drawer = document.getElementById("drawer");
  const body = document.getElementById("drawer-body");
  let opener = null;

  function close() {
    if (!drawer || drawer.hidden) return;
    drawer.hidden = true;
    document.body.classList.remove("with-drawer");
    if (opener) {
      opener.classList.remove("open");
      opener.removeAttribute("aria-expanded");
      opener.focus();
    }
  }

  function open(link) {
    if (opener) {
      opener.classList.remove("open");
      opener.removeAttribute("aria-expanded");
    }
    opener = link;
    link.classList.add("open");
    link.setAttribute("aria-expanded", "true");
    const past = link.classList.contains("past");
    document.getElementById("drawer-title").textContent = past ? worded("历次文字") : worded("数据来源");
    body.textContent = worded("正在查找……");
    drawer.hidden = false;
    document.body.classList.add("with-drawer");
    htmx.ajax("GET", link.href, { target: body, swap: "innerHTML" }).then(() => {
      drawer.scrollTop = 0;
      drawer.focus({ preventScroll: true });
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    if (!drawer || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (event.target.closest("[data-close]")) return close();
    const link = event.target.closest("a.n, a.past");
    if (link && link.closest("[data-sources]")) {
      event.preventDefault();
      open(link);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.addEventListener("saved", close);
  document.addEventListener("htmx:responseError", (event) => {
    if (body?.contains(event.detail.target)) event.detail.target.textContent = worded("查不到来源：请刷新页面后重试。");
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (body?.contains(event.detail.target)) event.detail.target.textContent = worded("网络不通：请检查连接后重试。");
  });

  // A link to a cell leads into the scrolled table as well.
  function show() {
    const cell = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (cell) cell.scrollIntoView({ block: "center", inline: "center" });
  }
  window.addEventListener("hashchange", show);
  window.addEventListener("load", show);
})();
