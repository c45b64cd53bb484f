// One line to a stream of a room: EventSource while it flows, polling where a proxy buffers.
// It knows nothing of what the messages mean; whoever holds a state compares and fills the gaps.
export const OPEN_SILENCE_MS = 5000; // no byte this long after opening: the path buffers
export const SILENCE_MS = 12000; // none this long later: heartbeats come at least every 5 s
const BACKOFF_MS = 400;
const RECONNECT_CAP_MS = 15000;
const POLL_WAIT_S = 20;
const RETRY_EVENTS_MS = 120000; // a polling line tries the event stream again

const jittered = (ms) => ms / 2 + Math.random() * (ms / 2);

export class Line {
  constructor({ base, stream, since, onMessage, onStatus }) {
    Object.assign(this, { base, stream, since, onMessage, onStatus });
    this.failures = 0;
    this.timers = new Set();
    this.source = null;
    this.polling = null;
    this.stopped = false;
  }

  start() {
    this.stopped = false;
    this.#openEvents();
  }

  stop() {
    this.stopped = true;
    this.#clear();
  }

  // The page came back, or the network did: do not wait for a timer.
  nudge() {
    if (this.stopped || (this.source && Date.now() - this.heardAt < OPEN_SILENCE_MS + 1000)) return;
    this.failures = 0;
    this.#clear();
    this.#openEvents();
  }

  #clear() {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    if (this.source) this.source.close();
    this.source = null;
    if (this.polling) this.polling.abort();
    this.polling = null;
  }

  #after(ms, act) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.stopped) act();
    }, ms);
    this.timers.add(timer);
    return timer;
  }

  #url(path, query = {}) {
    const url = new URL(`${this.base}/${path}`);
    if (this.stream !== "public") url.searchParams.set("stream", this.stream);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }

  #openEvents() {
    const source = new EventSource(this.#url("events"));
    this.source = source;
    this.heardAt = Date.now();
    let watch = this.#after(OPEN_SILENCE_MS * 2, () => this.#poll());
    const rewatch = (ms) => {
      clearTimeout(watch);
      this.timers.delete(watch);
      watch = this.#after(ms, () => this.#poll());
    };
    source.onopen = () => rewatch(OPEN_SILENCE_MS);
    source.onmessage = (event) => {
      rewatch(SILENCE_MS);
      this.failures = 0;
      this.#heard(JSON.parse(event.data), "live");
    };
    source.onerror = () => {
      this.onStatus(this.failures > 1 ? "offline" : "delayed");
      // CONNECTING: the browser comes back after the `retry` the server drew for it; the watch stays.
      this.failures += 1;
      if (source.readyState === EventSource.CLOSED || this.failures > 3) this.#again();
    };
  }

  #again() {
    this.#clear();
    const wait = Math.min(RECONNECT_CAP_MS, BACKOFF_MS * 2 ** Math.min(this.failures, 8));
    this.#after(jittered(wait), () => this.#openEvents());
  }

  #heard(message, status) {
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
    this.#after(RETRY_EVENTS_MS, () => {
      this.#clear();
      this.#openEvents();
    });
    while (this.polling === polling && !this.stopped) {
      try {
        const url = this.#url("changes", { since: this.since, wait: POLL_WAIT_S });
        const answer = await fetch(url, { signal: polling.signal, cache: "no-store" });
        if (!answer.ok) throw new Error(String(answer.status));
        const message = await answer.json();
        this.failures = 0;
        if (this.polling === polling) this.#heard(message, "delayed");
      } catch {
        if (this.polling !== polling) return;
        this.failures += 1;
        this.onStatus("offline");
        this.#again();
        return;
      }
    }
  }
}
