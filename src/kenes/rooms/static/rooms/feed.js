// The client of a room's feed: a snapshot, then frames without a gap, whatever the network does.
import { connect } from "./connect.js";
import { applyFrame, fromSnapshot } from "./state.js";
import { take } from "./take.js";

const RETRY_MS = 2000;
const RETRY_CAP_MS = 30000;

// Hold the room's state. `onState(state, change)`: `change` is { reset } or { changes } as applied.
export async function follow({ base, worker, onState, onStatus }) {
  let state = null;
  let isBehind = false;
  let told = "delayed";
  let busy = Promise.resolve();

  // Live is what is known to be whole: a stream that flows past a gap is not.
  const say = (status, isSure) => {
    told = status;
    onStatus(isBehind && status === "live" ? "delayed" : status, isSure);
  };
  const reset = (snapshot) => {
    state = fromSnapshot(snapshot);
    onState(state, { reset: true });
  };
  const snapshot = async () => reset(await take(`${base}/snapshot`));
  const changes = async () => receive(await take(`${base}/changes?since=${state.version}`));

  async function receive(message) {
    if (message.version !== undefined) return reset(message);
    if (message.epoch !== state.epoch) return snapshot();
    if (message.from > state.version) {
      await changes();
      if (message.from > state.version) return undefined;
    }
    if (message.to <= state.version) return undefined;
    state = applyFrame(state, message);
    return onState(state, { changes: message.changes });
  }
  // A failed fill leaves the version as it was: the next frame finds the same gap and fills it.
  const queue = (act) => {
    busy = busy.then(act).then(
      () => {
        const wasBehind = isBehind;
        isBehind = false;
        if (wasBehind) say(told);
      },
      () => {
        isBehind = true;
        onStatus("delayed");
      },
    );
    return busy;
  };

  for (let wait = RETRY_MS; !state; wait = Math.min(wait * 2, RETRY_CAP_MS)) {
    try {
      await snapshot();
    } catch {
      onStatus("offline");
      await new Promise((done) => setTimeout(done, wait / 2 + Math.random() * wait));
    }
  }
  const line = connect({
    base,
    stream: "public",
    since: state.version,
    worker,
    onFrame: (message) => queue(() => receive(message)),
    onReached: (version) => version > state.version && queue(changes),
    onStatus: say,
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
