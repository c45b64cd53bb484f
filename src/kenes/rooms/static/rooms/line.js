// One line to a stream of a room: EventSource while it flows, polling where a proxy buffers.
// It knows nothing of what the messages mean; whoever holds a state compares and fills the gaps.
import { take } from "./take.js";

export const OPEN_SILENCE_MS = 5000; // no byte this long after opening: the path buffers
export const SILENCE_MS = 12000; // none this long later: heartbeats come at least every 5 s
const CONNECT_MS = 10000; // nor any answer to the opening itself
const RETRY_MOST_MS = 60000; // longer than any `retry` that a stopping server draws
const BACKOFF_MS = 400;
const RECONNECT_CAP_MS = 15000;
const POLL_WAIT_S = 20;
const POLL_TIMEOUT_MS = 30000;
const RETRY_EVENTS_MS = 120000; // a polling line tries the event stream again
const ASLEEP_MS = 3000; // a timer this late: the machine or the tab slept, the path is not to blame

const jittered = (ms) => ms / 2 + Math.random() * (ms / 2);

export class Line {
  constructor({ base, stream, since, onMessage, onStatus }) {
    Object.assign(this, { base, stream, since, onMessage, onStatus });
    this.failures = 0;
    this.timers = new Set();
    this.watch = null;
    this.source = null;
    this.polling = null;
    this.stopped = false;
    this.heardAt = 0;
  }

  start() {
    this.stopped = false;
    this.#openEvents();
  }

  stop() {
    this.stopped = true;
    this.#clear();
  }

  // The page came back, or (`isSure`) the network did: do not wait for a timer.
  nudge(isSure = false) {
    const silence = this.polling ? POLL_TIMEOUT_MS : OPEN_SILENCE_MS + 1000;
    const isFlowing = (this.source || this.polling) && Date.now() - this.heardAt < silence;
    if (this.stopped || (isFlowing && !isSure)) return;
    this.failures = 0;
    this.#openEvents();
  }

  #clear() {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.source?.close();
    this.source = null;
    this.polling?.abort();
    this.polling = null;
  }

  #after(ms, act) {
    const due = Date.now() + ms;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.stopped) act(Date.now() - due > ASLEEP_MS);
    }, ms);
    this.timers.add(timer);
    return timer;
  }

  #rewatch(ms, act = (slept) => (slept ? this.#openEvents() : this.#poll())) {
    clearTimeout(this.watch);
    this.timers.delete(this.watch);
    this.watch = this.#after(ms, act);
  }

  #url(path, query = {}) {
    const url = new URL(`${this.base}/${path}`);
    if (this.stream !== "public") url.searchParams.set("stream", this.stream);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }

  #openEvents() {
    this.#clear();
    const source = new EventSource(this.#url("events"));
    this.source = source;
    this.heardAt = Date.now();
    this.#rewatch(CONNECT_MS);
    source.onopen = () => this.#rewatch(OPEN_SILENCE_MS);
    source.onmessage = (event) => {
      this.#rewatch(SILENCE_MS);
      this.#heard(JSON.parse(event.data), "live");
    };
    source.onerror = () => {
      this.failures += 1;
      this.onStatus(this.failures > 2 ? "offline" : "delayed");
      // CONNECTING: the browser comes back by itself after the `retry` that the server drew for it.
      if (source.readyState === EventSource.CLOSED || this.failures > 3) this.#again();
      else this.#rewatch(RETRY_MOST_MS, () => this.#openEvents());
    };
  }

  #again() {
    this.#clear();
    const wait = Math.min(RECONNECT_CAP_MS, BACKOFF_MS * 2 ** Math.min(this.failures, 8));
    this.#after(jittered(wait), () => this.#openEvents());
  }

  #heard(message, status) {
    this.failures = 0;
    this.heardAt = Date.now();
    const reached = message.to ?? message.version;
    if (reached !== undefined) this.since = reached;
    this.onStatus(status);
    this.onMessage(message);
  }

  async #poll() {
    this.#clear();
    const polling = new AbortController();
    this.polling = polling;
    this.#after(RETRY_EVENTS_MS, () => this.#openEvents());
    while (this.polling === polling) {
      try {
        const url = this.#url("changes", { since: this.since, wait: POLL_WAIT_S });
        const message = await take(url, { ms: POLL_TIMEOUT_MS, stop: polling.signal });
        if (this.polling === polling) this.#heard(message, "delayed");
      } catch {
        if (this.polling !== polling) return;
        this.failures += 1;
        this.onStatus("offline");
        this.#again();
      }
    }
  }
}
