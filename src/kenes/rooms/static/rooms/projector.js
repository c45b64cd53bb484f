// The projector: kept like the server's page, with a clock of its own.
import { watch } from "./watch.js";

const root = document.querySelector("[data-screen]");
const time = document.querySelector("[data-clock]");

function tick() {
  const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: time.dataset.zone };
  const now = new Intl.DateTimeFormat("en-GB", parts).format(new Date());
  if (time.textContent !== now) time.textContent = now;
}

if (time) {
  tick();
  setInterval(tick, 1000);
}
watch(root, { stream: root.dataset.stream });
