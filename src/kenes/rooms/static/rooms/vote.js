// Vote buttons: pressed at once, confirmed by the server, taken back when refused.
export class Votes {
  // `takesVotes()`: by the rules of the room as they are now.
  constructor(list, { outbox, takesVotes, onError }) {
    Object.assign(this, { list, outbox, takesVotes, onError, own: new Set() });
  }

  start() {
    this.list.addEventListener("submit", this.#onSubmit);
  }

  stop() {
    this.list.removeEventListener("submit", this.#onSubmit);
  }

  #onSubmit = (event) => {
    const form = event.target.closest("[data-vote-form]");
    if (!form) return;
    event.preventDefault();
    const { code } = form.closest("[data-code]").dataset;
    if (this.outbox.items.some((item) => item.target === code)) return;
    this.outbox.add({ act: this.own.has(code) ? "unvote" : "vote", target: code });
  };

  // Rows in the state come with counts; what is pressed is the reader's own.
  paint() {
    const waiting = new Map(
      this.outbox.items.filter((item) => item.target).map((item) => [item.target, item.act]),
    );
    const takesVotes = this.takesVotes();
    for (const button of this.list.querySelectorAll("[data-vote]")) {
      const { code, state } = button.closest("[data-code]").dataset;
      button.disabled = state !== "open" || !takesVotes;
      const act = waiting.get(code);
      const pressed = act ? act === "vote" : this.own.has(code);
      button.setAttribute("aria-pressed", String(pressed));
      button.toggleAttribute("data-waiting", Boolean(act));
    }
  }

  sent(item, answer) {
    if (answer.voted) this.own.add(item.target);
    else this.own.delete(item.target);
    this.paint();
  }

  refused(refusal) {
    this.paint();
    this.onError(refusal.message);
  }

  set(codes) {
    this.own = new Set(codes);
    this.paint();
  }
}
