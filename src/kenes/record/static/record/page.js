// Checks a receipt in the page; without WebCrypto (a site without https) the form goes to the server.
import { checkReceipt, isIncluded, isSigned, leafHash, readReceipt } from "./verify.js";

const root = document.querySelector("[data-receipt-check]");
const words = JSON.parse(document.getElementById("record-words").textContent);

// Where the entry stands today, by a proof that the browser checks: included, waiting or missing.
async function placeOf(digest) {
  const response = await fetch(root.dataset.leafUrl.replace("DIGEST", digest));
  if (response.status === 404) return "missing";
  if (!response.ok) throw new Error(`The record answered ${response.status}.`);
  const { leaf, inclusion } = await response.json();
  if ((await leafHash(leaf)) !== digest) return "missing";
  if (!inclusion) return "waiting";
  const { index, hashes, head } = inclusion;
  const { size, root: top } = JSON.parse(head.statement);
  const isThere = await isIncluded({ leaf: digest, index, size, hashes, root: top });
  return isThere && (await isSigned(head)) !== false ? "included" : "missing";
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
  const place = await placeOf(receipt.said.leaf);
  steps[place] = place !== "missing";
  const isForeign = receipt.receipt.public_key !== root.dataset.key;
  const holds = Object.values(steps).every((step) => step !== false) && !isForeign;
  show(panel, holds ? "yes" : "no", { steps, isForeign });
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
