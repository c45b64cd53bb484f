// Words come from the page, so that they are translated where all others are.
export const format = (text, values) => text.replace(/%\((\w+)\)[sd]/g, (_, name) => values[name] ?? "");

// What was taken out of a text is a marker in no language; it is read in the page's.
export const shown = (words, text) =>
  text.replace(/\[⋯([a-z]+)\]/g, (marker, kind) => words.removed[kind] ?? marker);

export function readWords(root = document) {
  return JSON.parse(root.getElementById("room-words").textContent);
}

// `forms`: by the plural category of the page's language.
export function counted(words, forms, n) {
  const category = new Intl.PluralRules(words.language).select(n);
  return format(forms[category] ?? forms.other, { n });
}

// Official content is in three languages; the reader's first, then what there is.
export function official(words, texts) {
  const language = [words.language, "kk", "ru", "en"].find((code) => texts?.[code]) ?? words.language;
  return { text: texts?.[language] ?? "", language };
}

export function clock(words, at) {
  const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: words.zone };
  return new Intl.DateTimeFormat("en-GB", parts).format(new Date(at));
}

// `on`: YYYY-MM-DD, without a zone.
export function day(words, on) {
  const [year, month, date] = on.split("-").map(Number);
  const weekday = (new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 6) % 7;
  return format(words.day, {
    year,
    day: date,
    month: words.months[month - 1],
    weekday: words.weekdays[weekday],
  });
}

// A moment of a recording: 36:20, from an hour on 1:02:05.
export function moment(second) {
  const two = (n) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(second / 3600), Math.floor(second / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(second % 60)}` : `${minutes}:${two(second % 60)}`;
}
