import assert from "node:assert/strict"
import { test } from "node:test"
import { Arrived, PIECE, Refused, send } from "../static/js/logic/upload.js"

/** The network, faked: a server that keeps what it was sent, and whose line breaks as told. */
function server({ breaks = {}, size }) {
  const kept = { offset: 0, calls: [] }
  const answer = (status, body) =>
    new Response(body, { status, headers: { "Upload-Offset": String(kept.offset), Location: "/uploads/1" } })
  const fetch = async (url, { method, headers, body }) => {
    const broken = breaks[kept.calls.push(method) - 1]
    if (broken === "before") throw new TypeError("the line is down")
    if (typeof broken === "number") return answer(broken, "Choose a smaller file.")
    if (method === "POST") return answer(201)
    if (method === "HEAD") return answer(200)
    if (method === "DELETE") return answer(204, null)
    const from = Number(headers["Upload-Offset"])
    if (from !== kept.offset) return answer(409)
    kept.offset += body.size
    if (broken === "after") throw new TypeError("the reply is lost")
    return kept.offset === size ? answer(200, JSON.stringify({ file: 7 })) : answer(204, null)
  }
  return { kept, net: { fetch, wait: async () => {}, token: "t" } }
}

const SIZE = PIECE * 2 + 5
const file = { name: "film.mp4", size: SIZE, slice: (from, to) => new Blob([new Uint8Array(Math.max(0, Math.min(to, SIZE) - from))]) }
const where = { url: "/uploads", purpose: "video" }

test("a file goes in pieces and its share is told", async () => {
  const { kept, net } = server({ size: SIZE })
  const shares = []

  assert.deepEqual(await send(file, where, net, share => shares.push(share)), { file: 7 })
  assert.deepEqual(kept.calls, ["POST", "PATCH", "PATCH", "PATCH"])
  assert.equal(shares.at(-1), 1)
})

for (const how of ["before", "after"]) {
  test(`a line that breaks ${how} a piece arrives costs nothing`, async () => {
    const { kept, net } = server({ breaks: { 2: how }, size: SIZE })

    assert.deepEqual(await send(file, where, net), { file: 7 })
    assert.equal(kept.offset, SIZE)
  })
}

test("the answer to the last piece is asked again when it was lost", async () => {
  const { kept, net } = server({ breaks: { 3: "after" }, size: SIZE })

  assert.deepEqual(await send(file, where, net), { file: 7 })
  assert.equal(kept.offset, SIZE)
})

test("what the server refuses is not tried again", async () => {
  const { kept, net } = server({ breaks: { 1: 422 }, size: SIZE })

  await assert.rejects(send(file, where, net), error => error instanceof Refused && /smaller/.test(error.message))
  assert.deepEqual(kept.calls, ["POST", "PATCH"])
})

test("what finds no room on the way is given up", async () => {
  const { kept, net } = server({ breaks: { 1: 507 }, size: SIZE })

  await assert.rejects(send(file, where, net), Refused)
  assert.deepEqual(kept.calls, ["POST", "PATCH", "DELETE"])
})

test("a server that stays away is given up", async () => {
  const breaks = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [at + 1, 503]))

  await assert.rejects(send(file, where, server({ breaks, size: SIZE }).net), /503/)
})

test("a full disk is said at once, in the words of the server", async () => {
  const { kept, net } = server({ breaks: { 0: 507 }, size: SIZE })

  await assert.rejects(send(file, where, net), /Choose a smaller file/)
  assert.deepEqual(kept.calls, ["POST"])
})

test("a page of the server is not taken for its words", async () => {
  const { net } = server({ size: SIZE })
  const fetch = async () => new Response("<html>", { status: 404, headers: { "Content-Type": "text/html" } })

  await assert.rejects(send(file, where, { ...net, fetch }), error => error instanceof Refused && error.message === "")
})

test("what is broken off is given up on the server, once and at once", async () => {
  const { kept, net } = server({ size: SIZE })
  const stop = new AbortController()
  const sent = send(file, where, { ...net, signal: stop.signal }, () => stop.abort())

  await assert.rejects(sent, { name: "AbortError" })
  assert.deepEqual(kept.calls, ["POST", "PATCH", "DELETE"])
})

test("what is broken off while it is opened is given up as soon as it is open", async () => {
  const { kept, net } = server({ size: SIZE })
  const stop = new AbortController()
  const fetch = async (...words) => {
    const answer = await net.fetch(...words)
    stop.abort()
    return answer
  }

  await assert.rejects(send(file, where, { ...net, fetch, signal: stop.signal }), { name: "AbortError" })
  assert.deepEqual(kept.calls, ["POST", "DELETE"])
})

test("what the server refused to open is not given up", async () => {
  const { kept, net } = server({ breaks: { 0: 403 }, size: SIZE })

  await assert.rejects(send(file, where, { ...net, signal: AbortSignal.abort() }), Refused)
  assert.deepEqual(kept.calls, ["POST"])
})

test("what has arrived before it was broken off is told so", async () => {
  const { kept, net } = server({ breaks: { 4: 409 }, size: SIZE })
  const stop = new AbortController()
  const sent = send(file, where, { ...net, signal: stop.signal }, share => share === 1 && stop.abort())

  await assert.rejects(sent, Arrived)
  assert.deepEqual(kept.calls, ["POST", "PATCH", "PATCH", "PATCH", "DELETE"])
})

test("a line that is down while it is broken off is no arrival", async () => {
  const { net } = server({ breaks: { 2: "before" }, size: SIZE })
  const stop = new AbortController()

  await assert.rejects(send(file, where, { ...net, signal: stop.signal }, () => stop.abort()), { name: "AbortError" })
})

test("what has arrived is not given up", async () => {
  const { kept, net } = server({ size: SIZE })
  const stop = new AbortController()

  await send(file, where, { ...net, signal: stop.signal })
  stop.abort()

  assert.equal(kept.calls.at(-1), "PATCH")
})
