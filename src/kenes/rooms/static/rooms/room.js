// The room: binds the page's parts to the feed and to what the reader does.
import { Announcer } from "./announcer.js";
import { Api } from "./api.js";
import { bindAsk, showWaiting } from "./ask.js";
import { bindBadge } from "./badge.js";
import { follow } from "./feed.js";
import { batched, updateList } from "./list.js";
import { Outbox } from "./outbox.js";
import { fillPanels } from "./panels.js";
import { keepReceipt, receiptOfText, showReceipts } from "./receipt.js";
import { fillQuestion, makeQuestion } from "./row.js";
import { extendOrder } from "./state.js";
import { bindStreams } from "./stream.js";
import { Votes } from "./vote.js";
import { format, readWords } from "./words.js";

const REORDER_MS = 400;
const HELD_CHECK_MS = 15000;

const root = document.querySelector("[data-room]");
const { room, order } = root.dataset;
const base = new URL(root.dataset.base, location.href).href;
const words = readWords();
const list = root.querySelector("[data-list]");
const template = root.querySelector("template[data-question]");
const said = root.querySelector("[data-said]");
const announcer = new Announcer(root.querySelector("[data-announcer]"), words);
const api = new Api({ base, room, language: words.language });
let feed = null;
let current = null;
let held = null;
let ownStates = new Map();

function say(text, tone = "success") {
  said.dataset.tone = tone;
  said.querySelector("p").textContent = text;
  said.hidden = false;
}

// A public question's state comes with the feed; one that others do not see, from `me`.
const ownState = (code) => current?.rows.get(code)?.state ?? ownStates.get(code);
const receipts = () => showReceipts(root.querySelector("[data-receipts-panel]"), words, room, ownState);

async function checkOwn() {
  clearTimeout(held);
  if (!api.joined) return;
  try {
    const own = await api.me();
    votes.set(own.votes.map((vote) => vote.code ?? vote));
    ownStates = new Map(own.questions.map((question) => [question.code, question.state]));
    receipts();
  } catch {
    // A lost token or network: the next act joins anew, the next check asks again.
  }
  if ([...ownStates.values()].includes("held")) {
    held = setTimeout(checkOwn, HELD_CHECK_MS * (0.75 + Math.random() / 2));
  }
}

// The same words twice are one question: who did not see the reply sends again.
function askedBefore(text) {
  if (outbox.items.some((item) => item.body?.text === text)) return words.waiting;
  const kept = receiptOfText(room, text, ownStates);
  return kept ? format(words.asked_before, kept) : "";
}

const outbox = new Outbox({
  api,
  room,
  onChange: (items) => {
    const isNew = showWaiting(root.querySelector("[data-waiting-panel]"), items);
    if (isNew) announcer.say(words.waiting);
    votes.paint();
  },
  onSent: (item, answer) => {
    if (item.act !== "ask") {
      votes.sent(item, answer);
      return;
    }
    const { code, secret, receipt: signed } = answer;
    keepReceipt(room, { code, secret, text: item.body.text, receipt: signed });
    ownStates.set(answer.code, answer.state);
    receipts();
    const waits = answer.waits_for ? words.held_personal : words.held;
    say([format(words.asked, answer), answer.state === "held" ? waits : ""].join(" ").trim());
    if (answer.state === "held") checkOwn();
  },
  onRefused: (item, refusal) => {
    if (item.act === "ask" && ask) ask.refused(item, refusal);
    else votes.refused(refusal);
  },
});
const takesVotes = () => root.dataset.vote !== "nobody" && root.dataset.roomState !== "closed";
const votes = new Votes(list, { outbox, takesVotes, onError: (text) => say(text, "error") });
const form = root.querySelector("[data-ask-form]");
const ask = form ? bindAsk(form, { room, outbox, askedBefore }) : null;

const paint = batched(() => {
  const state = current;
  const rows = state.orders[order].codes.map((code) => state.rows.get(code));
  // A page further down the list holds its rows; they are renewed in place.
  const isFixed = list.hasAttribute("data-fixed");
  const shown = isFixed ? [...list.children].map((node) => state.rows.get(node.dataset.code)) : rows;
  updateList(list, shown.filter(Boolean), {
    make: (row) => makeQuestion(template, row.code),
    fill: (node, row) => fillQuestion(words, node, row),
    isFixed,
  });
  votes.paint();
  const more = root.querySelector("[data-more]");
  if (!isFixed && more) more.hidden = !state.orders[order].after;
  root.querySelector("[data-list-empty]").hidden = list.children.length > 0;
}, REORDER_MS);

root.querySelector("[data-more]")?.addEventListener("click", async (event) => {
  if (!feed || list.hasAttribute("data-fixed")) return;
  event.preventDefault();
  const { after } = current.orders[order];
  if (!after) return;
  const page = await api.page(order, after).catch(() => null);
  if (page) feed.extend((state) => extendOrder(state, page));
});

bindStreams(root);
outbox.start();
votes.start();
receipts();
checkOwn();
follow({
  base,
  worker: root.dataset.worker,
  onState: (state, change) => {
    const before = current;
    current = state;
    fillPanels(root, words, state);
    paint();
    receipts();
    if (before && change.changes) announcer.heard(before, state, change.changes);
  },
  onStatus: bindBadge(root.querySelector("[data-badge]")),
}).then((followed) => {
  feed = followed;
});
