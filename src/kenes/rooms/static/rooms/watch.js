// Pages that the server renders anew when their stream has moved: desk, projector, speaker's view.

import { bindBadge } from "./badge.js";
import { connect } from "./connect.js";
import { patch } from "./patch.js";
import { fetchWithin } from "./take.js";

const RETRY_MS = 3000;
const QUIET_MS = 600; // at most one fetch in this time, unless the stage has changed

export function watch(root, { stream, onPatched = () => {} }) {
  const badge = bindBadge(document.querySelector("[data-badge]"));
  let version = Number(root.dataset.version);
  let timer = null;
  let running = null;
  let isAgain = false;
  let askedAt = 0;
  let epoch = null;
  let isBehind = false;
  let told = "delayed";

  // Live is what shows all: a stream that flows past a page that could not be fetched is not.
  function say(status, isSure) {
    told = status;
    badge(isBehind && status === "live" ? "delayed" : status, isSure);
  }

  async function fetchPage() {
    askedAt = Date.now();
    const { answer, body } = await fetchWithin(location.href, { headers: { Accept: "text/html" } });
    // Signed out, or the right to the page was lost: the server says what now.
    if (answer.status === 404 || answer.redirected) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(body, "text/html").querySelector("[data-screen]");
    if (!fresh) throw new Error("not a screen");
    patch(root, fresh);
    version = Number(fresh.dataset.version);
    const wasBehind = isBehind;
    isBehind = false;
    if (wasBehind) say(told);
    return onPatched();
  }

  function refresh() {
    clearTimeout(timer);
    timer = null;
    if (running) {
      isAgain = true;
      return running;
    }
    running = fetchPage()
      .catch(() => {
        isBehind = true;
        badge("delayed");
        timer ??= setTimeout(refresh, RETRY_MS * (0.75 + Math.random() / 2));
      })
      .then(() => {
        running = null;
        if (!isAgain) return undefined;
        isAgain = false;
        return refresh();
      });
    return running;
  }

  const isOfStage = (row) => {
    const staged = root.querySelector("[data-staged]")?.dataset.staged;
    return row.state === "staged" || row.type === "announcement" || (staged && row.code === staged);
  };

  // Another version than the page's, greater or (after a restored back-up) smaller: fetch it anew.
  function moved(to, changes = [], itsEpoch = epoch) {
    const isRestored = epoch !== null && itsEpoch !== epoch;
    epoch = itsEpoch;
    if (to === version && !isRestored) return;
    if (changes.some(isOfStage)) refresh();
    else timer ??= setTimeout(refresh, Math.max(0, askedAt + QUIET_MS - Date.now()));
  }

  const line = connect({
    base: new URL(root.dataset.base, location.href).href,
    stream,
    since: version,
    worker: root.dataset.worker,
    onFrame: (frame) => moved(frame.to ?? frame.version, frame.changes, frame.epoch),
    onReached: moved,
    onStatus: say,
  });
  return { refresh, stop: line.stop };
}
