// The queue by keyboard: j and k go down and up, x chooses, Enter opens; and how many are chosen.
import "./kept.js";

const STEPS = { j: 1, k: -1 };
const isTyping = (node) => node.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

export function bindQueue(form) {
  const rows = [...form.querySelectorAll("[data-row]")];
  const boxes = rows.map((row) => row.querySelector("[data-choose]"));
  const shown = form.querySelector("[data-chosen]");
  const all = form.querySelector("[data-choose-all]");
  const at = () => rows.findIndex((row) => row.contains(document.activeElement));
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    shown.textContent = String(chosen);
    shown.hidden = chosen === 0;
  };
  const step = (by) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at() + by))];
    next?.querySelector("[data-open]")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const open = (row, event) => {
    if (!event.target.matches("[data-choose]")) return false;
    row.querySelector("[data-open]").click();
    return true;
  };
  const onRow = {
    x: (row) => row.querySelector("[data-choose]").click() ?? true,
    Enter: open,
  };
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const by = STEPS[event.key];
    if (by) step(by);
    const row = rows[at()];
    if (by || (row && onRow[event.key]?.(row, event))) event.preventDefault();
  };
  const onChange = (event) => {
    if (event.target.closest("[data-choose-all]")) {
      for (const box of boxes) box.checked = event.target.checked;
    }
    count();
  };
  form.querySelector("[data-keys]")?.removeAttribute("hidden");
  all?.removeAttribute("hidden");
  document.addEventListener("keydown", onKey);
  form.addEventListener("change", onChange);
  count();
  return () => {
    document.removeEventListener("keydown", onKey);
    form.removeEventListener("change", onChange);
  };
}

for (const form of document.querySelectorAll("form[data-queue]")) bindQueue(form);
