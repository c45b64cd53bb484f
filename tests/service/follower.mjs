// Follows a room by npm `eventsource`, as docs/reference/live-protocol.md says, through many reconnects.
// node follower.mjs ROOM_URL RECONNECTS LAST_VERSION  (in a folder whose node_modules has eventsource)
import { EventSource } from "eventsource";

const [room, reconnects, last] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const snapshot = await (await fetch(`${room}/snapshot`)).json();
let held = snapshot.version;
let opened = 0;
const seen = [];

const take = (frame) => {
  if (frame.to <= held) return;
  if (frame.from > held) throw new Error(`gap left open: ${held} .. ${frame.from}`);
  seen.push([held, frame.to]);
  held = frame.to;
};

const fill = async () => {
  const filled = await (await fetch(`${room}/changes?since=${held}`)).json();
  if (filled.version !== undefined) throw new Error("a snapshot where a frame was due");
  take(filled);
};

const follow = () =>
  new Promise((resolve, reject) => {
    const stream = new EventSource(`${room}/events`);
    opened += 1;
    stream.onmessage = async ({ data }) => {
      stream.close();
      try {
        const frame = JSON.parse(data);
        if (frame.from > held) await fill();
        take(frame);
        resolve();
      } catch (error) {
        reject(error);
      }
    };
  });

while (opened < reconnects || held < last) await follow();
console.log(JSON.stringify({ opened, held, first: snapshot.version, seen }));
