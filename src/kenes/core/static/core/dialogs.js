// Native dialogs: `data-opens="id"` opens, `data-closes` closes, a click beside the dialog closes it.
export function bindDialogs(root = document) {
  const act = (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      if (!(dialog instanceof HTMLDialogElement)) return;
      event.preventDefault();
      dialog.showModal();
      return;
    }
    if (event.target.closest("[data-closes]") || event.target.matches?.("dialog[open]")) {
      event.target.closest("dialog")?.close();
    }
  };
  root.addEventListener("click", act);
  return () => root.removeEventListener("click", act);
}
