// The ask form: what is typed survives a reload, what is sent waits in the outbox until confirmed.
const DRAFT = "kenes.draft.";
const DOUBLE_PRESS_MS = 1000;

// `askedBefore(text)`: what to say where these words were asked from this device already.
export function bindAsk(form, { room, outbox, askedBefore }) {
  const error = form.querySelector("[data-ask-error]");
  const field = (name) => form.elements.namedItem(name);
  const remember = () => {
    const draft = { name: field("name").value, text: field("text").value };
    localStorage.setItem(DRAFT + room, JSON.stringify(draft));
  };
  const recall = () => {
    const draft = JSON.parse(localStorage.getItem(DRAFT + room) ?? "{}");
    for (const name of ["name", "text"]) if (!field(name).value) field(name).value = draft[name] ?? "";
  };
  const refuse = (words) => {
    error.textContent = words;
    error.hidden = !words;
  };
  let sentAt = 0;
  const onSubmit = (event) => {
    event.preventDefault();
    const text = field("text").value.trim();
    if (!text && event.timeStamp - sentAt < DOUBLE_PRESS_MS) return;
    if (!text) {
      refuse(form.dataset.empty);
      field("text").focus();
      return;
    }
    const before = askedBefore(text);
    if (before) {
      refuse(before);
      return;
    }
    refuse("");
    const body = { text, language: field("language").value, anonymous: field("anonymous").checked };
    sentAt = event.timeStamp;
    outbox.add({ act: "ask", body, name: field("name").value.trim() });
    field("text").value = "";
    remember();
  };
  form.addEventListener("submit", onSubmit);
  form.addEventListener("input", remember);
  recall();
  return {
    // The server would not have it: the text goes back where it was typed.
    refused(item, refusal) {
      if (!field("text").value) field("text").value = item.body.text;
      remember();
      refuse(refusal.message);
    },
    stop() {
      form.removeEventListener("submit", onSubmit);
      form.removeEventListener("input", remember);
    },
  };
}

// The questions that wait to be sent, in words; returns whether there are more than before.
export function showWaiting(panel, items) {
  const asks = items.filter((item) => item.act === "ask");
  const list = panel.querySelector("ul");
  const isMore = asks.length > list.children.length;
  panel.hidden = asks.length === 0;
  list.replaceChildren(
    ...asks.map((item) => {
      const line = document.createElement("li");
      line.textContent = item.body.text;
      line.lang = item.body.language;
      return line;
    }),
  );
  return isMore;
}
