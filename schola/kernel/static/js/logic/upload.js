/** Sending a file in pieces, so that a broken line costs one piece and not the file. */
export const PIECE = 2_000_000
const TRIES = 6

/** What the server refused, in its words. Trying again would not help. */
export class Refused extends Error {}

/**
 * Send the file; return the last answer of the server, from JSON. A reply that was lost is asked again.
 * net: { fetch, wait, token }, where token is the one that writes need and wait(ms) sleeps.
 */
export async function send(file, { url, purpose }, net, onShare = () => {}) {
  const body = new URLSearchParams({ name: file.name, size: file.size, purpose })
  const opened = await ask(net, url, { method: "POST", body })
  const where = opened.headers.get("Location")
  let offset = 0, failures = 0, answer = null
  while (answer === null) {
    try {
      const response = await piece(net, where, file, offset)
      if (response.status === 200) answer = await response.json()
      const stands = Number(response.headers.get("Upload-Offset"))
      if (answer === null && stands === offset) throw new Error("no progress")
      offset = stands
      failures = 0
    } catch (error) {
      if (error instanceof Refused || ++failures === TRIES) throw error
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

/** 409 says where the upload stands and is an answer; other 4xx is final, 5xx may pass. */
async function ask(net, url, options) {
  const headers = { ...options.headers, "X-CSRFToken": net.token }
  const response = await net.fetch(url, { ...options, headers })
  if (response.ok || response.status === 409) return response
  if (response.status >= 400 && response.status < 500 && response.status !== 429) {
    throw new Refused(await response.text())
  }
  throw new Error(String(response.status))
}
