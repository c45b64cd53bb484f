// Receipts: shown after asking, and kept on this device so that the asker can follow the question.
const STORE = "kenes.receipts";

export function receiptsOf(room) {
  return JSON.parse(localStorage.getItem(STORE) ?? "[]").filter((kept) => kept.room === room);
}

const plain = (text) => text.split(/\s+/).join(" ").trim().toLowerCase();

// The receipt of the same words asked from this device before, unless that question was withdrawn.
export function receiptOfText(room, text, states) {
  return receiptsOf(room).find(
    (kept) => plain(kept.text) === plain(text) && states.get(kept.code) !== "withdrawn",
  );
}

export function keepReceipt(room, { code, secret, text, receipt }) {
  const all = JSON.parse(localStorage.getItem(STORE) ?? "[]").filter((kept) => kept.code !== code);
  localStorage.setItem(STORE, JSON.stringify([...all, { room, code, secret, text, receipt }]));
}

function receiptNode(template, kept, words) {
  const node = template.content.firstElementChild.cloneNode(true);
  node.dataset.code = kept.code;
  const place = (name) => node.querySelector(`[data-f="${name}"]`);
  place("code").textContent = kept.code;
  place("secret").textContent = kept.secret;
  place("text").textContent = kept.text;
  place("state").textContent = words.own_states[kept.state] ?? "";
  const link = place("link");
  // The secret stands behind the number sign: no server's log ever has it from a link.
  link.href = `${link.getAttribute("href").replace("CODE", kept.code)}#${kept.secret}`;
  return node;
}

// `stateOf(code)`: of an own question, as far as it is known. Nothing is touched where nothing is new.
export function showReceipts(panel, words, room, stateOf) {
  const kept = receiptsOf(room).map((receipt) => ({ ...receipt, state: stateOf(receipt.code) }));
  const list = panel.querySelector("[data-receipts]");
  const shown = kept.map(({ code, state }) => `${code}:${state}`).join(" ");
  if (list.dataset.shown === shown) return;
  list.dataset.shown = shown;
  panel.hidden = kept.length === 0;
  const template = panel.querySelector("template");
  list.replaceChildren(...kept.reverse().map((receipt) => receiptNode(template, receipt, words)));
}
