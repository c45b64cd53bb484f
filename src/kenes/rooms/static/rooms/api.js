// Acts of a participant. The room is joined with the first act, and again when the token is lost.
import { fetchWithin } from "./take.js";

const JOINED = "kenes.joined.";

export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.type = problem.type;
  }

  // Nothing was kept and nothing is wrong with the act: it may be sent again as it is.
  get isPassing() {
    return this.status === 429 || this.status === 408 || this.status >= 500;
  }
}

export class Api {
  constructor({ base, room, language }) {
    Object.assign(this, { base, language, store: JOINED + room });
  }

  get joined() {
    const joined = JSON.parse(localStorage.getItem(this.store) ?? "null");
    return joined && Date.parse(joined.expires_at) > Date.now() ? joined : null;
  }

  async #send(method, path, body, key) {
    const headers = { Accept: "application/json", "Accept-Language": this.language };
    if (key) headers["Idempotency-Key"] = key;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const { answer, body: text } = await fetchWithin(`${this.base}/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    // A page in place of an answer is a portal's or a proxy's, whatever its status says.
    if (answer.ok && !isJson) throw new Refusal(502, {});
    const content = isJson ? JSON.parse(text) : {};
    if (!answer.ok) throw new Refusal(answer.status, content);
    return content;
  }

  async join(name = "") {
    const { kind, expires_at } = await this.#send("POST", "join", name ? { name } : {});
    localStorage.setItem(this.store, JSON.stringify({ kind, expires_at, name }));
  }

  async act(method, path, { body, key, name }) {
    const known = this.joined;
    if (!known || (name && known.name !== name)) await this.join(name ?? known?.name);
    try {
      return await this.#send(method, path, body, key);
    } catch (refusal) {
      if (refusal.status !== 401) throw refusal;
      localStorage.removeItem(this.store);
      await this.join(name ?? known?.name);
      return this.#send(method, path, body, key);
    }
  }

  me() {
    return this.#send("GET", "me");
  }

  page(order, after) {
    return this.#send("GET", `questions?order=${order}&after=${encodeURIComponent(after)}`);
  }
}
