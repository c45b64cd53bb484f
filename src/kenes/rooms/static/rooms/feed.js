// The client of a room's feed: a snapshot, then frames without a gap, whatever the network does.
import { Line } from "./line.js";
import { applyFrame, fromSnapshot } from "./state.js";

const ALIVE_MS = 45000;
const WORKER_READY_MS = 3000;
const RETRY_MS = 2000;

// Carry messages of one stream, by the browser's shared worker or by a line of this tab's own.
// Returns { nudge, stop }.
export function connect({ base, stream, since, worker, onFrame, onReached, onStatus }) {
  let line = null;
  let port = null;
  const own = () => {
    port = null;
    line = new Line({ base, stream, since, onMessage: onFrame, onStatus });
    line.start();
  };
  const timers = [];
  if (typeof SharedWorker === "function" && worker) {
    const shared = new SharedWorker(worker, { type: "module", name: "kenes-feed" });
    port = shared.port;
    const late = setTimeout(own, WORKER_READY_MS);
    shared.onerror = () => {
      clearTimeout(late);
      if (!line) own();
    };
    port.onmessage = ({ data }) => {
      if (line) return;
      clearTimeout(late);
      if (data.frame) onFrame(data.frame);
      if (data.reached !== undefined) onReached?.(data.reached);
      if (data.status) onStatus(data.status);
    };
    port.postMessage({ open: { base, stream, since } });
    timers.push(setInterval(() => port?.postMessage({ alive: true }), ALIVE_MS));
  } else {
    own();
  }
  const nudge = () => (line ? line.nudge() : port?.postMessage({ nudge: true }));
  const onVisible = () => document.visibilityState === "visible" && nudge();
  const onOffline = () => onStatus("offline");
  const onHide = () => port?.postMessage({ close: true });
  const onShow = (event) => event.persisted && port?.postMessage({ open: { base, stream, since } });
  document.addEventListener("visibilitychange", onVisible);
  addEventListener("online", nudge);
  addEventListener("offline", onOffline);
  addEventListener("pagehide", onHide);
  addEventListener("pageshow", onShow);
  const stop = () => {
    timers.forEach(clearInterval);
    document.removeEventListener("visibilitychange", onVisible);
    removeEventListener("online", nudge);
    removeEventListener("offline", onOffline);
    removeEventListener("pagehide", onHide);
    removeEventListener("pageshow", onShow);
    port?.postMessage({ close: true });
    line?.stop();
  };
  return { nudge, stop };
}

async function take(url) {
  const answer = await fetch(url, { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// Hold the room's state. `onState(state, change)`: `change` is { reset } or { changes } as applied.
export async function follow({ base, worker, onState, onStatus }) {
  let state = null;
  let busy = Promise.resolve();

  const reset = (snapshot) => {
    state = fromSnapshot(snapshot);
    onState(state, { reset: true });
  };
  const snapshot = async () => reset(await take(`${base}/snapshot`));

  async function receive(message) {
    if (message.version !== undefined) return reset(message);
    if (message.epoch !== state.epoch) return snapshot();
    if (message.from > state.version) {
      await receive(await take(`${base}/changes?since=${state.version}`));
      if (message.from > state.version) return undefined;
    }
    if (message.to <= state.version) return undefined;
    state = applyFrame(state, message);
    return onState(state, { changes: message.changes });
  }
  // A failed fill leaves the version as it was: the next frame finds the same gap and fills it.
  const queue = (act) => {
    busy = busy.then(act).catch(() => onStatus("delayed"));
    return busy;
  };

  for (let wait = RETRY_MS; !state; wait = Math.min(wait * 2, 30000)) {
    try {
      await snapshot();
    } catch {
      onStatus("offline");
      await new Promise((done) => setTimeout(done, wait / 2 + Math.random() * wait));
    }
  }
  const fill = () => queue(async () => receive(await take(`${base}/changes?since=${state.version}`)));
  const line = connect({
    base,
    stream: "public",
    since: state.version,
    worker,
    onFrame: (message) => queue(() => receive(message)),
    onReached: (version) => version > state.version && fill(),
    onStatus,
  });
  return {
    ...line,
    // Another page of an order, as `GET questions` gave it.
    extend(change) {
      state = change(state);
      onState(state, { extended: true });
    },
  };
}
