// The room's state and what a frame does to it. Pure: no DOM, no network, nothing changed in place.

// Serial numbers grow with ids and stand at the end of a code: AKM-2-0147.
export const serialOf = (code) => Number(code.slice(code.lastIndexOf("-") + 1));
export const votesOf = (row) => row.votes.confirmed + row.votes.guest;

const KEYS = {
  top: (row) => [-votesOf(row), serialOf(row.code)],
  new: (row) => [-serialOf(row.code)],
};

function compare(left, right) {
  for (let i = 0; i < left.length; i += 1) if (left[i] !== right[i]) return left[i] - right[i];
  return 0;
}

const byCode = (rows) => new Map(rows.map((row) => [row.code, row]));

// The edge: the sort key of the last row when the list was fetched. A complete list has none.
function orderFrom({ codes, after }, name, rows) {
  const last = rows.get(codes.at(-1));
  return { codes, after, edge: after && last ? KEYS[name](last) : null };
}

export function fromSnapshot(snapshot) {
  const rows = new Map(Object.entries(snapshot.rows));
  const orders = {};
  for (const name of Object.keys(KEYS)) orders[name] = orderFrom(snapshot.orders[name], name, rows);
  return {
    epoch: snapshot.epoch,
    version: snapshot.version,
    room: snapshot.room,
    agenda: byCode(snapshot.agenda),
    announcements: byCode(snapshot.announcements),
    counts: snapshot.counts,
    stage: snapshot.stage,
    rows,
    gone: new Map(),
    orders,
  };
}

// The higher version wins. `gone` keeps the tombstones' versions, so that a page fetched before a row
// left, and arriving after, does not bring it back.
function applyRow(rows, gone, change) {
  const { code, version } = change;
  if ((rows.get(code)?.version ?? gone.get(code) ?? -1) >= version) return false;
  if (change.gone) {
    gone.set(code, version);
    return rows.delete(code);
  }
  gone.delete(code);
  rows.set(code, change);
  return true;
}

function arrange(order, name, rows, touched) {
  const moved = new Set(touched);
  const codes = order.codes.filter((code) => rows.has(code) && !moved.has(code));
  const key = KEYS[name];
  for (const code of moved) {
    const row = rows.get(code);
    if (!row || (order.edge && compare(key(row), order.edge) > 0)) continue;
    let at = codes.length;
    while (at > 0 && compare(key(row), key(rows.get(codes[at - 1]))) < 0) at -= 1;
    codes.splice(at, 0, code);
  }
  return { ...order, codes };
}

// What stands on stage: the question whose row says so.
function stageOf(state, rows, touched) {
  const staged = touched.find((code) => rows.get(code)?.state === "staged");
  if (staged) return staged;
  return state.stage && rows.get(state.stage)?.state === "staged" ? state.stage : null;
}

const MAPS = { agenda: "agenda", announcement: "announcements" };

// One change to the state that is being made; says whether it was a question that changed.
function applyChange(next, change) {
  if (change.type === "question") return applyRow(next.rows, next.gone, change);
  const name = MAPS[change.type];
  if (name) {
    next[name] = new Map(next[name]);
    applyRow(next[name], next.gone, change);
  } else if (change.type === "counts") {
    next.counts = change;
  } else if (change.type === "room" && !(next.room.version > change.version)) {
    next.room = change;
  }
  return false;
}

export function applyFrame(state, frame) {
  const version = Math.max(state.version, frame.to);
  const next = { ...state, version, rows: new Map(state.rows), gone: new Map(state.gone) };
  const touched = frame.changes.filter((change) => applyChange(next, change)).map((change) => change.code);
  if (touched.length) {
    next.stage = stageOf(state, next.rows, touched);
    next.orders = {};
    for (const name of Object.keys(KEYS)) {
      next.orders[name] = arrange(state.orders[name], name, next.rows, touched);
    }
  }
  return next;
}

// All that is known of an order up to its edge: frames bring every row that changes, also those beyond.
function upToEdge(name, edge, rows) {
  const keyed = [...rows.values()].map((row) => [KEYS[name](row), row.code]);
  const within = edge ? keyed.filter(([key]) => compare(key, edge) <= 0) : keyed;
  return within.sort(([left], [right]) => compare(left, right)).map(([, code]) => code);
}

// Append a page of `GET questions`. Pages and frames overlap, and either may be the newer one: the higher
// version wins, the edge is the page's own, and a row that the page brings first moves in every order.
export function extendOrder(state, page) {
  const rows = new Map(state.rows);
  const gone = new Map(state.gone);
  const touched = page.rows.filter((row) => applyRow(rows, gone, row)).map((row) => row.code);
  const orders = {};
  for (const name of Object.keys(KEYS)) orders[name] = arrange(state.orders[name], name, rows, touched);
  const last = page.rows.at(-1);
  const edge = page.after && last ? KEYS[page.order](last) : null;
  orders[page.order] = { codes: upToEdge(page.order, edge, rows), after: page.after, edge };
  return { ...state, rows, gone, orders, stage: stageOf(state, rows, touched) };
}
