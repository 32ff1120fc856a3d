/* The drawer that shows where a number comes from. Pages work without it: each number is a link already. */
(function () {
  "use strict";
  var data = window.yihengSources;
  var drawer = document.getElementById("drawer");
  if (!data || !drawer) { return; }
  var body = document.getElementById("drawer-body");
  var FIRST = 40; // facts and uses shown at once
  var opener = null;
  var uses = null; // fact number -> entry numbers, built when first needed
  var byAddress = null;

  function text(number) { return data.texts[number]; }

  function make(tag, className, words) {
    var element = document.createElement(tag);
    if (className) { element.className = className; }
    if (words !== undefined) { element.textContent = words; }
    return element;
  }

  function pairs(items) {
    var list = make("dl", "pairs");
    items.forEach(function (item) {
      if (item[1]) {
        list.appendChild(make("dt", "", item[0]));
        list.appendChild(make("dd", "", item[1]));
      }
    });
    return list;
  }

  /* Show the first items and a button for the rest, so that a total of thousands opens at once. */
  function listed(list, items, draw) {
    var box = document.createDocumentFragment();
    items.slice(0, FIRST).forEach(function (item) { list.appendChild(draw(item)); });
    box.appendChild(list);
    if (items.length > FIRST) {
      var more = make("button", "", "显示其余 " + (items.length - FIRST) + " 项");
      more.type = "button";
      more.addEventListener("click", function () {
        items.slice(FIRST).forEach(function (item) { list.appendChild(draw(item)); });
        more.remove();
      });
      box.appendChild(more);
    }
    return box;
  }

  function usesOf(fact) {
    if (!uses) {
      uses = data.facts.map(function () { return []; });
      data.entries.forEach(function (entry, number) {
        entry[4].forEach(function (term) { uses[Math.abs(term) - 1].push(number); });
      });
    }
    return uses[fact];
  }

  /* All that is known of a fact but its amount, as pairs of name and value. */
  function traits(term) {
    var fact = data.facts[Math.abs(term) - 1];
    var dims = [];
    for (var i = 0; i < fact[11].length; i += 2) { dims.push([text(fact[11][i]), text(fact[11][i + 1])]); }
    return [["指标", text(fact[1])], ["年度", String(fact[0])], ["单位", text(fact[3])], ["口径", text(fact[2])]].concat(dims, [
      ["精度", text(fact[5])], ["日期", text(fact[6])], ["来源文件", text(fact[7])], ["出处", text(fact[8])],
      ["台账", text(fact[9])], ["查询", text(fact[10])]
    ]);
  }

  /* What all facts of a number share is said once above them. */
  function shared(terms) {
    var first = traits(terms[0]);
    if (terms.length < 2) { return []; }
    var counts = {};
    terms.forEach(function (term) {
      traits(term).forEach(function (pair) {
        var key = pair.join("\n");
        counts[key] = (counts[key] || 0) + 1;
      });
    });
    return first.filter(function (pair) { return counts[pair.join("\n")] === terms.length; });
  }

  function drawFact(common) {
    var said = {};
    common.forEach(function (pair) { said[pair.join("\n")] = true; });
    return function (term) {
      var fact = data.facts[Math.abs(term) - 1];
      var item = make("li");
      var sum = make("div", term < 0 ? "sum minus" : "sum");
      var link = make("a", "", (term < 0 ? "减 " : "") + "原始数 " + Math.abs(term));
      link.href = "sources.html#f" + Math.abs(term);
      sum.appendChild(link);
      sum.appendChild(make("b", "", text(fact[4])));
      item.appendChild(sum);
      item.appendChild(pairs(traits(term).filter(function (pair) { return !said[pair.join("\n")]; })));
      return item;
    };
  }

  function drawUse(number) {
    var entry = data.entries[number];
    var item = make("li");
    var link = make("a", "", text(entry[5]) + "：" + entry[1] + (text(entry[6]) ? " " + text(entry[6]) : ""));
    link.href = "#n" + (number + 1);
    item.appendChild(link);
    return item;
  }

  function others(number) {
    var seen = {};
    data.entries[number][4].forEach(function (term) {
      usesOf(Math.abs(term) - 1).forEach(function (other) { if (other !== number) { seen[other] = true; } });
    });
    return Object.keys(seen).map(Number).sort(function (a, b) { return a - b; });
  }

  function drawFinding(finding) {
    var words = finding[1] + (finding[2] ? "（" + finding[2] + "）：" : "：") + finding[3] + (finding[4] ? "。" + finding[4] : "");
    return make("p", "result " + finding[0], words);
  }

  function show(number) {
    var entry = data.entries[number];
    var status = data.statuses[entry[2]];
    body.textContent = "";
    body.appendChild(make("p", "big", (entry[1] || "（空白）") + (text(entry[6]) ? " " + text(entry[6]) : "")));
    body.appendChild(make("p", "where", text(entry[5])));
    body.appendChild(pairs([
      ["计算值", text(entry[7])], ["可能区间", text(entry[8])],
      ["状态", status[0] + "：" + (entry[3] ? data.given : status[1])],
      ["规则", text(entry[9])], ["出处", text(entry[10])], ["地址", entry[0]]
    ]));
    var results = data.findings[entry[0]];
    if (results) {
      body.appendChild(make("h3", "", "审核结果"));
      results.forEach(function (finding) { body.appendChild(drawFinding(finding)); });
    }
    if (entry[4].length) {
      body.appendChild(make("h3", "", "原始数（" + entry[4].length + " 项）"));
      var common = shared(entry[4]);
      if (common.length) { body.appendChild(pairs(common)); }
      body.appendChild(listed(make("ul", "facts"), entry[4], drawFact(common)));
      var elsewhere = others(number);
      if (elsewhere.length) {
        body.appendChild(make("h3", "", "同一原始数还用于（" + elsewhere.length + " 处）"));
        body.appendChild(listed(make("ul", "uses"), elsewhere, drawUse));
      }
    }
  }

  /* Highlight one number, or none (−1). */
  function mark(number) {
    document.querySelectorAll(".n.open").forEach(function (open) { open.classList.remove("open"); });
    var anchor = document.getElementById("n" + (number + 1));
    if (anchor) { anchor.classList.add("open"); }
    return anchor;
  }

  function open(number, scroll) {
    if (!data.entries[number]) { return; }
    var anchor = mark(number);
    show(number);
    drawer.hidden = false;
    drawer.scrollTop = 0;
    document.documentElement.classList.add("drawer-open");
    if (anchor) {
      var place = scroll ? "center" : "nearest";
      anchor.scrollIntoView({ block: place, inline: place });
    }
    opener = anchor || opener;
    drawer.focus({ preventScroll: true });
    history.replaceState(null, "", "#cell=" + encodeURIComponent(data.entries[number][0]));
  }

  function close() {
    if (drawer.hidden) { return; }
    drawer.hidden = true;
    document.documentElement.classList.remove("drawer-open");
    mark(-1);
    history.replaceState(null, "", location.pathname + location.search);
    if (opener) { opener.focus({ preventScroll: true }); }
  }

  function numberOf(hash) {
    var plain = /^#n(\d+)$/.exec(hash);
    if (plain) { return Number(plain[1]) - 1; }
    if (hash.indexOf("#cell=") !== 0) { return -1; }
    var address;
    try { address = decodeURIComponent(hash.slice(6)); } catch (error) { return -1; }
    if (!byAddress) {
      byAddress = {};
      data.entries.forEach(function (entry, number) {
        if (!Object.prototype.hasOwnProperty.call(byAddress, entry[0])) { byAddress[entry[0]] = number; }
      });
    }
    return Object.prototype.hasOwnProperty.call(byAddress, address) ? byAddress[address] : -1;
  }

  function follow() {
    var number = numberOf(location.hash);
    if (number >= 0) { open(number, true); }
  }

  /* Arrow keys walk from number to number inside a table: there are hundreds of them. */
  function walk(event, from) {
    var cell = from.closest("td, th");
    var row = cell && cell.parentNode;
    var step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!row || !step) { return; }
    var target = null;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      var across = Array.from(row.querySelectorAll("a.n"));
      target = across[across.indexOf(from) + step];
    } else {
      var place = cell.cellIndex;
      for (var next = row; next && !target;) {
        next = step < 0 ? next.previousElementSibling : next.nextElementSibling;
        target = next && next.cells[place] && next.cells[place].querySelector("a.n");
      }
    }
    if (target) {
      event.preventDefault();
      target.focus();
    }
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    var reference = link.getAttribute("href") || "";
    var number = link.classList.contains("n") ? Number(link.id.slice(1)) - 1 : numberOf(reference);
    if (number >= 0) {
      event.preventDefault();
      open(number, !link.classList.contains("n"));
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { close(); }
    var at = document.activeElement;
    if (at && at.classList.contains("n")) { walk(event, at); }
  });
  document.getElementById("drawer-close").addEventListener("click", close);
  window.addEventListener("hashchange", follow);
  follow();
})();
