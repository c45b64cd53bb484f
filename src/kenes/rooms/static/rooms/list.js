// Keyed update of a list: unchanged nodes stay, focus and scroll stay where the reader has them.

function visibleAnchor(list) {
  const top = list.getBoundingClientRect().top;
  if (top >= 0) return null; // the list's beginning is in view: new rows may be seen coming
  for (const node of list.children) {
    const box = node.getBoundingClientRect();
    if (box.bottom > 0) return { node, top: box.top };
  }
  return null;
}

function keepScroll(anchor) {
  if (!anchor?.node.isConnected) return;
  const moved = anchor.node.getBoundingClientRect().top - anchor.top;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}

// Put `nodes` in order without moving the one that holds the focus.
function order(list, nodes) {
  const focused = nodes.findIndex((node) => node.contains(document.activeElement));
  const pivot = Math.max(focused, 0);
  if (!nodes.length) return;
  if (focused < 0 && list.firstElementChild !== nodes[0]) list.prepend(nodes[0]);
  for (let i = pivot - 1; i >= 0; i -= 1) {
    if (nodes[i].nextElementSibling !== nodes[i + 1]) list.insertBefore(nodes[i], nodes[i + 1]);
  }
  for (let i = pivot + 1; i < nodes.length; i += 1) {
    if (nodes[i].previousElementSibling !== nodes[i - 1]) nodes[i - 1].after(nodes[i]);
  }
}

function drop(node, list) {
  if (node.contains(document.activeElement)) {
    const next = node.nextElementSibling ?? node.previousElementSibling;
    const target = next?.querySelector("button, a[href]") ?? list;
    node.remove();
    target.focus({ preventScroll: true });
  } else {
    node.remove();
  }
}

// `rows` in order; `make(row)` clones the template, `fill(node, row)` writes what differs.
export function updateList(list, rows, { make, fill, isFixed = false }) {
  const anchor = visibleAnchor(list);
  const held = new Map([...list.children].map((node) => [node.dataset.code, node]));
  const nodes = [];
  for (const row of rows) {
    let node = held.get(row.code);
    if (!node) {
      if (isFixed) continue;
      node = make(row);
      fill(node, row);
      list.append(node);
    } else if (Number(node.dataset.version) !== row.version) {
      fill(node, row);
    }
    held.delete(row.code);
    nodes.push(node);
  }
  if (!isFixed) {
    for (const node of held.values()) drop(node, list);
    order(list, nodes);
  }
  keepScroll(anchor);
}

// Run `act` at most once in `ms`, the first call at once, the last one never lost.
export function batched(act, ms) {
  let timer = null;
  let again = false;
  const run = () => {
    again = false;
    act();
    timer = setTimeout(() => {
      timer = null;
      if (again) run();
    }, ms);
  };
  return () => {
    if (timer) again = true;
    else run();
  };
}
