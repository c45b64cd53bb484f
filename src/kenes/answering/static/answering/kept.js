// What was typed into a form with `data-keep` stays in this browser until the server has confirmed it.
const STORE = "kenes.kept.";
const PAUSE_MS = 300;

const isKept = (field) =>
  field.name && !["hidden", "file", "submit", "button"].includes(field.type) && field.name !== "version";

function stateOf(field) {
  return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
}

function isTouched(field) {
  if (field.options) return ![...field.options].every((option) => option.selected === option.defaultSelected);
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

const nameOf = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(STORE + key) ?? "null");
  } catch {
    return null;
  }
}

function write(key, entry) {
  if (entry) localStorage.setItem(STORE + key, JSON.stringify(entry));
  else localStorage.removeItem(STORE + key);
}

function take(form) {
  const fields = [...form.elements].filter(isKept);
  if (!fields.some(isTouched)) return null;
  const values = Object.fromEntries(fields.map((field) => [nameOf(field), stateOf(field)]));
  return { values, base: form.elements.namedItem("base")?.value ?? "", sent: false };
}

// Put back what was typed; returns whether anything differs from what the page says.
function restore(form, entry) {
  let isOther = false;
  for (const field of [...form.elements].filter(isKept)) {
    const value = entry.values[nameOf(field)];
    if (value === undefined || value === stateOf(field)) continue;
    isOther = true;
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
  }
  // Over another version than was seen the server tells both texts.
  const base = form.elements.namedItem("base");
  if (isOther && base && entry.base) base.value = entry.base;
  return isOther;
}

function tell(form, drop) {
  if (!form.dataset.keptWords) return;
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.dataset.tone = "warning";
  notice.setAttribute("role", "status");
  const words = notice.appendChild(document.createElement("p"));
  words.textContent = form.dataset.keptWords;
  const button = notice.appendChild(document.createElement("button"));
  button.type = "button";
  button.className = "button";
  button.dataset.kind = "quiet";
  button.textContent = form.dataset.dropWords;
  button.addEventListener("click", () => {
    drop();
    location.reload();
  });
  form.prepend(notice);
}

export function bindKept(form) {
  const key = form.dataset.keep;
  let timer = 0;
  const keep = () => write(key, take(form));
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  };
  const send = () => {
    clearTimeout(timer);
    const entry = take(form);
    if (entry) write(key, { ...entry, sent: true });
  };
  const entry = read(key);
  if (entry && restore(form, entry)) {
    form.closest("details")?.setAttribute("open", "");
    tell(form, () => write(key, null));
  }
  form.addEventListener("input", later);
  form.addEventListener("submit", send);
  return () => {
    form.removeEventListener("input", later);
    form.removeEventListener("submit", send);
  };
}

// A page that says an act is done confirms what was sent.
export function dropConfirmed(root = document) {
  if (!root.querySelector('.notice[data-tone="success"]')) return;
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(STORE))) {
    const key = name.slice(STORE.length);
    if (read(key)?.sent) write(key, null);
  }
}

dropConfirmed();
for (const form of document.querySelectorAll("form[data-keep]")) bindKept(form);
