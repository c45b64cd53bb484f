// Checks a receipt in the page; without WebCrypto (a site without https) the form goes to the server.
import { checkReceipt, isConsistent, isIncluded, isSigned, leafHash, readReceipt } from "./verify.js";

const root = document.querySelector("[data-receipt-check]");
const words = JSON.parse(document.getElementById("record-words").textContent);

async function answered(url) {
  const response = await fetch(url);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`The record answered ${response.status}.`);
  return response.json();
}

// A head's signature (null where the browser cannot tell), its key that of the receipt.
const isHead = async (head, key) =>
  JSON.parse(head.statement).what === "kenes tree head" && head.public_key === key && (await isSigned(head));

// Where the entry stands today, by a proof that the browser checks; `isSure` is null where it could not.
async function placeOf(digest, key) {
  const found = await answered(root.dataset.leafUrl.replace("DIGEST", digest));
  if (found === null || (await leafHash(found.leaf)) !== digest) return { place: "missing", isSure: false };
  if (!found.inclusion) return { place: "waiting", isSure: true };
  const { index, hashes, head } = found.inclusion;
  const { size, root: top } = JSON.parse(head.statement);
  const isSure =
    (await isIncluded({ leaf: digest, index, size, hashes, root: top })) && (await isHead(head, key));
  return { place: isSure === false ? "unproved" : "included", isSure, size };
}

// Whether the log of today begins with the one under whose head the receipt was proved.
async function isContinued(proved, size, key) {
  const { size: old, root: oldRoot } = JSON.parse(proved.head.statement);
  const found = await answered(`${root.dataset.consistencyUrl}?old=${old}&new=${size}`);
  if (found === null) return false;
  const [before, after] = [found.old, found.new].map((head) => JSON.parse(head.statement));
  if (before.size !== old || before.root !== oldRoot || after.size !== size) return false;
  const { hashes } = found;
  return (
    (await isConsistent({ old, oldRoot, size, root: after.root, hashes })) && (await isHead(found.new, key))
  );
}

function showSteps(panel, steps) {
  const rows = Object.entries(steps)
    .filter(([, holds]) => holds !== null)
    .map(([step, holds]) => {
      const row = document.createElement("li");
      row.dataset.holds = holds ? "yes" : "no";
      row.textContent = `${holds ? "✓" : "✗"} ${words.steps[step] ?? words.places[step]}`;
      return row;
    });
  panel.querySelector("[data-steps]").replaceChildren(...rows);
}

function show(panel, answer, { steps = {}, isForeign = false } = {}) {
  panel.hidden = false;
  for (const title of panel.querySelectorAll(".notice-title")) title.hidden = title.dataset.holds !== answer;
  panel.querySelector("[data-foreign-key]").hidden = !isForeign;
  panel.querySelector("[data-no-ed25519]").hidden = !Object.values(steps).includes(null);
  showSteps(panel, steps);
}

async function check(panel, text) {
  let receipt;
  let steps;
  try {
    receipt = readReceipt(text);
    steps = await checkReceipt(receipt);
  } catch {
    show(panel, "unreadable");
    return;
  }
  const key = receipt.receipt.public_key;
  const { place, isSure, size } = await placeOf(receipt.said.leaf, key);
  if (receipt.inclusion && size) steps.continued = await isContinued(receipt.inclusion, size, key);
  steps[place] = isSure;
  const isForeign = key !== root.dataset.key;
  const answers = Object.values(steps);
  const holds = answers.every((step) => step !== false) && !isForeign;
  // What nobody checked does not hold yet.
  const answer = answers.includes(null) ? "unsigned" : "yes";
  show(panel, holds ? answer : "no", { steps, isForeign });
}

if (root && globalThis.crypto?.subtle) {
  const form = root.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = form.elements.file.files[0];
    const text = file ? await file.text() : form.elements.text.value;
    try {
      await check(root.querySelector("[data-verdict]"), text);
    } catch {
      form.submit(); // the record did not answer: let the server tell what is wrong
    }
  });
}
