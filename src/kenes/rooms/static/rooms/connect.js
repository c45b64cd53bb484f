// Carries the messages of one stream to a tab: by the browser's shared worker, which all tabs share,
// or by a line of this tab's own where there is no worker or it does not answer.
import { Line } from "./line.js";

const ALIVE_MS = 45000;
const WORKER_ANSWER_MS = 3000;
const UNDER_WAY_MS = 6000; // after the network is gone, what was sent before it may still be heard

function listen(target, handlers) {
  for (const [name, handler] of Object.entries(handlers)) target.addEventListener(name, handler);
  return () => {
    for (const [name, handler] of Object.entries(handlers)) target.removeEventListener(name, handler);
  };
}

// `onFrame(message)`, `onReached(version)`: how far the stream is that this tab joins,
// `onStatus(status, isSure)`: `isSure` when the browser itself says that the network is gone.
// Returns { nudge, stop }.
export function connect({ base, stream, since, worker, onFrame, onReached, onStatus }) {
  const open = { base, stream, since };
  let line = null;
  let port = null;
  let answeredAt = 0;
  let alive = null;
  let goneAt = -UNDER_WAY_MS;

  // A stream that still flows a heartbeat later proves the browser wrong.
  const heard = (status) => {
    if (Date.now() - goneAt >= UNDER_WAY_MS) onStatus(status);
  };
  const post = (message) => port?.postMessage(message);
  const own = () => {
    clearInterval(alive);
    post({ close: true });
    port = null;
    line ??= new Line({ ...open, onMessage: onFrame, onStatus: heard });
    line.start();
  };
  const hear = ({ data }) => {
    if (line) return;
    answeredAt = Date.now();
    if (data.frame) onFrame(data.frame);
    if (data.reached !== undefined) onReached?.(data.reached);
    if (data.status) heard(data.status);
  };
  // A worker that does not answer has died; a timer that is late itself only says that the tab slept.
  const expectAnswer = () => {
    const askedAt = Date.now();
    setTimeout(() => {
      const slept = Date.now() - askedAt > 2 * WORKER_ANSWER_MS;
      if (port && answeredAt < askedAt && !slept) own();
    }, WORKER_ANSWER_MS);
  };
  const share = () => {
    const shared = new SharedWorker(worker, { type: "module", name: "kenes-feed" });
    port = shared.port;
    shared.onerror = () => port && own();
    port.onmessage = hear;
    post({ open });
    expectAnswer();
    alive = setInterval(() => {
      post({ alive: true });
      expectAnswer();
    }, ALIVE_MS);
  };
  if (typeof SharedWorker === "function" && worker) share();
  else own();

  const nudge = (isSure = false) => (line ? line.nudge(isSure) : post({ nudge: true, isSure }));
  const unlisten = [
    listen(document, { visibilitychange: () => document.visibilityState === "visible" && nudge() }),
    listen(window, {
      online: () => {
        goneAt = -UNDER_WAY_MS;
        nudge(true);
      },
      offline: () => {
        goneAt = Date.now();
        onStatus("offline", true);
      },
      pagehide: () => post({ close: true }),
      pageshow: (event) => event.persisted && post({ open }),
    }),
  ];
  const stop = () => {
    clearInterval(alive);
    for (const end of unlisten) end();
    post({ close: true });
    port = null;
    line?.stop();
  };
  return { nudge, stop };
}
