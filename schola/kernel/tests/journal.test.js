import assert from "node:assert/strict"
import test from "node:test"
import { Journal } from "../static/js/logic/journal.js"

class Store extends Map {
  getItem(key) { return this.get(key) ?? null }
  setItem(key, value) { this.set(key, value) }
  removeItem(key) { this.delete(key) }
}

test("what was sent is forgotten, what came after stays", () => {
  const journal = new Journal("a", new Store())
  const first = { rev: 1, values: [["q1", "x"]] }
  journal.write("1", first)
  journal.write("1", { rev: 1, values: [["q1", "y"]] })

  assert.equal(journal.forget("1", first), false)
  assert.equal(journal.read("1").values[0][1], "y")
  assert.equal(journal.forget("1", journal.read("1")), true)
  assert.equal(journal.read("1"), null)
})

test("what is written while another is on its way has a higher revision", () => {
  const journal = new Journal("a", new Store())

  assert.equal(journal.next("1", 4), 5)
  journal.write("1", { rev: 5, values: ["x"] })

  assert.equal(journal.next("1", 4), 6)
})
