// Hands on a grid: keys, typing, choosing, copying and pasting. What changes goes to `changed`.
"use strict";
YihengGrid.Editor = class {
  constructor(view, model, hooks) {
    Object.assign(this, { view, model, hooks, editing: false, typing: false, leaving: false, picked: -1 });
    const entry = view.entry;
    entry.addEventListener("keydown", (event) => this.key(event));
    entry.addEventListener("input", () => this.input());
    entry.addEventListener("compositionstart", () => this.begin(null, true));
    entry.addEventListener("copy", (event) => this.copy(event, false));
    entry.addEventListener("cut", (event) => this.copy(event, true));
    entry.addEventListener("paste", (event) => this.paste(event));
    entry.addEventListener("blur", () => { if (this.editing) this.commit(); });
    view.box.addEventListener("mousedown", (event) => this.press(event));
    view.box.addEventListener("mousemove", (event) => { if (event.buttons === 1 && this.dragging) this.reach(event); });
    view.box.addEventListener("dblclick", (event) => { if (event.target.closest("td[data-col]")) this.edit(); });
    document.addEventListener("mouseup", () => { this.dragging = false; });
    this.quiet();
  }

  get column() { return this.view.columns[this.view.col]; }

  quiet() {
    const { entry, offers } = this.view;
    this.editing = false;
    entry.value = "";
    entry.classList.remove("editing");
    entry.inputMode = "none";
    offers.hidden = true;
  }

  focus() { this.view.entry.focus({ preventScroll: true }); }

  press(event) {
    const offer = event.target.closest("li[data-code]");
    if (offer) { event.preventDefault(); this.take(offer.dataset.code); return; }
    const cell = event.target.closest("td[data-col], th[data-row]");
    if (!cell || event.button) return;
    event.preventDefault();
    if (this.editing) this.commit();
    const row = Number(cell.dataset.row), again = row === this.view.row && Number(cell.dataset.col) === this.view.col;
    if (cell.dataset.col === undefined) {
      this.view.go(row, 0, false);
      this.view.anchor = { row, col: this.view.columns.length - 1 };
      this.view.draw();
    } else {
      this.view.go(row, Number(cell.dataset.col), event.shiftKey);
      this.dragging = true;
      if (again && matchMedia("(pointer: coarse)").matches) this.edit();
    }
    this.focus();
    this.hooks.moved();
  }

  reach(event) {
    const cell = event.target.closest("td[data-col]");
    if (!cell) return;
    this.view.go(Number(cell.dataset.row), Number(cell.dataset.col), true);
    this.hooks.moved();
  }

  move(down, right, extend) {
    const { view } = this;
    const edge = view.columns.length - 1;
    let row = view.row + down, col = view.col + right;
    if (!extend && col > edge) { col = 0; row += 1; }
    if (!extend && col < 0) { col = edge; row -= 1; }
    view.go(row, col, extend);
    this.hooks.moved();
  }

  key(event) {
    if (event.isComposing) return;
    const handled = this.editing ? this.keyInCell(event) : this.keyOnGrid(event);
    if (handled) event.preventDefault();
  }

  keyInCell(event) {
    const step = event.shiftKey ? -1 : 1;
    if (!this.view.offers.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      this.pick(this.picked + (event.key === "ArrowDown" ? 1 : -1));
      return true;
    }
    switch (event.key) {
      case "Escape": this.quiet(); this.view.draw(); return true;
      case "Enter":
        if (event.altKey && this.column.long) { this.insert("\n"); return true; }
        this.commit(); this.move(step, 0); return true;
      case "Tab": this.commit(); this.move(0, step); return true;
      case "F2": this.typing = false; return true;
      case "s": if (!event.ctrlKey && !event.metaKey) return false; this.commit(); this.hooks.save(); return true;
      case "ArrowDown": case "ArrowUp": case "ArrowLeft": case "ArrowRight":
        if (!this.typing) return false;
        this.commit();
        this.move({ ArrowDown: 1, ArrowUp: -1 }[event.key] || 0, { ArrowRight: 1, ArrowLeft: -1 }[event.key] || 0);
        return true;
      default: return false;
    }
  }

  keyOnGrid(event) {
    const { view } = this, page = Math.max(1, Math.floor(view.box.clientHeight / view.height) - 2);
    const control = event.ctrlKey || event.metaKey;
    const leaving = this.leaving;
    this.leaving = event.key === "Escape";
    if (control) return this.keyWithControl(event);
    switch (event.key) {
      case "ArrowDown": if (event.altKey) { this.edit(); this.offer(""); return true; } this.move(1, 0, event.shiftKey); return true;
      case "ArrowUp": this.move(-1, 0, event.shiftKey); return true;
      case "ArrowLeft": this.move(0, view.col ? -1 : 0, event.shiftKey); return true;
      case "ArrowRight": this.move(0, view.col < view.columns.length - 1 ? 1 : 0, event.shiftKey); return true;
      case "Enter": this.move(event.shiftKey ? -1 : 1, 0); return true;
      case "Tab": if (leaving) return false; this.move(0, event.shiftKey ? -1 : 1); return true;
      case "Home": view.go(view.row, 0, event.shiftKey); this.hooks.moved(); return true;
      case "End": view.go(view.row, view.columns.length, event.shiftKey); this.hooks.moved(); return true;
      case "PageDown": this.move(page, 0, event.shiftKey); return true;
      case "PageUp": this.move(-page, 0, event.shiftKey); return true;
      case "F2": this.edit(); return true;
      case "Delete": case "Backspace": this.clear(); return true;
      case "Escape": view.anchor = { row: view.row, col: view.col }; view.draw(); this.hooks.moved(); return true;
      default: return false;
    }
  }

  keyWithControl(event) {
    const { view } = this;
    switch (event.key.toLowerCase()) {
      case "z": this.hooks.undo(event.shiftKey); return true;
      case "y": this.hooks.undo(true); return true;
      case "s": this.hooks.save(); return true;
      case "d": this.fill(); return true;
      case "a":
        view.anchor = { row: 0, col: 0 };
        view.go(this.model.view.length - 1, view.columns.length - 1, true);
        this.hooks.moved();
        return true;
      case "home": view.go(0, 0, event.shiftKey); this.hooks.moved(); return true;
      case "end": view.go(this.model.view.length - 1, view.columns.length, event.shiftKey); this.hooks.moved(); return true;
      default: return false;
    }
  }

  input() {
    if (!this.editing) this.begin(this.view.entry.value, true);
    this.grow();
    this.offer(this.view.entry.value);
  }

  edit() {
    const row = this.view.at(this.view.row);
    const text = row ? row.cells[this.column.name] || "" : "";
    this.begin(YihengGrid.editable(this.column, text, this.view.wan, this.model.lists), false);
    this.view.entry.select();
  }

  begin(text, typing) {
    const row = this.view.at(this.view.row);
    if (!this.hooks.editable || (row && !row.own)) { this.quiet(); this.hooks.locked(row); return; }
    const { entry } = this.view;
    this.editing = true;
    this.typing = typing;
    if (text !== null) entry.value = text;
    entry.inputMode = YihengGrid.NUMERIC.has(this.column.kind) ? "decimal" : "text";
    entry.classList.add("editing");
    this.focus();
    this.grow();
  }

  grow() {
    const { entry } = this.view;
    entry.style.height = "";
    if (this.column.long) entry.style.height = `${Math.min(160, Math.max(34, entry.scrollHeight))}px`;
  }

  insert(text) {
    const { entry } = this.view;
    entry.setRangeText(text, entry.selectionStart, entry.selectionEnd, "end");
    this.grow();
  }

  commit() {
    if (!this.editing) return;
    const { view } = this, chosen = this.chosen();
    const text = chosen === null ? view.entry.value : chosen;
    this.quiet();
    this.change([{ row: view.row, col: view.col, text }]);
  }

  // The offers of a list column that hold what is typed.
  offer(text) {
    const { offers } = this.view, list = this.model.lists[this.column.list];
    if (!list) return;
    const wanted = text.trim().toLowerCase();
    const says = ([code, name]) => `${code} ${name}`.toLowerCase();
    const found = list.filter((each) => !wanted || says(each).includes(wanted));
    const leaf = ([code]) => !list.some(([other]) => other !== code && /^\d/.test(code) && other.startsWith(code));
    const rank = (each) => 2 * each[0].toLowerCase().startsWith(wanted) + leaf(each);
    found.sort((a, b) => rank(b) - rank(a));
    offers.replaceChildren(...found.slice(0, 60).map(([code, name]) => {
      const line = document.createElement("li");
      line.dataset.code = code;
      line.textContent = this.column.kind === "code" && /^[0-9A-Z]/.test(code) ? `${code} ${name}` : name || code;
      return line;
    }));
    offers.hidden = !found.length;
    const { entry } = this.view;
    offers.style.left = entry.style.left;
    offers.style.top = `${parseFloat(entry.style.top) + this.view.height}px`;
    this.pick(wanted && found.length ? 0 : -1);
  }

  pick(index) {
    const lines = [...this.view.offers.children];
    this.picked = Math.max(-1, Math.min(index, lines.length - 1));
    lines.forEach((line, each) => line.classList.toggle("picked", each === this.picked));
    if (this.picked >= 0) lines[this.picked].scrollIntoView({ block: "nearest" });
  }

  chosen() {
    const { offers } = this.view;
    return offers.hidden || this.picked < 0 || !this.view.entry.value && this.typing ? null : offers.children[this.picked].dataset.code;
  }

  take(code) {
    const { row, col } = this.view;
    this.quiet();
    this.change([{ row, col, text: code }]);
    this.focus();
  }

  // Change cells by place; rows beyond the last are added.
  change(cells) {
    const { view, model } = this, fresh = new Map(), steps = [];
    let locked = null;
    for (const each of cells) {
      let row = view.at(each.row) || fresh.get(each.row);
      if (!row) {
        row = model.blank(view.at(Math.min(each.row, model.view.length) - 1));
        fresh.set(each.row, row);
        steps.push({ row, added: true });
      }
      const column = view.columns[each.col];
      if (!column) continue;
      if (!row.own) { locked = row; continue; }
      const after = YihengGrid.typed(column, each.text, view.wan, model.lists);
      const before = row.cells[column.name] || "";
      if (fresh.has(each.row) || before !== after) steps.push({ row, column: column.name, before, after });
    }
    if (fresh.size && steps.every((step) => step.added || !step.after)) steps.length = 0;
    if (locked) this.hooks.locked(locked);
    this.finish([...steps, ...this.products(steps)]);
  }

  finish(steps) {
    if (this.model.apply(steps)) this.hooks.changed();
    this.view.draw();
    this.hooks.moved();
  }

  // 测算: the amount follows from quantity, price and periods.
  products(steps) {
    const factors = ["quantity", "price", "periods"];
    const rows = new Map();
    for (const step of steps) {
      if (!step.column) continue;
      const next = rows.get(step.row) || { ...step.row.cells };
      next[step.column] = step.after;
      if (factors.includes(step.column)) next.touched = true;
      if (step.column === "amount") next.given = true;
      rows.set(step.row, next);
    }
    const found = [];
    for (const [row, next] of rows) {
      if (!next.touched || next.given || this.model.data.sheet !== "costing") continue;
      const after = YihengGrid.product(factors.map((name) => next[name] || ""));
      if (after) found.push({ row, column: "amount", before: row.cells.amount || "", after });
    }
    return found;
  }

  block() {
    const { top, bottom, left, right } = this.view.range();
    const cells = [];
    for (let row = top; row <= bottom; row += 1) for (let col = left; col <= right; col += 1) cells.push({ row, col });
    return cells;
  }

  clear() {
    if (!this.hooks.editable) { this.hooks.locked(null); return; }
    this.change(this.block().filter(({ row }) => this.view.at(row)).map((each) => ({ ...each, text: "" })));
  }

  fill() {
    if (!this.hooks.editable) { this.hooks.locked(null); return; }
    const { top } = this.view.range();
    const first = this.view.at(top);
    if (!first) return;
    const text = (col) => this.texts(first, [col])[0];
    this.change(this.block().filter(({ row }) => row > top && this.view.at(row)).map((each) => ({ ...each, text: text(each.col) })));
  }

  texts(row, cols) {
    return cols.map((col) => {
      const column = this.view.columns[col];
      return YihengGrid.editable(column, row.cells[column.name] || "", this.view.wan, this.model.lists);
    });
  }

  copy(event, cut) {
    if (this.editing) return;
    event.preventDefault();
    const { top, bottom, left, right } = this.view.range();
    const cols = Array.from({ length: right - left + 1 }, (_, i) => left + i);
    const rows = [];
    for (let row = top; row <= bottom; row += 1) if (this.view.at(row)) rows.push(this.texts(this.view.at(row), cols));
    event.clipboardData.setData("text/plain", YihengGrid.toClipboard(rows));
    if (cut) this.clear();
  }

  paste(event) {
    if (this.editing) return;
    event.preventDefault();
    if (!this.hooks.editable) { this.hooks.locked(null); return; }
    const rows = YihengGrid.fromClipboard(event.clipboardData.getData("text/plain"));
    const { top, left } = this.view.range();
    const single = rows.length === 1 && rows[0].length === 1;
    const cells = single
      ? this.block().filter(({ row }) => this.view.at(row) || row === top).map((each) => ({ ...each, text: rows[0][0] }))
      : rows.flatMap((row, down) => row.map((text, right) => ({ row: top + down, col: left + right, text })));
    this.change(cells);
    if (!single) {
      const wide = Math.max(...rows.map((row) => row.length));
      this.view.anchor = { row: top, col: left };
      this.view.go(top + rows.length - 1, left + wide - 1, true);
      this.hooks.moved();
    }
  }
};
