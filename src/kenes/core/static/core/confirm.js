// Asks before a form with `data-confirm` is sent; one dialog serves them all.
function makeDialog({ yes, no }) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const text = dialog.appendChild(document.createElement("p"));
  text.id = "confirm-text";
  dialog.setAttribute("aria-labelledby", text.id);
  const buttons = dialog.appendChild(document.createElement("div"));
  buttons.className = "dialog-actions";
  for (const [label, value, kind] of [
    [no, "no", "quiet"],
    [yes, "yes", "primary"],
  ]) {
    const button = buttons.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "button";
    button.dataset.kind = kind;
    button.textContent = label;
    button.addEventListener("click", () => dialog.close(value));
  }
  document.body.append(dialog);
  return { dialog, text };
}

export function bindConfirm(root = document) {
  let parts = null;
  let confirmed = null;
  const ask = (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!question || confirmed === form) {
      confirmed = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { confirmYes: yes, confirmNo: no } = document.documentElement.dataset;
    parts ??= makeDialog({ yes, no });
    parts.text.textContent = question;
    parts.dialog.returnValue = "no";
    parts.dialog.onclose = () => {
      if (parts.dialog.returnValue !== "yes") return;
      confirmed = form;
      form.requestSubmit(event.submitter);
    };
    parts.dialog.showModal();
  };
  root.addEventListener("submit", ask, true);
  return () => root.removeEventListener("submit", ask, true);
}
