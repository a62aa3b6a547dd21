// Keys for the lead's desk. Every one of them presses something that is on the page anyway.
const rows = [...document.querySelectorAll("[data-flag]")];
const at = () => rows.findIndex(row => row.contains(document.activeElement) || row.querySelector("[aria-current]"));
const go = step => {
  const focused = rows.findIndex(row => row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, (focused < 0 ? at() : focused) + step))];
  next?.querySelector("a").focus();
};
const keys = {
  j: () => go(1),
  k: () => go(-1),
  o: () => rows.find(row => row.contains(document.activeElement))?.querySelector("a").click(),
  d: () => document.getElementById("decide")?.focus(),
  "?": () => document.getElementById("keys")?.toggleAttribute("open"),
};
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) {
    return;
  }
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});
