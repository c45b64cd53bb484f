// Tells screen readers what is new, summed up, never the history again.
import { counted, format, official, shown } from "./words.js";

const SUM_UP_MS = 5000;

export class Announcer {
  constructor(region, words) {
    Object.assign(this, { region, words, fresh: 0, timer: null });
  }

  say(text) {
    const line = document.createElement("p");
    line.textContent = text;
    this.region.replaceChildren(line);
  }

  #newQuestion() {
    this.fresh += 1;
    this.timer ??= setTimeout(() => {
      this.say(counted(this.words, this.words.news, this.fresh));
      this.fresh = 0;
      this.timer = null;
    }, SUM_UP_MS);
  }

  // `before` and `after`: states around one frame.
  heard(before, after, changes) {
    for (const change of changes) {
      if (change.gone) continue;
      const isNew = change.type === "question" && !before.rows.has(change.code);
      if (isNew && change.state === "open") this.#newQuestion();
      if (change.type === "announcement" && !before.announcements.has(change.code)) {
        this.say(official(this.words, change.text).text);
      }
    }
    if (after.stage && after.stage !== before.stage) {
      this.say(format(this.words.on_stage, { text: shown(this.words, after.rows.get(after.stage).text) }));
    }
  }

  stop() {
    clearTimeout(this.timer);
  }
}
