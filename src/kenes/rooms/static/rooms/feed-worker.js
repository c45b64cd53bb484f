// One line per room and stream for the whole browser: tabs share it (six streams block HTTP/1.1).
import { Line } from "./line.js";

const DEAD_PORT_MS = 200000; // a tab says it lives every 45 s; a sleeping one is throttled, not silent
const lines = new Map();

function attach(port, { base, stream, since }) {
  const key = `${base} ${stream}`;
  detach(port);
  let shared = lines.get(key);
  if (!shared) {
    shared = { ports: new Set(), status: null };
    const tell = (message) => {
      for (const other of shared.ports) other.postMessage(message);
    };
    shared.line = new Line({
      base,
      stream,
      since,
      onMessage: (frame) => tell({ frame }),
      onStatus: (status) => {
        shared.status = status;
        tell({ status });
      },
    });
    lines.set(key, shared);
    shared.line.start();
  } else {
    if (shared.status) port.postMessage({ status: shared.status });
    if (shared.line.since !== undefined) {
      // What passed before this tab came: it compares and fills the gap by itself.
      port.postMessage({ reached: shared.line.since });
    }
  }
  shared.ports.add(port);
  port.key = key;
}

function detach(port) {
  const shared = lines.get(port.key);
  if (!shared) return;
  shared.ports.delete(port);
  if (shared.ports.size) return;
  shared.line.stop();
  lines.delete(port.key);
}

function sweep() {
  for (const { ports } of lines.values()) {
    for (const port of ports) if (Date.now() - port.seenAt > DEAD_PORT_MS) detach(port);
  }
}

self.onconnect = ({ ports: [port] }) => {
  port.seenAt = Date.now();
  port.onmessage = ({ data }) => {
    port.seenAt = Date.now();
    if (data.open) attach(port, data.open);
    if (data.close) detach(port);
    if (data.alive) port.postMessage({ alive: true });
    if (data.nudge) lines.get(port.key)?.line.nudge(data.isSure);
    sweep();
  };
  port.postMessage({ ready: true });
};
