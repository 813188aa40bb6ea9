/**
 * The only `fetch` of the scanner. Failures are values, never exceptions:
 * `{ok: true, data}` or `{ok: false, kind, status, code, message, retryAfter}` with kind
 * `network`, `timeout`, `aborted`, `garbage` (not our JSON: a captive portal, a proxy's page) or `status`.
 */

const POLL_MS = 5000;
const SEARCH_MS = 6000;
const ENROL_MS = 15000;
const PHOTO_MS = 3000;

export function createApi({ root, enrolUrl, language, token }) {
  const asDevice = (path, options) =>
    ask(root + path, {
      ...options,
      // Never the cookie: an ended session must not hold back what waits in the outbox.
      credentials: "omit",
      headers: { ...options.headers, Authorization: `Device ${token()}`, "Accept-Language": language },
    });

  const send = (path, data, options) =>
    asDevice(path, {
      ...options,
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(data),
    });

  return {
    device: () => asDevice("device", { timeout: POLL_MS }),

    // Names never go into an address: servers and proxies log those.
    people: (query, signal) => send("people/search", { q: query }, { timeout: SEARCH_MS, signal }),

    photo: (nonce) => askPicture(`${root}scans/${nonce}/photo`, `Device ${token()}`),

    postScan: (scan, timeout) => send("scans", { ...scan, sent_at: new Date().toISOString() }, { timeout }),

    enrol: (form) =>
      ask(enrolUrl, {
        method: "POST",
        timeout: ENROL_MS,
        credentials: "same-origin",
        headers: { "X-CSRFToken": form.get("csrfmiddlewaretoken"), "Accept-Language": language },
        body: form,
      }),
  };
}

async function ask(url, { timeout, signal, ...options }) {
  const limit = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    limit.abort();
  }, timeout);
  const passOn = () => limit.abort();
  signal?.addEventListener("abort", passOn);
  try {
    const headers = { Accept: "application/json", ...options.headers };
    // The limit spans the body too: a dead network may deliver headers and then nothing.
    const response = await fetch(url, { ...options, headers, signal: limit.signal, cache: "no-store", redirect: "manual" });
    return await read(response);
  } catch {
    return { ok: false, kind: timedOut ? "timeout" : signal?.aborted ? "aborted" : "network" };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", passOn);
  }
}

/** The photo of whom was just scanned, or null: it is never worth a message. */
async function askPicture(url, authorization) {
  try {
    const headers = { Accept: "image/jpeg, application/json", Authorization: authorization };
    const signal = AbortSignal.timeout(PHOTO_MS);
    const response = await fetch(url, { headers, signal, credentials: "omit", cache: "no-store", redirect: "manual" });
    const isPicture = response.ok && response.headers.get("Content-Type") === "image/jpeg";
    return isPicture ? await createImageBitmap(await response.blob()) : null;
  } catch {
    return null;
  }
}

async function read(response) {
  const data = await parse(response);
  if (data === null) return { ok: false, kind: "garbage", status: response.status };
  if (response.ok) return { ok: true, data };
  if (typeof data.code !== "string") return { ok: false, kind: "garbage", status: response.status };
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  return { ok: false, kind: "status", status: response.status, code: data.code, message: data.message ?? "", retryAfter };
}

async function parse(response) {
  if (!response.headers.get("Content-Type")?.includes("json")) return null;
  const text = await response.text(); // Outside the try: a broken connection is a network failure.
  try {
    const data = JSON.parse(text);
    return data !== null && typeof data === "object" ? data : null;
  } catch {
    return null;
  }
}
