// The typeface, after first paint and only where data is not to be saved. The browser takes a file
// when the page has a letter of its range.
const FAMILY = "Onest";
const WEIGHTS = "400 700";
const RANGES = [
  [/onest-latin\./, "U+20-7F, U+A0-FF, U+2010-203A, U+2190-2193, U+2212"],
  [/onest-cyrillic\./, "U+400-45F, U+4B0-4B1, U+2116"],
  [/onest-cyrillic-ext\./, "U+460-4AF, U+4B2-52F"],
  [/onest-latin-ext\./, "U+20B8"],
];

function savesData() {
  return navigator.connection?.saveData === true || matchMedia("(prefers-reduced-data: reduce)").matches;
}

export function loadFonts(urls) {
  if (savesData() || !("FontFace" in window)) return;
  for (const url of urls) {
    const found = RANGES.find(([name]) => name.test(url.replace(/\.[0-9a-f]{12}\./, ".")));
    if (!found) continue;
    const source = `url(${JSON.stringify(url)}) format("woff2")`;
    document.fonts.add(
      new FontFace(FAMILY, source, { weight: WEIGHTS, unicodeRange: found[1], display: "swap" }),
    );
  }
}
