import assert from "node:assert/strict"
import test from "node:test"
import { clock } from "./clock.js"

test("time is written as people write it", () => {
  assert.equal(clock(820_000), "13:40")
  assert.equal(clock(3_661_000), "1:01:01")
  assert.equal(clock(-5), "0:00")
})
