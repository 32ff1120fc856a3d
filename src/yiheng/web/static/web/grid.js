// The grid's page: loads the rows, checks what is typed, saves, and shows problems, conflicts, comments and versions.
"use strict";
(() => {
  const config = JSON.parse(document.getElementById("grid-config").textContent);
  const place = document.getElementById("grid");
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const button = (text, act, name = "btn btn-sm") => {
    const found = make("button", name, text);
    found.type = "button";
    found.addEventListener("click", act);
    return found;
  };
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

  async function ask(url, body) {
    const options = body === undefined ? {} : {
      method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    };
    let answer;
    try {
      answer = await fetch(url, { credentials: "same-origin", ...options });
    } catch {
      return { error: worded("连接不上服务器，改动还在页面上。请稍后再保存。") };
    }
    if (answer.redirected) return { error: worded("登录已失效。请在另一个窗口重新登录，再回来保存；改动还在页面上。") };
    try {
      return await answer.json();
    } catch {
      return { error: answer.status === 403 ? worded("您没有这项权限，或页面已过期。请刷新页面。") : worded("服务器没有答复，改动还在页面上。请稍后再保存。") };
    }
  }

  const bar = make("div", "gridbar");
  const box = make("div", "gridbox");
  const status = make("div", "gridstatus");
  const totals = make("div", "gridtotals");
  const chosenTotal = make("span");
  const words = make("div", "gridwords");
  const panel = make("div", "gridpanel");
  words.setAttribute("role", "status");
  status.setAttribute("aria-live", "polite");
  let model, view, editor, saving = false, lastSave = 0, timer = 0, asked = 0;

  function say(text, wrong, extra) {
    words.replaceChildren();
    words.classList.toggle("bad", Boolean(wrong));
    if (text) words.append(make("span", "", text));
    if (extra) words.append(extra);
  }

  const saveButton = button(worded("保存"), () => save(), "btn btn-sm btn-primary");
  const search = make("input", "form-control form-control-sm");
  const unit = make("select", "form-select form-select-sm");

  function tools() {
    search.type = "search";
    search.placeholder = worded("查找行");
    search.setAttribute("aria-label", worded("查找行"));
    search.value = new URLSearchParams(location.search).get("find") || "";
    search.addEventListener("input", () => { model.filter = search.value; model.look(true); view.go(0, view.col); refresh(); });
    for (const each of ["元", "万元"]) unit.append(new Option(worded(each), each));
    unit.setAttribute("aria-label", worded("金额单位"));
    unit.addEventListener("change", () => { view.wan = unit.value === "万元"; view.heading(); view.draw(); refresh(); });
    const columns = button(worded("显示全部栏"), () => {
      view.every = !view.every;
      columns.setAttribute("aria-pressed", String(view.every));
      view.heading();
      view.go(view.row, 0);
    });
    columns.setAttribute("aria-pressed", "false");
    if (config.editable) {
      bar.append(saveButton, button(worded("新增行"), add), button(worded("删除行"), remove), button(worded("撤销"), () => undo(false)), button(worded("重做"), () => undo(true)));
      saveButton.title = "Ctrl+S";
    }
    const money = model.columns.some((column) => column.kind === "amount");
    bar.append(search, ...(money ? [unit] : []), columns, button(worded("本行版本"), versions));
    if (config.comment) bar.append(button(worded("批注"), comment));
    const help = make("details", "gridhelp");
    help.append(make("summary", "", worded("键盘")), make("p", "",
      worded("方向键移动，Shift 扩选；直接输入或按 F2 修改，Enter 向下、Tab 向右，Esc 放弃；Delete 清空，Ctrl+D 向下填充；") +
      worded("Ctrl+C、Ctrl+X、Ctrl+V 与 Excel 互相复制粘贴，粘贴超出末行自动新增；Ctrl+Z 撤销，Ctrl+Y 重做，Ctrl+S 保存；") +
      worded("Alt+↓ 打开下拉列表，Alt+Enter 在长文字里换行；先按 Esc 再按 Tab 离开表格。")));
    bar.append(help);
  }

  const here = () => view.at(view.row);
  const columnHere = () => view.columns[view.col];

  function refresh() {
    const count = model.count();
    saveButton.textContent = saving ? worded("正在保存…") : count ? worded("保存（{count} 处未保存）", { count }) : worded("已全部保存");
    saveButton.disabled = saving || !count;
    const money = model.columns.filter((column) => column.kind === "amount" && column.name !== "price");
    totals.replaceChildren(make("span", "", worded("共 {count} 行", { count: model.view.length })));
    for (const column of money) {
      const sum = YihengGrid.sum(model.view.map((row) => row.cells[column.name] || ""));
      totals.append(total(worded("{title}合计", { title: column.title }), sum));
    }
    if (model.data.sheet === "budget_lines") {
      for (const [code, name] of model.lists.category || []) {
        const rows = model.view.filter((row) => row.cells.category === code);
        if (rows.length) totals.append(total(name, YihengGrid.sum(rows.map((row) => row.cells.amount || ""))));
      }
    }
    totals.append(chosenTotal);
    selection();
  }

  // The sum of the chosen cells; the other totals change only with what is typed.
  function selection() {
    const { top, bottom, left, right } = view.range();
    chosenTotal.replaceChildren();
    if (top === bottom && left === right) return;
    const chosen = editor.block().map(({ row, col }) => [view.at(row), view.columns[col]]).filter(([row, column]) => row && YihengGrid.NUMERIC.has(column.kind));
    if (chosen.length > 1) chosenTotal.append(total(worded("所选 {count} 格", { count: chosen.length }), YihengGrid.sum(chosen.map(([row, column]) => row.cells[column.name] || ""))));
  }

  function total(label, sum) {
    const found = make("span", "", `${label} `);
    found.append(make("b", "", `${YihengGrid.money(sum, view.wan)} ${worded(view.wan ? "万元" : "元")}`));
    return found;
  }

  function moved() {
    const row = here(), column = columnHere();
    status.replaceChildren();
    if (!row || !column) { status.textContent = config.editable ? worded("在这里输入，新增一行") : ""; selection(); return; }
    status.append(make("span", "where", `${worded("第 {row} 行", { row: view.row + 1 })} · ${column.title}`));
    const problem = view.problem(row, column.name);
    const note = (model.notes[row.id] || {})[column.name];
    if (problem) status.append(make("span", "bad", `${problem.reason}。${problem.remedy}。`));
    else if (note) status.append(make("span", "", note));
    else if (column.note) status.append(make("span", "hint", column.note));
    for (const each of model.comments.filter((remark) => remark.open && row.key && remark.row === row.key)) {
      status.append(make("span", "said", worded("批注（{author}）：{text}", each)));
    }
    selection();
  }

  function changed() {
    clearTimeout(timer);
    timer = setTimeout(check, 500);
    refresh();
  }

  async function check() {
    const rows = model.unsaved();
    asked += 1;
    const mine = asked;
    if (!rows.length) { problems([]); return; }
    const answer = await ask(config.urls.check, { stage: config.stage, rows });
    if (mine !== asked || answer.error) return;
    Object.assign(model.notes, answer.notes);
    problems(answer.problems);
  }

  function problems(found) {
    view.problems = new Map();
    for (const each of found) view.problems.set(each.row, [...(view.problems.get(each.row) || []), each]);
    const old = panel.querySelector(".problems");
    if (old) old.remove();
    if (found.length) {
      const list = make("section", "problems");
      list.append(make("h2", "", worded("{count} 处要改正后才能保存", { count: found.length })));
      const lines = make("ol");
      for (const each of found.slice(0, 100)) lines.append(problemLine(each));
      if (found.length > 100) lines.append(make("li", "", worded("另有 {count} 处", { count: found.length - 100 })));
      list.append(lines);
      panel.prepend(list);
    }
    view.draw();
    refresh();
    moved();
  }

  function problemLine(each) {
    const index = model.view.findIndex((row) => row.id === each.row);
    const column = model.columns.find((known) => known.name === each.column);
    const where = [index >= 0 ? worded("第 {row} 行", { row: index + 1 }) : "", column ? column.title : ""].filter(Boolean).join("“") + (column ? "”" : "");
    const line = make("li");
    const value = each.value ? `“${each.value}”：` : "";
    line.append(button(where || worded("本表"), () => goTo(each.row, each.column), "btn btn-link p-0"), make("span", "", ` ${value}${each.reason}。${worded("处理：")}${each.remedy}。`));
    return line;
  }

  function goTo(id, name) {
    const column = model.columns.find((known) => known.name === name);
    if (column && column.hidden && !view.every) { view.every = true; view.heading(); }
    const row = model.view.findIndex((each) => each.id === id);
    if (row >= 0) view.go(row, Math.max(0, view.columns.indexOf(column)), false);
    editor.focus();
    moved();
  }

  async function save() {
    editor.commit();
    const rows = model.unsaved();
    if (!config.editable || saving || !rows.length) return;
    saving = true;
    asked += 1;
    clearTimeout(timer);
    refresh();
    const answer = await ask(config.urls.save, { stage: config.stage, rows });
    saving = false;
    if (answer.error) say(answer.error, true);
    else if (answer.grid) saved(answer);
    else if (answer.status === "conflict") conflicts(answer.conflicts);
    else {
      say(worded("没有保存任何内容：请先改正下面列出的问题。"), true);
      problems(answer.problems);
      if (answer.problems.length) goTo(answer.problems[0].row, answer.problems[0].column);
    }
    refresh();
  }

  function saved(answer) {
    const row = here(), id = row && row.key;
    model.load(answer.grid);
    panel.querySelectorAll(".conflicts").forEach((each) => each.remove());
    problems([]);
    const index = id ? model.view.findIndex((each) => each.key === id) : -1;
    view.go(index >= 0 ? index : Math.min(view.row, model.view.length), view.col);
    lastSave = answer.load || 0;
    say(answer.words || worded("内容与台账一致，没有需要保存的。"), false, lastSave ? button(worded("撤销这次保存"), undoSave) : null);
    discussion();
    tables();
    editor.focus();
  }

  // The checks of the public tables look at what is saved: they are run again as soon as that is something else.
  function tables() {
    const run = document.getElementById("run-checks");
    if (run) run.click();
  }

  async function undoSave() {
    const answer = await ask(config.urls.undo, { sheet: config.sheet, load: lastSave });
    if (answer.error) { say(answer.error, true); return; }
    await reload(worded("已撤销这次保存。"));
  }

  async function reload(text) {
    const data = await ask(`${config.urls.data}?stage=${encodeURIComponent(config.stage)}`);
    if (data.error) { say(data.error, true); return; }
    model.load(data);
    problems([]);
    view.go(view.row, view.col);
    say(text);
    discussion();
    tables();
    refresh();
    editor.focus();
  }

  function conflicts(found) {
    say(worded("没有保存任何内容：别人已先改了同一处。请在下面逐处选定，再保存。"), true);
    panel.querySelectorAll(".conflicts").forEach((each) => each.remove());
    const list = make("section", "conflicts");
    list.append(make("h2", "", worded("两人改了同一处")));
    const lines = make("ul");
    for (const each of found) {
      const line = make("li", "", `${each.text} `);
      const settle = (mine) => {
        model.settle(each, mine);
        line.remove();
        if (!lines.children.length) { list.remove(); say(worded("已逐处选定，请再保存。")); }
        view.draw();
        changed();
      };
      line.append(button(worded("保留我的"), () => settle(true)), button(worded("采用对方的"), () => settle(false)));
      lines.append(line);
    }
    list.append(lines);
    panel.prepend(list);
    panel.scrollIntoView({ block: "nearest" });
  }

  function add() {
    view.go(model.view.length, 0);
    editor.focus();
    moved();
  }

  function remove() {
    const { top, bottom } = view.range();
    const steps = [];
    for (let row = top; row <= bottom; row += 1) {
      const each = view.at(row);
      if (each && !each.own) { locked(each); return; }
      if (each) steps.push({ row: each, removed: true });
    }
    editor.finish(steps);
    view.go(Math.min(top, model.view.length), view.col);
    editor.focus();
  }

  function undo(again) {
    editor.quiet();
    const steps = again ? model.redo() : model.undo();
    if (!steps) { say(again ? worded("没有可以重做的。") : worded("没有可以撤销的改动。")); return; }
    const row = model.view.indexOf(steps[0].row);
    view.go(row >= 0 ? row : view.row, view.col);
    changed();
    moved();
    editor.focus();
  }

  function locked(row) {
    say(row && config.editable ? worded("这一行由上级单位管理，不能在本单位修改。") : worded("现在不能修改，只能查看。"), true);
  }

  async function versions() {
    const row = here();
    if (!row || !row.key) { say(worded("新增的行还没有保存，没有版本。")); return; }
    const answer = await ask(config.urls.history.replace("KEY", encodeURIComponent(row.key)));
    if (answer.error) { say(answer.error, true); return; }
    const dialog = make("dialog", "b-versions");
    dialog.append(make("h2", "", worded("第 {row} 行的版本", { row: view.row + 1 })));
    const list = make("ol");
    answer.versions.forEach((each, index) => {
      const line = make("li", "", `${worded("第 {version} 版", each)} · ${each.at} · ${each.actor} · ${each.act}${each.label ? `（${each.label}）` : ""}`);
      const inner = make("ul");
      for (const [name, before, after] of each.changes) inner.append(make("li", "", `${name}：${before} → ${after}`));
      if (each.changes.length) line.append(inner);
      if (index && each.act !== "删除" && config.editable && row.own) line.append(button(worded("恢复这一版"), () => restore(dialog, row, each.version)));
      list.append(line);
    });
    dialog.append(list, button(worded("关闭"), () => dialog.close()));
    dialog.addEventListener("close", () => { dialog.remove(); editor.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  }

  async function restore(dialog, row, version) {
    if (model.count()) { dialog.close(); say(worded("请先保存或撤销改动，再恢复旧版本。"), true); return; }
    const answer = await ask(config.urls.undo, { sheet: config.sheet, key: row.key, version, seen: row.version });
    dialog.close();
    if (answer.error) { say(answer.error, true); return; }
    await reload(worded("已恢复第 {version} 版。", { version }));
  }

  function form(title, send, act) {
    const dialog = make("dialog", "b-versions");
    const label = make("label", "form-label", title);
    const text = make("textarea", "form-control");
    text.rows = 4;
    label.append(text);
    const row = make("p", "buttons");
    const error = make("p", "bad");
    row.append(button(send, async () => {
      const answer = await act(text.value);
      if (answer.error) { error.textContent = answer.error; return; }
      model.comments = answer.comments;
      dialog.close();
      discussion();
      view.draw();
      moved();
    }, "btn btn-primary"), button(worded("取消"), () => dialog.close(), "btn"));
    dialog.append(label, error, row);
    dialog.addEventListener("close", () => { dialog.remove(); editor.focus(); });
    document.body.append(dialog);
    dialog.showModal();
    text.focus();
  }

  function comment() {
    const row = here(), column = columnHere();
    if (!row || !row.key) { say(worded("请先保存这一行，再批注。")); return; }
    form(worded("批注：第 {row} 行“{title}”", { row: view.row + 1, title: column.title }), worded("写批注"), (text) =>
      ask(config.urls.comment, { row: row.key, column: column.name, text }));
  }

  function discussion() {
    const old = panel.querySelector(".discussion");
    if (old) old.remove();
    const open = model.comments.filter((each) => each.open);
    if (!open.length) return;
    const list = make("section", "discussion");
    list.append(make("h2", "", worded("{count} 条批注待处理", { count: open.length })));
    const lines = make("ul");
    for (const each of open) {
      const index = model.view.findIndex((row) => row.key === each.row);
      const column = model.columns.find((known) => known.name === each.column);
      const line = make("li");
      line.append(button(`${worded("第 {row} 行", { row: index + 1 })}${column ? `“${column.title}”` : ""}`, () => goTo(each.row, each.column), "btn btn-link p-0"),
        make("span", "", ` ${each.author} ${each.at}：${each.text} `));
      if (config.comment) line.append(button(worded("已处理…"), () => form(worded("处理说明"), worded("已处理"), (answer) =>
        ask(config.urls.settle, { sheet: config.sheet, id: each.id, answer }))));
      lines.append(line);
    }
    list.append(lines);
    panel.append(list);
  }

  async function start() {
    const data = await ask(`${config.urls.data}?stage=${encodeURIComponent(config.stage)}`);
    if (data.error) { document.getElementById("plain").prepend(make("p", "bad", data.error)); return; }
    model = new YihengGrid.Model(data);
    view = new YihengGrid.View(box, model, config);
    view.open = config.editable;
    editor = new YihengGrid.Editor(view, model, { editable: config.editable, changed, moved, save, undo, locked });
    tools();
    if (search.value) { model.filter = search.value; model.look(true); }
    place.append(bar, words, box, status, totals, panel);
    place.hidden = false;
    document.getElementById("plain").remove();
    view.draw();
    discussion();
    refresh();
    moved();
    const asked = new URLSearchParams(location.search), wanted = asked.get("column");
    const column = model.columns.find((each) => each.title === wanted || each.name === wanted);
    if (asked.get("row")) goTo(asked.get("row"), column ? column.name : "");
    place.dataset.ready = "yes";
    addEventListener("beforeunload", (event) => { if (model.count()) event.preventDefault(); });
    addEventListener("resize", () => view.draw());
  }

  start();
})();
