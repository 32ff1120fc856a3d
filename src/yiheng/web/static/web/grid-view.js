// Draws a grid: only the rows in sight, one text field over the active cell.
"use strict";
YihengGrid.View = class {
  constructor(box, model, words) {
    this.model = model;
    this.wan = false;
    this.every = false;
    this.problems = new Map();
    this.row = 0;
    this.col = 0;
    this.anchor = { row: 0, col: 0 };
    this.height = 34;
    this.box = box;
    this.table = document.createElement("table");
    this.table.setAttribute("aria-label", words.title);
    this.cols = document.createElement("colgroup");
    this.head = document.createElement("thead");
    this.body = document.createElement("tbody");
    this.table.append(this.cols, this.head, this.body);
    this.entry = document.createElement("textarea");
    this.entry.className = "entry";
    this.entry.rows = 1;
    this.entry.autocomplete = "off";
    this.entry.spellcheck = false;
    this.offers = document.createElement("ul");
    this.offers.className = "offers";
    this.offers.hidden = true;
    box.append(this.table, this.entry, this.offers);
    let waiting = false;
    box.addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; this.rowsInSight(); });
    });
    this.heading();
  }

  get columns() {
    return this.model.columns.filter((column) => this.every || !column.hidden);
  }

  at(index) {
    return this.model.view[index];
  }

  heading() {
    this.cols.replaceChildren();
    const line = document.createElement("tr");
    const corner = document.createElement("th");
    corner.scope = "col";
    corner.className = "corner";
    corner.textContent = worded("行");
    line.append(corner);
    let width = 3.4;
    const widths = [3.4];
    for (const column of this.columns) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = column.title + (column.kind === "amount" ? worded(this.wan ? "（万元）" : "（元）") : "");
      if (column.required) cell.classList.add("must");
      cell.title = column.note;
      line.append(cell);
      widths.push(column.width);
      width += column.width;
    }
    for (const each of widths) {
      const col = document.createElement("col");
      col.style.width = `${each}em`;
      this.cols.append(col);
    }
    this.table.style.width = `${width}em`;
    this.head.replaceChildren(line);
  }

  draw() {
    this.table.setAttribute("aria-rowcount", String(this.model.view.length + 2));
    this.rowsInSight();
    this.place();
  }

  rowsInSight() {
    const count = this.model.view.length + (this.open ? 1 : 0);
    const first = Math.max(0, Math.floor(this.box.scrollTop / this.height) - 8);
    const last = Math.min(count, first + Math.ceil(this.box.clientHeight / this.height) + 18);
    const lines = [this.gap(first)];
    for (let index = first; index < last; index += 1) lines.push(this.line(index));
    lines.push(this.gap(count - last));
    this.body.replaceChildren(...lines.filter(Boolean));
  }

  gap(rows) {
    if (rows <= 0) return null;
    const line = document.createElement("tr");
    line.className = "gap";
    line.setAttribute("aria-hidden", "true");
    const cell = document.createElement("td");
    cell.colSpan = this.columns.length + 1;
    cell.style.height = `${rows * this.height}px`;
    line.append(cell);
    return line;
  }

  line(index) {
    const row = this.at(index);
    const line = document.createElement("tr");
    line.setAttribute("aria-rowindex", String(index + 2));
    const label = document.createElement("th");
    label.scope = "row";
    label.textContent = row ? String(index + 1) : "＋";
    label.dataset.row = String(index);
    if (row && !row.key) label.classList.add("new");
    line.append(label);
    this.columns.forEach((column, col) => line.append(this.cell(row, index, column, col)));
    return line;
  }

  cell(row, index, column, col) {
    const cell = document.createElement("td");
    cell.dataset.row = String(index);
    cell.dataset.col = String(col);
    if (YihengGrid.NUMERIC.has(column.kind)) cell.classList.add("number");
    if (this.selected(index, col)) cell.classList.add("chosen");
    if (index === this.row && col === this.col) cell.classList.add("here");
    if (!row) return cell;
    const text = row.cells[column.name] || "";
    cell.textContent = YihengGrid.shown(column, text, this.wan, this.model.lists);
    if (!row.own) cell.classList.add("fixed");
    if (this.model.changed(row, column.name)) cell.classList.add("dirty");
    const problem = this.problem(row, column.name);
    const note = (this.model.notes[row.id] || {})[column.name];
    if (problem) cell.classList.add("wrong");
    if (this.commented(row, column.name)) cell.classList.add("said");
    if (problem || note) cell.title = problem ? `${problem.reason}。${problem.remedy}` : note;
    if (problem) cell.setAttribute("aria-invalid", "true");
    return cell;
  }

  problem(row, column) {
    const found = this.problems.get(row.id) || [];
    return found.find((each) => each.column === column) || (column === this.columns[0].name && found.find((each) => !each.column));
  }

  commented(row, column) {
    return this.model.comments.some((each) => each.open && each.row === row.key && (each.column || this.columns[0].name) === column);
  }

  range() {
    return {
      top: Math.min(this.row, this.anchor.row), bottom: Math.max(this.row, this.anchor.row),
      left: Math.min(this.col, this.anchor.col), right: Math.max(this.col, this.anchor.col),
    };
  }

  selected(row, col) {
    const { top, bottom, left, right } = this.range();
    return row >= top && row <= bottom && col >= left && col <= right;
  }

  go(row, col, extend) {
    const last = this.model.view.length - (this.open ? 0 : 1);
    this.row = Math.max(0, Math.min(row, last));
    this.col = Math.max(0, Math.min(col, this.columns.length - 1));
    if (!extend) this.anchor = { row: this.row, col: this.col };
    this.show();
    this.draw();
  }

  // Bring the active cell into sight.
  show() {
    const top = this.row * this.height, head = this.head.offsetHeight || 36;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    const below = top + this.height + head - this.box.clientHeight + 4;
    if (below > this.box.scrollTop) this.box.scrollTop = below;
    const line = this.head.rows[0];
    const cell = line && line.cells[this.col + 1], first = line ? line.cells[0].offsetWidth : 0;
    if (!cell) return;
    if (cell.offsetLeft - first < this.box.scrollLeft) this.box.scrollLeft = cell.offsetLeft - first;
    const right = cell.offsetLeft + cell.offsetWidth - this.box.clientWidth;
    if (right > this.box.scrollLeft) this.box.scrollLeft = right;
  }

  // Put the text field over the active cell.
  place() {
    const line = this.head.rows[0], cell = line && line.cells[this.col + 1];
    if (!cell) return;
    const style = this.entry.style;
    style.left = `${cell.offsetLeft}px`;
    style.top = `${this.head.offsetHeight + this.row * this.height}px`;
    style.width = `${cell.offsetWidth}px`;
    const column = this.columns[this.col], row = this.at(this.row);
    const text = row ? YihengGrid.shown(column, row.cells[column.name] || "", this.wan, this.model.lists) : "";
    this.entry.setAttribute("aria-label", `${worded("第 {row} 行", { row: this.row + 1 })} ${column.title} ${text || worded("空")}`);
  }
};
