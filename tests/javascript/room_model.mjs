// A room on a server, small and slow and plainly right: what the page's state is compared with.

const PAGE = 5;
const STATES = ["open", "assigned", "answered"];

// A generator of numbers in [0, 1) that repeats itself for the same seed.
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const votes = (row) => row.votes.confirmed + row.votes.guest;
const serial = (row) => Number(row.code.split("-")[2]);
const SORTS = {
  top: (left, right) => votes(right) - votes(left) || serial(left) - serial(right),
  new: (left, right) => serial(right) - serial(left),
};

export class RoomModel {
  constructor(seed) {
    this.random = random(seed);
    this.version = 0;
    this.rows = new Map();
    this.log = [];
    this.asked = 0;
  }

  pick(items) {
    return items[Math.floor(this.random() * items.length)];
  }

  #change(row) {
    this.version += 1;
    const changed = { type: "question", ...row, version: this.version };
    if (row.gone) this.rows.delete(row.code);
    else this.rows.set(row.code, changed);
    this.log.push(changed);
  }

  ask() {
    this.asked += 1;
    this.#change({
      code: `AKM-2-${String(this.asked).padStart(4, "0")}`,
      text: "When will it open?",
      state: "open",
      votes: { confirmed: 0, guest: 0 },
    });
  }

  // One act at random; a question that was held back may come again.
  act() {
    const row = this.pick([...this.rows.values()]);
    const chance = this.random();
    if (!row || chance < 0.25) this.ask();
    else if (chance < 0.65) {
      const guest = Math.max(0, row.votes.guest + (this.random() < 0.7 ? 1 : -2));
      this.#change({ ...row, votes: { ...row.votes, guest } });
    } else if (chance < 0.75) this.#change({ code: row.code, gone: true });
    else if (chance < 0.82) this.#comeBack();
    else if (chance < 0.9) this.#stage(row);
    else this.#change({ ...row, state: this.pick(STATES) });
  }

  #comeBack() {
    const left = this.log.filter((row) => !row.gone && !this.rows.has(row.code));
    if (left.length) this.#change({ ...this.pick(left), state: "open" });
  }

  #stage(row) {
    for (const other of this.rows.values()) {
      if (other.state === "staged") this.#change({ ...other, state: "open" });
    }
    this.#change({ ...this.rows.get(row.code), state: "staged" });
  }

  // The last row of each code, as the relay coalesces them.
  frame(from) {
    const last = new Map();
    for (const row of this.log) if (row.version > from) last.set(row.code, row);
    const counts = { type: "counts", code: "AKM-2", version: this.version, questions: this.rows.size };
    const changes = from < this.version ? [...last.values(), counts] : [];
    return { v: 1, epoch: "e1", from, to: this.version, changes };
  }

  codes(order) {
    return [...this.rows.values()].sort(SORTS[order]).map((row) => row.code);
  }

  get stage() {
    return [...this.rows.values()].find((row) => row.state === "staged")?.code ?? null;
  }

  page(order, after = null) {
    const [wantedVotes, wantedSerial] = after ? after.split(".").map(Number) : [];
    const edge = { code: `AKM-2-${wantedSerial}`, votes: { confirmed: 0, guest: wantedVotes } };
    const sorted = [...this.rows.values()].sort(SORTS[order]);
    const beyond = after ? sorted.filter((row) => SORTS[order](row, edge) > 0) : sorted;
    const rows = beyond.slice(0, PAGE);
    const last = beyond.length > PAGE ? rows.at(-1) : null;
    return { order, version: this.version, rows, after: last && `${votes(last)}.${serial(last)}` };
  }

  snapshot() {
    const pages = { top: this.page("top"), new: this.page("new") };
    const listed = [...pages.top.rows, ...pages.new.rows];
    if (this.stage) listed.push(this.rows.get(this.stage));
    const order = ({ rows, after }) => ({ codes: rows.map((row) => row.code), after });
    return {
      v: 1,
      epoch: "e1",
      version: this.version,
      room: { code: "AKM-2", version: 0, state: "open" },
      agenda: [],
      announcements: [],
      counts: { questions: this.rows.size },
      stage: this.stage,
      rows: Object.fromEntries(listed.map((row) => [row.code, row])),
      orders: { top: order(pages.top), new: order(pages.new) },
    };
  }
}
