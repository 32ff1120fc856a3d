// The rows of a grid with what was changed in them, and the way back (undo).
"use strict";
YihengGrid.Model = class {
  constructor(data) {
    this.fresh = 0;
    this.load(data);
  }

  load(data) {
    this.data = data;
    this.lists = data.lists;
    this.columns = data.columns;
    this.rows = data.rows.map((row) => ({ ...row, id: row.key, base: { ...row.cells }, removed: false }));
    this.notes = data.notes;
    this.comments = data.comments;
    this.undone = [];
    this.done = [];
    this.filter = this.filter || "";
    this.look(true);
  }

  // The rows that are shown, in order. A row that was found stays while it is being changed.
  look(again) {
    if (again || !this.found) {
      const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean);
      this.found = new Set(this.rows.filter((row) => !words.length || this.matches(row, words)).map((row) => row.id));
    }
    this.view = this.rows.filter((row) => !row.removed && (!row.key || this.found.has(row.id)));
  }

  matches(row, words) {
    const text = this.columns.map((c) => YihengGrid.shown(c, row.cells[c.name] || "", false, this.lists)).join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  }

  blank(near) {
    this.fresh += 1;
    const cells = { ...this.data.defaults };
    for (const name of ["unit", "project", "stage"]) if (cells[name] === "" && near) cells[name] = near.cells[name] || "";
    for (const name of Object.keys(cells)) if (!cells[name]) delete cells[name];
    return { id: `new-${this.fresh}`, key: "", version: 0, own: true, cells, base: {}, removed: false };
  }

  // Steps: {row, column, before, after} for a cell, {row, added: true}, {row, removed: true}.
  apply(steps) {
    const real = steps.filter((step) => step.added || step.removed || step.before !== step.after);
    if (!real.length) return false;
    real.forEach((step) => this.forth(step));
    this.done.push(real);
    this.undone = [];
    this.look();
    return true;
  }

  forth(step) {
    if (step.added) { this.rows.push(step.row); step.row.removed = false; }
    else if (step.removed) step.row.removed = true;
    else this.put(step.row, step.column, step.after);
  }

  back(step) {
    if (step.added) this.rows = this.rows.filter((row) => row !== step.row);
    else if (step.removed) step.row.removed = false;
    else this.put(step.row, step.column, step.before);
  }

  put(row, column, text) {
    if (text) row.cells[column] = text;
    else delete row.cells[column];
  }

  undo() {
    const steps = this.done.pop();
    if (!steps) return null;
    [...steps].reverse().forEach((step) => this.back(step));
    this.undone.push(steps);
    this.look();
    return steps;
  }

  redo() {
    const steps = this.undone.pop();
    if (!steps) return null;
    steps.forEach((step) => this.forth(step));
    this.done.push(steps);
    this.look();
    return steps;
  }

  changed(row, column) {
    return (row.cells[column] || "") !== (row.base[column] || "");
  }

  // The cells of a row that differ from what the ledger has.
  differing(row) {
    const names = new Set([...Object.keys(row.cells), ...Object.keys(row.base)]);
    return [...names].filter((name) => this.changed(row, name));
  }

  isEmpty(row) {
    return !row.key && Object.keys(row.cells).every((name) => (row.cells[name] || "") === (this.data.defaults[name] || "") || name === "unit");
  }

  // What would be sent: rows with their changed cells, removed rows with null.
  unsaved() {
    const found = [];
    for (const row of this.rows) {
      if (row.removed) {
        if (row.key) found.push({ row: row.id, key: row.key, version: row.version, cells: null });
      } else if (!this.isEmpty(row)) {
        const names = this.differing(row);
        if (names.length) {
          const cells = Object.fromEntries(names.map((name) => [name, row.cells[name] || ""]));
          found.push({ row: row.id, key: row.key, version: row.version, cells });
        }
      }
    }
    return found;
  }

  count() {
    return this.unsaved().reduce((total, each) => total + (each.cells ? Object.keys(each.cells).length : 1), 0);
  }

  // Another person's value becomes what the ledger has; `mine` says whose value stays in the cell.
  settle(conflict, mine) {
    const row = this.rows.find((each) => each.id === conflict.row);
    if (!row) return;
    if (conflict.removed) {
      if (mine) Object.assign(row, { key: "", version: 0, base: {} });
      else this.rows = this.rows.filter((each) => each !== row);
    } else if (!conflict.column) {
      row.version = conflict.version;
      if (!mine) row.removed = false;
    } else {
      row.version = conflict.version;
      row.base[conflict.column] = conflict.theirs;
      if (!mine) this.put(row, conflict.column, conflict.theirs);
    }
    this.look();
  }
};
