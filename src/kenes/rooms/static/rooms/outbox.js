// What a person wrote stays here, with its Idempotency-Key, until the server has confirmed it.
import { Refusal } from "./api.js";

const STORE = "kenes.outbox";
const RETRY_MS = 2000;
const RETRY_CAP_MS = 30000;
const CALLS = {
  ask: ["POST", () => "questions"],
  vote: ["POST", (item) => `questions/${item.target}/vote`],
  unvote: ["DELETE", (item) => `questions/${item.target}/vote`],
};

const kindOf = (item) => (item.act === "ask" ? "ask" : "vote");

// crypto.randomUUID exists only on https and localhost.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const alone = (act) => (navigator.locks ? navigator.locks.request(STORE, act) : act());

export class Outbox {
  // `onSent(item, answer)`, `onRefused(item, refusal)`, `onChange(items)`: of this room only.
  constructor({ api, room, onSent, onRefused, onChange }) {
    Object.assign(this, { api, room, onSent, onRefused, onChange });
    this.failures = 0;
    this.timer = null;
    this.running = null;
  }

  start() {
    addEventListener("online", this.flush);
    addEventListener("storage", this.#onStorage);
    this.onChange(this.items);
    this.flush();
  }

  stop() {
    removeEventListener("online", this.flush);
    removeEventListener("storage", this.#onStorage);
    clearTimeout(this.timer);
  }

  #onStorage = (event) => event.key === STORE && this.onChange(this.items);

  #all() {
    return JSON.parse(localStorage.getItem(STORE) ?? "[]");
  }

  #keep(items) {
    localStorage.setItem(STORE, JSON.stringify(items));
    this.onChange(this.items);
  }

  get items() {
    return this.#all().filter((item) => item.room === this.room);
  }

  add(item) {
    const kept = { ...item, room: this.room, key: newKey(), at: new Date().toISOString() };
    this.#keep([...this.#all(), kept]);
    this.flush();
    return kept;
  }

  #remove(key) {
    this.#keep(this.#all().filter((item) => item.key !== key));
  }

  flush = () => {
    clearTimeout(this.timer);
    this.running ??= alone(() => this.#sendAll()).finally(() => {
      this.running = null;
      if (this.items.length) this.#later();
    });
    return this.running;
  };

  #later() {
    const wait = this.failures ? Math.min(RETRY_CAP_MS, RETRY_MS * 2 ** (this.failures - 1)) : 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.flush, wait / 2 + (Math.random() * wait) / 2);
  }

  async #sendAll() {
    // A limit on questions holds back the questions after it, never a vote.
    const limited = new Set();
    for (const item of this.items) {
      if (limited.has(kindOf(item))) continue;
      const hindrance = await this.#send(item);
      if (hindrance) {
        this.failures += 1;
        if (hindrance.status !== 429) return;
        limited.add(kindOf(item));
      } else if (!limited.size) this.failures = 0;
    }
  }

  // Send one; returns why it must wait, if it must.
  async #send(item) {
    const [method, path] = CALLS[item.act];
    try {
      const answer = await this.api.act(method, path(item), item);
      this.#remove(item.key);
      this.onSent(item, answer);
    } catch (error) {
      if (!(error instanceof Refusal) || error.isPassing) return error;
      this.#remove(item.key);
      this.onRefused(item, error);
    }
    return null;
  }
}
