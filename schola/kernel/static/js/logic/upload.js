/** Sending a file in pieces, so that a broken line costs one piece and not the file. */
export const PIECE = 2_000_000
const TRIES = 6

const NO_ROOM = 507

/** What the server refused, in its words and with its status. Trying again would not help. */
export class Refused extends Error {
  constructor(words, status) {
    super(words)
    this.status = status
  }
}

/** It was broken off, but the server had all of it already. */
export class Arrived extends Error {}

/**
 * Send the file; return the last answer of the server, from JSON. A reply that was lost is asked again.
 * net: { fetch, wait, token, signal }, where token is the one that writes need and wait(ms) sleeps.
 * What is broken off, by the signal or by a failure, is given up on the server, too: at once, or as
 * soon as it is open. What the server refuses it has dropped itself, unless it had no room for a piece.
 * Throws Refused, Arrived, or what broke it off.
 */
export async function send(file, { url, purpose }, net, onShare = () => {}) {
  const body = new URLSearchParams({ name: file.name, size: file.size, purpose })
  const opened = await ask(net, url, { method: "POST", body })
  const where = opened.headers.get("Location")
  let ended = null
  const end = () => (ended ??= giveUp(net, where))
  net.signal?.addEventListener("abort", end)
  try {
    const answer = await pieces(file, where, net, onShare)
    net.signal?.throwIfAborted()
    return answer
  } catch (error) {
    if (error instanceof Refused && error.status !== NO_ROOM) throw error
    throw (await end()) ? error : new Arrived()
  } finally {
    net.signal?.removeEventListener("abort", end)
  }
}

async function pieces(file, where, net, onShare) {
  let offset = 0, failures = 0, answer = null
  while (answer === null) {
    try {
      net.signal?.throwIfAborted()
      const response = await piece(net, where, file, offset)
      if (response.status === 200) answer = await response.json()
      const stands = Number(response.headers.get("Upload-Offset"))
      if (answer === null && stands === offset) throw new Error("no progress")
      offset = stands
      failures = 0
    } catch (error) {
      if (error instanceof Refused || net.signal?.aborted || ++failures === TRIES) throw error
      await net.wait(300 * 2 ** failures)
      offset = await standsAt(net, where, offset)
    }
    onShare(offset / file.size)
  }
  return answer
}

async function piece(net, where, file, offset) {
  const headers = { "Upload-Offset": String(offset), "Content-Type": "application/octet-stream" }
  const body = file.slice(offset, offset + PIECE)
  return ask(net, where, { method: "PATCH", headers, body })
}

/** Ask where the upload stands; if nobody answers, go on from where we were. */
async function standsAt(net, where, offset) {
  try {
    const response = await ask(net, where, { method: "HEAD" })
    return Number(response.headers.get("Upload-Offset"))
  } catch (error) {
    if (error instanceof Refused) throw error
    return offset
  }
}

/**
 * Say that no more will come; tell whether that was in time, false if the server has a file of it.
 * It is sent even while the page closes; a day later it goes anyway.
 */
async function giveUp(net, where) {
  const headers = { "X-CSRFToken": net.token }
  const answer = await net.fetch(where, { method: "DELETE", headers, keepalive: true }).catch(() => null)
  return answer?.status !== 409
}

/** 409 says where the upload stands and is an answer; no room and other 4xx are final, 5xx may pass. */
async function ask(net, url, options) {
  const headers = { ...options.headers, "X-CSRFToken": net.token }
  const signal = options.method === "POST" ? undefined : net.signal
  const response = await net.fetch(url, { ...options, headers, signal })
  const { ok, status } = response
  if (ok || status === 409) return response
  const final = status === NO_ROOM || (status >= 400 && status < 500 && status !== 429)
  if (final) throw new Refused(await said(response), status)
  throw new Error(String(status))
}

/** Return the words of an answer, or nothing if it is a whole page. */
async function said(response) {
  return response.headers.get("Content-Type")?.startsWith("text/plain") ? response.text() : ""
}
