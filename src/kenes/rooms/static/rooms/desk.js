// The desk: acts go by fetch, the queue follows the desk's stream, shortcuts for the keyboard.
import { fetchWithin } from "./take.js";
import { watch } from "./watch.js";

const root = document.querySelector("[data-screen]");
const said = document.querySelector("[data-said]");
const { refresh } = watch(root, { stream: "desk" });

const SAID_MS = 8000;
let saidTimer = null;

function say(text, isError) {
  clearTimeout(saidTimer);
  said.textContent = text;
  said.dataset.tone = isError ? "error" : "success";
  said.hidden = !text;
  if (!isError) saidTimer = setTimeout(() => (said.hidden = true), SAID_MS);
}

function untell(form) {
  for (const told of form.querySelectorAll("[data-told]")) told.remove();
  for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  form.removeAttribute("data-kept");
}

// `fields`: words by the field they belong to. They stay until the form is sent again.
function tell(form, fields) {
  form.setAttribute("data-kept", "");
  for (const [name, words] of Object.entries(fields)) {
    const control = form.elements.namedItem(name);
    const told = document.createElement("p");
    told.className = "errors";
    told.dataset.told = name;
    told.textContent = words.join(" ");
    if (control instanceof HTMLElement) {
      control.setAttribute("aria-invalid", "true");
      control.before(told);
    } else form.prepend(told);
  }
  form.querySelector("[aria-invalid]")?.focus();
}

// A second press while the first is under way is the same act.
const underWay = new WeakSet();

async function send(form, submitter) {
  if (underWay.has(form)) return;
  underWay.add(form);
  const body = new FormData(form, submitter);
  submitter?.setAttribute("aria-busy", "true");
  try {
    const { answer, body: answered } = await fetchWithin(form.action, {
      method: "POST",
      body,
      headers: { "X-Requested-With": "fetch", Accept: "application/json" },
    });
    const { said: words, fields = {} } = JSON.parse(answered);
    say(words, !answer.ok);
    untell(form);
    if (!answer.ok) {
      tell(form, fields);
      refresh();
      return;
    }
    form.closest("details[open]")?.removeAttribute("open");
    form.reset();
    refresh();
  } catch {
    say(root.dataset.unsent, true);
  } finally {
    underWay.delete(form);
    submitter?.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-act]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  send(form, event.submitter);
});

// A question is chosen without leaving the page; back and forward go through the choices.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-select]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  for (const form of root.querySelectorAll("[id^=chosen-] form")) {
    untell(form);
    form.reset();
  }
  history.pushState(null, "", link.href);
  refresh().then(() => root.querySelector("[id^=chosen-]")?.focus());
});
addEventListener("popstate", () => refresh());

const isTyping = (node) => node.closest("input, textarea, select, [contenteditable]");
const rows = () => [...root.querySelectorAll("[data-row]")];

function step(by) {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

// j, k: the next, the one before. Letters on a row press its button with `data-shortcut`.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else {
    const row = document.activeElement?.closest("[data-row]");
    const control = row?.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
    if (!control) return;
    event.preventDefault();
    if (control.tagName === "SUMMARY") {
      control.parentElement.open = true;
      control.parentElement.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    } else control.click();
  }
});
