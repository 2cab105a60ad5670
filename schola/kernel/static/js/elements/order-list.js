import { moved, stepsOf, told } from "../logic/order.js"
import { token } from "../logic/token.js"

/**
 * <order-list data-url="/…/order" data-said="{what} is now {at} of {all}." data-failed="Not saved.">
 *   <ol><li data-id="7" data-label="Quiz 1"><button class="grip">…</button> …</li></ol>
 *   <p class="vh" role="status"></p>
 * </order-list>
 * Alt with an arrow key moves the item that holds the focus; the grip can be dragged. Each new
 * order is posted as order=7&order=3; where that fails, the items go back and the page says so.
 */
customElements.define("order-list", class extends HTMLElement {
  #saved = []

  connectedCallback() {
    this.list = this.querySelector("ol, ul")
    this.#saved = this.#items()
    this.addEventListener("keydown", event => this.#onKey(event))
    this.addEventListener("pointerdown", () => this.#makeDraggable(), { once: true })
  }

  #items() {
    return [...this.list.children].filter(item => item.dataset.id)
  }

  #onKey(event) {
    const item = event.target.closest("[data-id]")
    const items = this.#items(), at = items.indexOf(item)
    const steps = stepsOf(event, at, items.length)
    if (!item || !steps) return
    event.preventDefault()
    this.#put(moved(items, at, steps))
    this.#save(item)
  }

  async #makeDraggable() {
    const { default: Sortable } = await import("../vendor/sortable.js")
    this.sortable ??= new Sortable(this.list, {
      handle: ".grip",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      onEnd: event => this.#save(event.item),
    })
  }

  async #save(item) {
    const items = this.#items()
    const values = { what: item.dataset.label, at: items.indexOf(item) + 1, all: items.length }
    this.#say(told(this.dataset.said ?? "", values))
    const body = new URLSearchParams(items.map(each => ["order", each.dataset.id]))
    try {
      const options = { method: "POST", body, headers: { "X-CSRFToken": token() } }
      const response = await fetch(this.dataset.url, options)
      if (!response.ok) throw new Error(String(response.status))
      this.#saved = items
      this.dispatchEvent(new CustomEvent("reordered", { bubbles: true }))
    } catch {
      this.#put(this.#saved)
      this.#say(this.dataset.failed ?? "")
    }
  }

  /** Put the items into this order; the focus stays on what has it. */
  #put(items) {
    const focus = this.contains(document.activeElement) ? document.activeElement : null
    this.list.append(...items)
    focus?.focus()
  }

  #say(words) {
    const place = this.querySelector("[role=status]")
    if (place) place.textContent = words
  }
})
