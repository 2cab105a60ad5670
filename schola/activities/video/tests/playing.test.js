import assert from "node:assert/strict"
import test from "node:test"
import { clock, lineAt } from "../static/js/logic/playing.js"

test("a time is minutes and seconds, and hours only where there are any", () => {
  assert.deepEqual([0, 9.9, 250, 3850, NaN].map(clock), ["0:00", "0:09", "4:10", "1:04:10", "0:00"])
})

test("the line that is being said is the last that has begun", () => {
  const starts = [1, 4, 9]

  assert.deepEqual([0, 1, 8.9, 100].map(time => lineAt(starts, time)), [-1, 0, 1, 2])
})
