// Pages that the server renders anew when their stream has moved: desk, projector, speaker's view.

import { bindBadge } from "./badge.js";
import { connect } from "./feed.js";
import { patch } from "./patch.js";

const RETRY_MS = 3000;
const QUIET_MS = 600; // at most one fetch in this time, unless the stage has changed

export function watch(root, { stream, onPatched = () => {} }) {
  const badge = bindBadge(document.querySelector("[data-badge]"));
  let version = Number(root.dataset.version);
  let timer = null;
  let running = null;
  let isAgain = false;
  let askedAt = 0;

  async function fetchPage() {
    askedAt = Date.now();
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    // Signed out, or the right to the page was lost: the server says what now.
    if (answer.status === 404 || answer.redirected) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-screen]");
    patch(root, fresh);
    version = Number(fresh.dataset.version);
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
  function moved(to, changes = []) {
    if (to === version) return;
    if (changes.some(isOfStage)) refresh();
    else timer ??= setTimeout(refresh, Math.max(0, askedAt + QUIET_MS - Date.now()));
  }

  const line = connect({
    base: new URL(root.dataset.base, location.href).href,
    stream,
    since: version,
    worker: root.dataset.worker,
    onFrame: (frame) => moved(frame.to ?? frame.version, frame.changes),
    onReached: moved,
    onStatus: badge,
  });
  return { refresh, stop: line.stop };
}
