// What stands around the list: room, stage, agenda, announcements, counts, presence.

import { updateList } from "./list.js";
import { askedBy, setText } from "./row.js";
import { clock, counted, official, shown } from "./words.js";

function fillRoom(root, words, room) {
  root.dataset.roomState = room.state;
  for (const name of ["publishing", "ask", "vote"]) root.dataset[name] = room.policy[name];
  const present = room.present ? counted(words, words.present, room.present) : "";
  setText(root, "present", present);
}

function fillStage(root, words, row) {
  const stage = root.querySelector("[data-stage-panel]");
  stage.hidden = !row;
  if (!row) return;
  setText(stage, "stage-text", shown(words, row.text), row.language);
  setText(stage, "stage-by", askedBy(words, row));
}

// Items with their words are on the page; a new one is made from the template.
function fillAgenda(root, words, agenda) {
  const list = root.querySelector("[data-agenda]");
  if (!list) return;
  const template = root.querySelector("template[data-agenda-item]");
  const rows = [...agenda.values()].sort((left, right) => left.position - right.position);
  updateList(list, rows, {
    make: (row) => {
      const node = template.content.firstElementChild.cloneNode(true);
      node.dataset.code = row.code;
      return node;
    },
    fill: (node, row) => {
      node.dataset.version = row.version;
      node.dataset.state = row.state;
      if (row.state === "now") node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
      setText(node, "item-at", `${clock(words, row.starts_at)}–${clock(words, row.ends_at)}`);
      const title = official(words, row.title);
      setText(node, "item-title", title.text, title.language);
      const speakers = row.speakers.map(({ role, body }) =>
        [official(words, role).text, body && official(words, body).text].filter(Boolean).join(", "),
      );
      setText(node, "item-speakers", speakers.join("; "));
    },
  });
  const now = rows.find((row) => row.state === "now");
  const next = rows.find((row) => row.state === "planned" && (!now || row.position > now.position));
  for (const [name, row] of Object.entries({ now, next })) {
    const line = root.querySelector(`[data-${name}]`);
    line.hidden = !row;
    if (row) setText(line, name, official(words, row.title).text, official(words, row.title).language);
  }
}

function fillAnnouncements(root, words, announcements) {
  const panel = root.querySelector("[data-announcements]");
  panel.hidden = announcements.size === 0;
  const template = root.querySelector("template[data-announcement]");
  updateList(panel.querySelector("ul"), [...announcements.values()], {
    make: (row) => {
      const node = template.content.firstElementChild.cloneNode(true);
      node.dataset.code = row.code;
      return node;
    },
    fill: (node, row) => {
      const { text, language } = official(words, row.text);
      node.dataset.version = row.version;
      setText(node, "announcement-text", text, language);
      setText(node, "announcement-at", clock(words, row.at));
    },
  });
}

export function fillPanels(root, words, state) {
  fillRoom(root, words, state.room);
  fillStage(root, words, state.stage ? state.rows.get(state.stage) : null);
  fillAgenda(root, words, state.agenda);
  fillAnnouncements(root, words, state.announcements);
  for (const place of root.querySelectorAll("[data-count]")) {
    const count = String(state.counts[place.dataset.count] ?? "");
    if (place.textContent !== count) place.textContent = count;
  }
}
