// Values of a grid's cells: how they are typed, kept and shown. Amounts are decimal text in 元, never binary numbers.
"use strict";
window.YihengGrid = (() => {
  const NUMERIC = new Set(["amount", "int", "decimal"]);
  const NUMBER = /^-?\d+(\.\d+)?$/;

  const halfWidth = (text) => text.normalize("NFKC").replace(/[−–—]/g, "-");

  // Text of a number as people paste it → plain digits; "" for a blank or a dash; null where it is no number.
  function digits(text) {
    let plain = halfWidth(text).replace(/[,，\s¥￥]/g, "");
    let shift = 0;
    const unit = plain.match(/(万元|亿元|元|万|亿)$/);
    if (unit) {
      plain = plain.slice(0, -unit[1].length);
      shift = { 万元: 4, 万: 4, 亿元: 8, 亿: 8 }[unit[1]] || 0;
    }
    if (plain === "" || plain === "-") return { text: "", unit: Boolean(unit) };
    const inBrackets = plain.match(/^\((.+)\)$/);
    if (inBrackets) plain = "-" + inBrackets[1];
    plain = plain.replace(/^\+/, "").replace(/^(-?)\./, "$10.").replace(/\.$/, "");
    return NUMBER.test(plain) ? { text: shifted(plain, shift), unit: Boolean(unit) } : null;
  }

  // The decimal moved by `places` digits: shifted("1.2345", 4) = "12345".
  function shifted(text, places) {
    if (!NUMBER.test(text) || !places) return NUMBER.test(text) ? tidy(text) : text;
    const minus = text.startsWith("-") ? "-" : "";
    const [whole, part = ""] = text.replace("-", "").split(".");
    let all = whole + part;
    let point = whole.length + places;
    if (point > all.length) all = all.padEnd(point, "0");
    if (point < 1) { all = "0".repeat(1 - point) + all; point = 1; }
    return tidy(minus + all.slice(0, point) + (point < all.length ? "." + all.slice(point) : ""));
  }

  function tidy(text) {
    const minus = text.startsWith("-") ? "-" : "";
    const [whole, part = ""] = text.replace("-", "").split(".");
    const rest = part.replace(/0+$/, "");
    const plain = whole.replace(/^0+(?=\d)/, "") + (rest ? "." + rest : "");
    return (plain === "0" ? "" : minus) + plain;
  }

  const scaled = (text, places) => {
    const [whole, part = ""] = text.replace("-", "").split(".");
    const value = BigInt(whole + part.padEnd(places, "0"));
    return text.startsWith("-") ? -value : value;
  };
  const scaleOf = (text) => (text.split(".")[1] || "").length;
  function unscaled(value, places) {
    const minus = value < 0n ? "-" : "";
    const all = (value < 0n ? -value : value).toString().padStart(places + 1, "0");
    return minus + all.slice(0, all.length - places) + (places ? "." + all.slice(all.length - places) : "");
  }

  // The exact sum of decimal texts; what is no number is left out.
  function sum(texts) {
    const numbers = texts.filter((text) => NUMBER.test(text));
    const places = Math.max(2, ...numbers.map(scaleOf));
    return unscaled(numbers.reduce((total, text) => total + scaled(text, places), 0n), places);
  }

  // The product rounded half up to whole fen, "" where a factor is missing.
  function product(texts) {
    if (!texts.every((text) => NUMBER.test(text))) return "";
    const places = texts.reduce((total, text) => total + scaleOf(text), 0);
    let value = texts.reduce((total, text) => total * scaled(text, scaleOf(text)), 1n);
    if (places < 2) return unscaled(value * 10n ** BigInt(2 - places), 2);
    const divisor = 10n ** BigInt(places - 2);
    const half = value < 0n ? -divisor / 2n : divisor / 2n;
    return unscaled((value + half) / divisor, 2);
  }

  function grouped(text) {
    if (!NUMBER.test(text)) return text;
    const [whole, part] = text.split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? "." + part : "");
  }

  // 元 with two decimals, 万元 with every digit that is there.
  function money(text, wan) {
    if (!NUMBER.test(text)) return text;
    if (wan) return grouped(shifted(text, -4));
    const [whole, part = ""] = text.split(".");
    return grouped(whole + "." + part.padEnd(2, "0"));
  }

  // What is typed or pasted → what the cell keeps. What cannot be understood stays as it is; the server says why.
  function typed(column, text, wan, lists) {
    const plain = column.long ? text.replace(/\s+$/, "") : text.trim();
    if (NUMERIC.has(column.kind)) {
      const found = digits(plain);
      if (found === null) return plain;
      return column.kind === "amount" && wan && !found.unit ? shifted(found.text, 4) : found.text;
    }
    const list = lists[column.list];
    if (!list || !plain) return plain;
    const wanted = plain.replace(/\s+/g, "").toLowerCase();
    const hit = list.find(([code]) => code === plain)
      || list.find(([code, name]) => (code + name).replace(/\s+/g, "").toLowerCase() === wanted)
      || only(list.filter(([, name]) => name && name.replace(/\s+/g, "").toLowerCase() === wanted));
    return hit ? hit[0] : plain;
  }
  const only = (found) => (found.length === 1 ? found[0] : undefined);

  // What the cell shows: names beside codes, separators in amounts.
  function shown(column, text, wan, lists) {
    if (column.kind === "amount") return money(text, wan);
    if (column.kind === "decimal" || column.kind === "int") return text;
    const list = lists[column.list];
    const hit = list && list.find(([code]) => code === text);
    if (!hit || !hit[1]) return text;
    return /^[0-9A-Z]/.test(text) && column.kind === "code" ? `${text} ${hit[1]}` : hit[1];
  }

  // What is edited: the number in the unit of the screen, else as it is shown.
  const editable = (column, text, wan, lists) =>
    column.kind === "amount" ? (wan ? shifted(text, -4) : text) : shown(column, text, wan, lists);

  // A block of cells as a spreadsheet puts it on the clipboard. Quoted cells may hold tabs and line breaks.
  function fromClipboard(text) {
    const rows = [[]];
    let cell = "", quoted = false, begun = false;
    const end = () => { rows[rows.length - 1].push(unguarded(cell)); cell = ""; begun = false; };
    for (let i = 0; i < text.length; i += 1) {
      const sign = text[i];
      if (quoted) {
        if (sign === '"' && text[i + 1] === '"') { cell += '"'; i += 1; }
        else if (sign === '"') quoted = false;
        else if (sign !== "\r") cell += sign;
      } else if (sign === '"' && !begun) { quoted = true; begun = true; }
      else if (sign === "\t") end();
      else if (sign === "\n") { end(); rows.push([]); }
      else if (sign !== "\r") { cell += sign; begun = true; }
    }
    end();
    if (rows.length > 1 && rows[rows.length - 1].every((each) => each === "")) rows.pop();
    return rows;
  }
  // A text that a spreadsheet would take for a formula travels behind an apostrophe.
  const guarded = (text) => (/^[=+@]|^-(?!\d)/.test(text) ? `'${text}` : text);
  const unguarded = (text) => (/^'[=+\-@]/.test(text) ? text.slice(1) : text);
  const toClipboard = (rows) =>
    rows.map((row) => row.map((text) => {
      const safe = guarded(text);
      return /["\t\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
    }).join("\t")).join("\n");

  return { NUMERIC, editable, fromClipboard, grouped, money, product, shown, sum, toClipboard, typed };
})();
