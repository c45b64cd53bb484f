// Makes a part of the page like the one the server has rendered anew, and touches nothing else:
// what has the focus, what was typed and what was opened stay.

import { holdsTyped } from "./typed.js";

const isTyped = (node) => node.matches?.("input:not([type=hidden]), textarea, select");
const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key || null : null);

function patchAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    const isKept =
      name === "open" || name === "data-kept" || (name === "data-playing" && !fresh.hasAttribute(name));
    if (!fresh.hasAttribute(name) && !isKept) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function isSame(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) return false;
  return keyOf(old) === keyOf(fresh);
}

function patchNode(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  if (old.isEqualNode(fresh) || (isTyped(old) && old.name !== "csrfmiddlewaretoken")) return;
  patchAttributes(old, fresh);
  if (!old.hasAttribute("data-kept")) patch(old, fresh, false);
}

function findHeld(keyed, cursor, fresh) {
  const key = keyOf(fresh);
  if (key !== null) return keyed.get(key);
  return cursor && keyOf(cursor) === null && isSame(cursor, fresh) ? cursor : null;
}

// Put `held` at the cursor; the focused one stays and those before it go behind it.
function bringToCursor(root, held, cursor) {
  if (held === cursor) return cursor.nextSibling;
  if (!held.contains(document.activeElement)) {
    root.insertBefore(held, cursor);
    return cursor;
  }
  let before = cursor;
  while (before && before !== held) {
    const next = before.nextSibling;
    root.append(before);
    before = next;
  }
  return held.nextSibling;
}

// What is no longer on the page goes, but for what was typed and not sent yet.
function removeFrom(cursor) {
  let node = cursor;
  while (node) {
    const next = node.nextSibling;
    if (!holdsTyped(node)) node.remove();
    node = next;
  }
}

// `data-key` and `id` name a node among its brothers; others are matched by their place.
export function patch(root, fresh, withAttributes = true) {
  if (withAttributes) patchAttributes(root, fresh);
  const keyed = new Map();
  for (const node of root.children) if (keyOf(node) !== null) keyed.set(keyOf(node), node);
  let cursor = root.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const held = findHeld(keyed, cursor, wanted);
    if (held && isSame(held, wanted)) {
      cursor = bringToCursor(root, held, cursor);
      patchNode(held, wanted);
    } else {
      root.insertBefore(document.importNode(wanted, true), cursor);
    }
  }
  removeFrom(cursor);
}
