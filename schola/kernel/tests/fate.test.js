import assert from "node:assert/strict"
import test from "node:test"
import { fate } from "../static/js/logic/fate.js"

test("what the server has is saved", () => {
  assert.equal(fate(200), "saved")
  assert.equal(fate(204), "saved")
})

test("only what can never be saved is dropped", () => {
  assert.equal(fate(409), "newer")
  assert.equal(fate(400), "refused")
  assert.equal(fate(410), "refused")
  assert.equal(fate(422), "refused")
})

test("what may be saved later is kept", () => {
  for (const status of [302, 403, 404, 429, 500, 502, 503]) assert.equal(fate(status), "kept")
  assert.equal(fate(401), "signin")
})
