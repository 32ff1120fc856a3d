// Words of the scripts in the reader's language: the page brings a translation of each; Chinese needs none.
"use strict";
const worded = (() => {
  const brought = document.getElementById("script-words");
  const known = brought ? JSON.parse(brought.textContent) : {};
  return (text, values = {}) => (known[text] || text).replace(/\{(\w+)\}/g, (mark, name) => (name in values ? values[name] : mark));
})();
