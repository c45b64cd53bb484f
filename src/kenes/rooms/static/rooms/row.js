// Binds one question to its place in the list: the same fields as the part that the server renders.

import { votesOf } from "./state.js";
import { clock, day, format, moment, official, shown } from "./words.js";

export function setText(root, name, text, language) {
  for (const place of root.querySelectorAll(`[data-f="${name}"]`)) {
    if (place.textContent !== text) place.textContent = text;
    if (language && place.lang !== language) place.lang = language;
  }
}

function show(root, name, isShown) {
  const place = root.querySelector(`[data-f="${name}"]`);
  if (place && place.hidden === isShown) place.hidden = !isShown;
}

function stateWords(words, row) {
  if (row.state === "assigned" && row.due?.on) {
    const unit = official(words, row.due.unit).text;
    return format(words.assigned_to, { unit, on: day(words, row.due.on) });
  }
  return words.states[row.answer ? `answered_${row.answer.form}` : row.state];
}

export function askedBy(words, row) {
  const channel = words.channels[row.channel];
  return [row.by || words.anonymous, channel].filter(Boolean).join(" · ");
}

function fillAnswer(words, node, answer) {
  show(node, "answer", Boolean(answer));
  if (!answer) return;
  setText(node, "answer-by", answer.by);
  setText(node, "answer-text", shown(words, answer.text), answer.language);
  const second = answer.second ?? null;
  show(node, "answer-second", second !== null);
  if (second !== null) setText(node, "answer-second", format(words.at_second, { time: moment(second) }));
}

export function fillQuestion(words, node, row) {
  node.dataset.version = row.version;
  node.dataset.state = row.state;
  setText(node, "text", shown(words, row.text), row.language);
  setText(node, "code", row.code);
  setText(node, "by", askedBy(words, row));
  setText(node, "at", clock(words, row.at));
  setText(node, "votes", String(votesOf(row)));
  setText(node, "votes-apart", format(words.votes_apart, row.votes));
  setText(node, "state", stateWords(words, row));
  node.querySelector('[data-f="state"]').dataset.state = row.state;
  show(node, "edited", row.edited);
  fillAnswer(words, node, row.answer);
}

// A new node from the template; addresses in it hold CODE where the question's code belongs.
export function makeQuestion(template, code) {
  const node = template.content.firstElementChild.cloneNode(true);
  node.dataset.code = code;
  for (const place of node.querySelectorAll("[href*=CODE], [action*=CODE]")) {
    for (const name of ["href", "action"]) {
      const value = place.getAttribute(name);
      if (value) place.setAttribute(name, value.replace("CODE", code));
    }
  }
  return node;
}
