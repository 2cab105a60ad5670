import { clock } from "../logic/clock.js"

/** <count-down until="2027-01-31T12:00Z">31 January, 12:00</count-down> fires `elapsed` at the end. */
customElements.define("count-down", class extends HTMLElement {
  #timer
  connectedCallback() {
    this.#timer = setInterval(() => this.#tick(), 1000)
    this.#tick()
  }
  disconnectedCallback() {
    clearInterval(this.#timer)
  }
  #tick() {
    const left = Date.parse(this.getAttribute("until")) - Date.now()
    this.textContent = clock(left)
    if (left > 0) return
    clearInterval(this.#timer)
    this.dispatchEvent(new CustomEvent("elapsed", { bubbles: true }))
  }
})
