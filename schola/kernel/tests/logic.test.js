import assert from "node:assert/strict"
import { test } from "node:test"
import { chosenAfter } from "../static/js/logic/choice.js"
import { clock, spoken } from "../static/js/logic/clock.js"
import { moved, stepsOf, told } from "../static/js/logic/order.js"

test("a clock shows hours only where there are any, and never less than nothing", () => {
  assert.equal(clock(75_000), "1:15")
  assert.equal(clock(3_675_000), "1:01:15")
  assert.equal(clock(59_001), "1:00")
  assert.equal(clock(-5), "0:00")
})

test("a clock speaks when 10, 5 and 1 minutes are left, and not at its beginning", () => {
  assert.equal(spoken(601_000, 600_000), 10)
  assert.equal(spoken(600_000, 599_000), 0)
  assert.equal(spoken(300_500, 299_500), 5)
  assert.equal(spoken(61_000, 60_000), 1)
  assert.equal(spoken(0, 240_000), 0)
})

test("an item moves and the others keep their order", () => {
  assert.deepEqual(moved(["a", "b", "c", "d"], 0, 2), ["b", "c", "a", "d"])
  assert.deepEqual(moved(["a", "b", "c"], 2, -1), ["a", "c", "b"])
})

test("an item at the end stays there", () => {
  const items = ["a", "b"]

  assert.equal(moved(items, 0, -1), items)
  assert.equal(moved(items, 1, 1), items)
  assert.equal(moved(items, -1, 1), items)
})

test("only Alt makes an arrow move an item", () => {
  assert.equal(stepsOf({ altKey: true, key: "ArrowDown" }, 1, 4), 1)
  assert.equal(stepsOf({ altKey: true, key: "Home" }, 2, 4), -2)
  assert.equal(stepsOf({ altKey: true, key: "End" }, 1, 4), 2)
  assert.equal(stepsOf({ altKey: false, key: "ArrowDown" }, 1, 4), 0)
  assert.equal(stepsOf({ altKey: true, key: "x" }, 1, 4), 0)
})

test("a sentence takes its values and keeps what it does not know", () => {
  assert.equal(told("{what}: {at} of {all} {x}", { what: "Quiz", at: 2, all: 3 }), "Quiz: 2 of 3 {x}")
})

test("the choice goes round", () => {
  assert.equal(chosenAfter("ArrowDown", -1, 3), 0)
  assert.equal(chosenAfter("ArrowDown", 2, 3), 0)
  assert.equal(chosenAfter("ArrowUp", -1, 3), 2)
  assert.equal(chosenAfter("ArrowUp", 0, 3), 2)
  assert.equal(chosenAfter("ArrowDown", 0, 0), -1)
})
