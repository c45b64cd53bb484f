// The other modules that need no page: words, keys, what runs in batches.
import assert from "node:assert/strict";
import { test } from "node:test";
import { batched } from "../../src/kenes/rooms/static/rooms/list.js";
import { newKey } from "../../src/kenes/rooms/static/rooms/outbox.js";
import {
  clock,
  counted,
  day,
  format,
  moment,
  official,
  shown,
} from "../../src/kenes/rooms/static/rooms/words.js";

const WORDS = {
  language: "ru",
  zone: "Asia/Almaty",
  day: "%(weekday)s, %(day)s %(month)s %(year)s г.",
  months: ["января", "февраля", "марта"],
  weekdays: ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
};

test("placeholders of both kinds are filled, unknown ones with nothing", () => {
  assert.equal(format("%(n)d of %(all)s%(none)s", { n: 0, all: 3 }), "0 of 3");
});

test("numbers take their plural in Russian", () => {
  const forms = { one: "%(n)s вопрос", few: "%(n)s вопроса", many: "%(n)s вопросов", other: "%(n)s вопроса" };
  const said = [1, 3, 5, 21].map((n) => counted(WORDS, forms, n));
  assert.deepEqual(said, ["1 вопрос", "3 вопроса", "5 вопросов", "21 вопрос"]);
});

test("official words come in the reader's language, or in the first there is, and say which", () => {
  assert.deepEqual(official(WORDS, { kk: "Жиын", ru: "Встреча" }), { text: "Встреча", language: "ru" });
  assert.deepEqual(official(WORDS, { kk: "Жиын", ru: "" }), { text: "Жиын", language: "kk" });
  assert.deepEqual(official(WORDS, null), { text: "", language: "ru" });
});

test("what was taken out is read in words, an unknown marker as it is", () => {
  const words = { removed: { phone: "[телефон изъят]" } };
  assert.equal(
    shown(words, "Звоните [⋯phone], [⋯later] [phone]"),
    "Звоните [телефон изъят], [⋯later] [phone]",
  );
});

test("times stand on the clock of the meeting as it went that year", () => {
  assert.equal(clock(WORDS, "2021-02-18T06:00:00Z"), "12:00");
  assert.equal(clock(WORDS, "2026-02-18T06:00:00Z"), "11:00");
});

test("a date has its weekday wherever the reader's computer stands", () => {
  assert.equal(day(WORDS, "2021-02-18"), "четверг, 18 февраля 2021 г.");
});

test("a place in a recording is read as minutes and seconds", () => {
  assert.equal(moment(754), "12:34");
});

test("keys are version 4 UUIDs and never the same", () => {
  const keys = new Set(Array.from({ length: 500 }, newKey));
  assert.equal(keys.size, 500);
  for (const key of keys)
    assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a batch runs the first call at once and never loses the last", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let runs = 0;
  const run = batched(() => {
    runs += 1;
  }, 400);
  const seen = [];
  for (const wait of [0, 0, 0, 400, 400, 0]) {
    context.mock.timers.tick(wait);
    run();
    seen.push(runs);
  }
  context.mock.timers.tick(400);
  assert.deepEqual([...seen, runs], [1, 1, 1, 2, 3, 3, 4]);
});
