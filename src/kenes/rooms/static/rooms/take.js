// Fetches that end: a network that swallows a request must not hold up what comes after it.
export const FETCH_MS = 15000;

export async function fetchWithin(url, { ms = FETCH_MS, stop, ...options } = {}) {
  const limit = new AbortController();
  const abort = () => limit.abort();
  const timer = setTimeout(abort, ms);
  stop?.addEventListener("abort", abort);
  try {
    const answer = await fetch(url, { cache: "no-store", ...options, signal: limit.signal });
    const body = await answer.text();
    return { answer, body };
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener("abort", abort);
  }
}

// The JSON at an address; a proxy's page in its place is a failure like any other.
export async function take(url, options) {
  const { answer, body } = await fetchWithin(url, options);
  if (!answer.ok) throw new Error(String(answer.status));
  return JSON.parse(body);
}
