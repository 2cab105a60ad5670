import assert from "node:assert/strict"
import { test } from "node:test"
import { join, Watch, written } from "../static/js/logic/spans.js"

test("spans that touch become one", () => {
  assert.deepEqual(join([[0, 5], [10, 12]], [5, 10]), [[0, 12]])
  assert.deepEqual(join([[0, 5]], [5, 5]), [[0, 5]])
})

test("a jump is not seen", () => {
  const watch = new Watch()

  for (const time of [0, 1, 2, 60, 61, 10, 11]) watch.at(time)

  assert.equal(written(watch.take()), "0-2,10-11,60-61")
  assert.equal(watch.waiting, false)
})

test("what could not be sent is kept", () => {
  const watch = new Watch()
  watch.at(0)
  watch.at(1.04)

  const sent = watch.take()
  watch.at(2)
  watch.putBack(sent)

  assert.equal(written(watch.take()), "0-2")
})
