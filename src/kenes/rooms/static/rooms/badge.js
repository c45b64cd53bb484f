// Says in words whether what is on the screen is live, delayed or offline.
const SETTLE_MS = 1500; // a short gap while reconnecting is nobody's business

export function bindBadge(node) {
  let timer = null;
  const write = (status) => {
    node.hidden = false;
    node.dataset.status = status;
    const words = node.querySelector("[data-words]");
    if (words.textContent !== node.dataset[status]) words.textContent = node.dataset[status];
  };
  return (status, isSure = false) => {
    clearTimeout(timer);
    if (status === node.dataset.status) return;
    if (status === "live" || isSure || !node.dataset.status) write(status);
    else timer = setTimeout(write, SETTLE_MS, status);
  };
}
