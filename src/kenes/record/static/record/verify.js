// Checks a receipt with WebCrypto alone: hashes, the proof, and signatures where the browser knows Ed25519.
// Source: RFC 9162, 2.1.3.2 (inclusion), 2.1.4.2 (consistency).
const encoder = new TextEncoder();

const bytesOfHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytesOfBase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

async function sha256(...parts) {
  const whole = await new Blob(parts).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

export async function leafHash(body) {
  return hexOf(await sha256(Uint8Array.of(0), encoder.encode(body)));
}

// Returns true, false, or null where the browser cannot tell.
export async function isSigned({ statement, signature, public_key: publicKey }) {
  let key;
  try {
    key = await crypto.subtle.importKey("raw", bytesOfBase64(publicKey), "Ed25519", false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError") return null;
    return false;
  }
  return crypto.subtle.verify("Ed25519", key, bytesOfBase64(signature), encoder.encode(statement));
}

const half = (number) => Math.floor(number / 2);

// Skips the levels where the subtree stands alone at the right edge.
function pastZeros(place, last) {
  if (place === 0 || place % 2 === 1) return [place, last];
  return pastZeros(half(place), half(last));
}

export async function isIncluded({ leaf, index, size, hashes, root }) {
  let [place, last] = [index, size - 1];
  let found = bytesOfHex(leaf);
  if (index < 0 || index >= size) return false;
  for (const step of hashes.map(bytesOfHex)) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      found = await nodeHash(step, found);
      [place, last] = pastZeros(place, last);
    } else {
      found = await nodeHash(found, step);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && hexOf(found) === root;
}

// Returns the roots of the log of `old` entries and of that of `size`, as the proof's hashes give them.
async function rootsOf({ old, size, hashes }) {
  let [place, last] = [old - 1, size - 1];
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  const [first, ...steps] = hashes;
  let [before, after] = [first, first];
  for (const step of steps) {
    if (last === 0) return [];
    if (place % 2 === 1 || place === last) {
      [before, after] = [await nodeHash(step, before), await nodeHash(step, after)];
      [place, last] = pastZeros(place, last);
    } else {
      after = await nodeHash(after, step);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 ? [hexOf(before), hexOf(after)] : [];
}

// Says whether the log of `size` entries begins with that of `old` entries.
export async function isConsistent({ old, oldRoot, size, root, hashes }) {
  if (old === size) return hashes.length === 0 && oldRoot === root;
  if (old < 1 || old > size || hashes.length === 0) return false;
  const isWhole = Number.isInteger(Math.log2(old));
  const given = [...(isWhole ? [oldRoot] : []), ...hashes].map(bytesOfHex);
  const [before, after] = await rootsOf({ old, size, hashes: given });
  return before === oldRoot && after === root;
}

async function inclusionSteps(digest, inclusion, key) {
  const head = JSON.parse(inclusion.head.statement);
  const isHead = head.what === "kenes tree head" && inclusion.head.public_key === key;
  const { index, hashes } = inclusion;
  return {
    head: isHead && (await isSigned(inclusion.head)),
    inclusion: await isIncluded({ leaf: digest, index, size: head.size, hashes, root: head.root }),
  };
}

// Reads a receipt, whole or only its signed part; throws where it is none.
export function readReceipt(text) {
  const document = JSON.parse(text);
  const whole = document.statement ? { receipt: document } : document;
  const said = JSON.parse(whole.receipt.statement);
  if (said.what !== "kenes receipt" || !/^[0-9a-f]{64}$/.test(said.leaf))
    throw new TypeError("not a receipt");
  return { ...whole, said };
}

// Returns by step: true, false, or null where the browser cannot tell.
export async function checkReceipt({ receipt, said, leaf, opening, inclusion }) {
  const steps = { signature: await isSigned(receipt) };
  if (leaf) {
    steps.leaf = (await leafHash(leaf)) === said.leaf;
    if (opening) {
      const opened = hexOf(await sha256(bytesOfHex(opening.nonce), encoder.encode(opening.text)));
      steps.text = JSON.parse(leaf).facts.text === opened;
    }
  }
  return inclusion
    ? { ...steps, ...(await inclusionSteps(said.leaf, inclusion, receipt.public_key)) }
    : steps;
}
