import assert from "node:assert/strict"
import test from "node:test"
import { changes, finished, flatten, pieces } from "../static/js/logic/cmi.js"
import { Outbox } from "../static/js/logic/outbox.js"

class Store extends Map {
  get length() { return this.size }
  key(n) { return [...this.keys()][n] }
  getItem(key) { return this.get(key) ?? null }
  setItem(key, value) { this.set(key, value) }
  removeItem(key) { this.delete(key) }
}

/** A server that answers with these statuses in turn, then with 204; 0 is no answer. */
function server(...statuses) {
  const sent = [], beacons = [], said = []
  return {
    sent, beacons, said,
    post: async report => {
      sent.push(report)
      const status = statuses.length ? statuses.shift() : 204
      if (!status) throw new Error("offline")
      return status
    },
    beacon: report => beacons.push(report),
    wait: async () => {},
    say: what => said.push(what),
  }
}

test("words are flat, and only what has changed travels", () => {
  const now = flatten({ core: { score: { raw: 5, max: null } }, suspend_data: "x" })

  assert.deepEqual(now, { "cmi.core.score.raw": "5", "cmi.suspend_data": "x" })
  assert.deepEqual(changes({ "cmi.suspend_data": "x" }, now), { "cmi.core.score.raw": "5" })
})

test("a package that finishes without a word of status is completed", () => {
  const word = "cmi.core.lesson_status"

  assert.equal(finished({ [word]: "not attempted" })[word], "completed")
  assert.equal(finished({ [word]: "failed" })[word], "failed")
})

test("pieces are small enough for a beacon and share no word", () => {
  const words = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`w${n}`, "x".repeat(4000)]))

  const cut = pieces(words, 20_000)

  assert.deepEqual(cut.map(piece => Object.keys(piece).length), [2, 2, 2, 2, 1])
  assert.deepEqual(Object.assign({}, ...cut), words)
  assert.deepEqual(pieces({}), [])
})

test("reports arrive in order and are then forgotten, however often the line breaks", async () => {
  const net = server(0, 503, 204)
  const store = new Store()
  const outbox = new Outbox("a", "l", store, net)

  outbox.add({ x: "1" })
  await outbox.add({ x: "2" })

  assert.deepEqual(net.sent.map(report => report.seq), [1, 1, 1, 2])
  assert.equal(store.size, 0)
  assert.deepEqual(net.said, ["kept", "kept", "saved", "saved"])
})

test("what a launch left behind is sent by the next one, under its own name", async () => {
  const store = new Store()
  await new Outbox("a", "l1", store, server(404)).add({ x: "1" })
  await new Outbox("b", "l1", store, server(404)).add({ x: "9" })
  const net = server()

  assert.equal(await new Outbox("a", "l2", store, net).replay(), true)
  assert.deepEqual(net.sent, [{ launch: "l1", seq: 1, patch: { x: "1" } }])
  assert.equal(await new Outbox("a", "l2", store, net).replay(), false)
})

test("a report that is refused for good is not sent for ever", async () => {
  const store = new Store()
  const net = server(422)

  await new Outbox("a", "l", store, net).add({ x: "1" })

  assert.equal(net.sent.length, 1)
  assert.equal(store.size, 0)
})

test("leaving sends all that is open at once, the newest words, under new numbers", () => {
  const net = server()
  net.post = () => new Promise(() => {})
  const outbox = new Outbox("a", "l", new Store(), net)
  outbox.add({ x: "1", y: "1" })
  outbox.add({ x: "2" })

  outbox.leave(pieces)

  assert.deepEqual(net.beacons, [{ launch: "l", seq: 3, patch: { x: "2", y: "1" } }])
})
