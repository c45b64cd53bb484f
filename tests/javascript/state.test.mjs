// State and frames == state fetched anew, up to the list's edge, over random histories.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFrame, extendOrder, fromSnapshot } from "../../src/kenes/rooms/static/rooms/state.js";
import { RoomModel } from "./room_model.mjs";

const SEEDS = 80;
const ACTS = 80;
const KEYS = {
  top: (row) => [-(row.votes.confirmed + row.votes.guest), Number(row.code.split("-")[2])],
  new: (row) => [-Number(row.code.split("-")[2])],
};
const isWithin = (key, edge) => {
  const at = key.findIndex((part, place) => part !== edge[place]);
  return at < 0 || key[at] < edge[at];
};

function assertLikeFresh(state, room, seed) {
  for (const order of ["top", "new"]) {
    const { codes, edge } = state.orders[order];
    const fresh = room
      .codes(order)
      .filter((code) => !edge || isWithin(KEYS[order](room.rows.get(code)), edge));
    assert.deepEqual(codes, fresh, `order ${order}, seed ${seed}, version ${room.version}`);
    for (const code of codes) assert.deepEqual(state.rows.get(code), room.rows.get(code));
  }
  assert.equal(state.stage, room.stage, `stage, seed ${seed}, version ${room.version}`);
  assert.equal(state.counts.questions, room.rows.size);
  assert.equal(state.version, room.version);
}

function roomOf(seed, questions = 20) {
  const room = new RoomModel(seed);
  for (let i = 0; i < questions; i += 1) room.ask();
  for (let i = 0; i < questions; i += 1) room.act();
  return room;
}

test("state and frames are the state fetched anew, up to the edge", () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const room = roomOf(seed);
    let state = fromSnapshot(room.snapshot());
    for (let i = 0; i < ACTS; i += 1) {
      for (let acts = room.random() * 4; acts > 0; acts -= 1) room.act();
      state = applyFrame(state, room.frame(state.version));
      assertLikeFresh(state, room, seed);
    }
  }
});

const caughtUp = (state, room) => applyFrame(state, room.frame(state.version));

// Ask for a page now; it arrives some steps later, among the frames.
function askForPage(state, room, pages) {
  const order = room.pick(["top", "new"]);
  const { after } = state.orders[order];
  const isAsked = pages.some((page) => page.order === order);
  if (after && !isAsked && room.random() < 0.4) pages.push(room.page(order, after));
}

function stepWithPages(held, room, pages) {
  let state = held;
  room.act();
  askForPage(state, room, pages);
  if (room.random() < 0.5) state = caughtUp(state, room);
  if (pages.length && room.random() < 0.5) state = extendOrder(state, pages.shift());
  return state;
}

test("pages that overlap with frames, older or newer than they, lead to the same state", () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const room = roomOf(seed);
    let state = fromSnapshot(room.snapshot());
    const pages = [];
    for (let i = 0; i < ACTS; i += 1) {
      state = stepWithPages(state, room, pages);
      if (i % 4) continue;
      state = caughtUp(state, room);
      while (pages.length) state = extendOrder(state, pages.shift());
      assertLikeFresh(caughtUp(state, room), room, seed);
    }
  }
});

test("frames that overlap with what is held change nothing twice", () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const room = roomOf(seed);
    let state = fromSnapshot(room.snapshot());
    for (let i = 0; i < 20; i += 1) {
      const before = state.version;
      room.act();
      state = applyFrame(state, room.frame(before));
      room.act();
      state = applyFrame(state, room.frame(before));
      assertLikeFresh(state, room, seed);
    }
  }
});

test("a list read to its end by pages is complete", () => {
  const room = roomOf(7, 40);
  let state = fromSnapshot(room.snapshot());
  for (const order of ["top", "new"]) {
    while (state.orders[order].after) {
      state = extendOrder(state, room.page(order, state.orders[order].after));
    }
    assert.deepEqual(state.orders[order].codes, room.codes(order));
    assert.equal(state.orders[order].edge, null);
  }
});

const row = (code, version, more = {}) => ({
  type: "question",
  code,
  version,
  state: "open",
  votes: { confirmed: 0, guest: 0 },
  ...more,
});
const small = () => {
  const room = new RoomModel(1);
  for (let i = 0; i < 3; i += 1) room.ask();
  return fromSnapshot(room.snapshot());
};
const frame = (state, ...changes) => ({ from: state.version, to: state.version + 1, changes });

test("a row that left is not brought back by an older page", () => {
  const state = small();
  const left = applyFrame(
    state,
    frame(state, { type: "question", code: "AKM-2-0002", version: 4, gone: true }),
  );
  const extended = extendOrder(left, { order: "top", rows: [row("AKM-2-0002", 3)], after: null });
  assert.deepEqual(extended.orders.top.codes, ["AKM-2-0001", "AKM-2-0003"]);
});

test("a row that left and was shown again is there again", () => {
  const state = small();
  const left = applyFrame(
    state,
    frame(state, { type: "question", code: "AKM-2-0002", version: 4, gone: true }),
  );
  const back = applyFrame(left, frame(left, row("AKM-2-0002", 5)));
  assert.deepEqual(back.orders.top.codes, ["AKM-2-0001", "AKM-2-0002", "AKM-2-0003"]);
});

test("what takes the stage leaves it with the question that comes after, or with nothing", () => {
  const state = small();
  const first = applyFrame(state, frame(state, row("AKM-2-0001", 4, { state: "staged" })));
  const second = applyFrame(
    first,
    frame(first, row("AKM-2-0001", 5), row("AKM-2-0003", 6, { state: "staged" })),
  );
  const none = applyFrame(second, frame(second, row("AKM-2-0003", 7, { state: "answered" })));
  assert.deepEqual([first.stage, second.stage, none.stage], ["AKM-2-0001", "AKM-2-0003", null]);
});

test("agenda and announcements come, change and go", () => {
  const state = small();
  const up = applyFrame(
    state,
    frame(
      state,
      { type: "announcement", code: "a1", version: 4, text: { en: "A break" } },
      { type: "agenda", code: "p1", version: 4, state: "now" },
    ),
  );
  const down = applyFrame(up, frame(up, { type: "announcement", code: "a1", version: 5, gone: true }));
  assert.deepEqual([...up.announcements.keys(), ...up.agenda.keys()], ["a1", "p1"]);
  assert.deepEqual([...down.announcements.keys(), ...down.agenda.keys()], ["p1"]);
});

test("the room's row is replaced by a newer one only", () => {
  const state = small();
  const open = applyFrame(state, frame(state, { type: "room", code: "AKM-2", version: 9, state: "closed" }));
  const late = applyFrame(open, frame(open, { type: "room", code: "AKM-2", version: 8, state: "open" }));
  assert.equal(late.room.state, "closed");
});

test("a frame leaves the state before it as it was", () => {
  const state = small();
  const before = structuredClone(state);
  applyFrame(state, frame(state, row("AKM-2-0009", 4)));
  extendOrder(state, { order: "new", rows: [row("AKM-2-0010", 5)], after: null });
  assert.deepEqual(state, before);
});
