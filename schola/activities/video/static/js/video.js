/**
 * <video-player>: more than the browser's own controls, which stay: keys (Space or K play, J and L
 * ten seconds back and on, C captions), speed, captions, quality, and what has been seen.
 */
import { token } from "./logic/token.js"
import { Watch, written } from "./logic/spans.js"

const SPEEDS = [0.75, 1, 1.25, 1.5, 2]
const STEP_SECONDS = 10
const SEND_EVERY_MS = 10_000

customElements.define("video-player", class extends HTMLElement {
  #watch = new Watch()

  connectedCallback() {
    this.video = this.querySelector("video")
    this.bar = this.querySelector("[data-controls]")
    this.status = this.querySelector("[data-status]")
    this.#buttons()
    this.#transcripts()
    document.addEventListener("keydown", event => this.#key(event))
    if (this.dataset.seen) this.#follow()
  }

  #buttons() {
    const { speed, quality, captions } = this.dataset
    const rate = choice(speed, SPEEDS.map(each => [each, `${each}×`]), "1")
    rate.field.addEventListener("change", () => (this.video.playbackRate = Number(rate.field.value)))
    this.bar.append(rate.label)
    const sources = [...this.querySelectorAll("source[data-quality]")].filter(each => each.dataset.quality)
    if (sources.length > 1) {
      const options = sources.map(each => [each.src, each.dataset.quality])
      const size = choice(quality, options, this.video.currentSrc || sources[0].src)
      size.field.addEventListener("change", () => this.#change(size.field.value))
      this.video.addEventListener("loadedmetadata", () => (size.field.value = this.video.currentSrc))
      this.bar.append(size.label)
    }
    if (this.video.textTracks.length) {
      this.captions = document.createElement("button")
      this.captions.type = "button"
      this.captions.className = "btn small"
      this.captions.textContent = captions
      this.captions.addEventListener("click", () => this.#toggleCaptions())
      this.video.textTracks.addEventListener("change", () => this.#showCaptions())
      this.bar.append(this.captions)
      this.#showCaptions()
    }
  }

  /** Play the same moment in another size. */
  #change(src) {
    const { currentTime, paused, playbackRate } = this.video
    this.video.src = src
    this.video.addEventListener("loadedmetadata", () => {
      this.video.currentTime = currentTime
      this.video.playbackRate = playbackRate
      if (!paused) this.video.play()
    }, { once: true })
  }

  #transcripts() {
    for (const line of document.querySelectorAll("[data-transcript] [data-at]")) {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "btn quiet small num"
      button.textContent = clock(Number(line.dataset.at))
      button.addEventListener("click", () => {
        this.video.currentTime = Number(line.dataset.at)
        this.video.play()
      })
      line.prepend(button, " ")
    }
  }

  #key(event) {
    const inField = event.target.closest?.("input, textarea, select, button, summary, a, [contenteditable]")
    if (inField || event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === " " && event.target === this.video) return // the browser's own
    const acts = {
      " ": () => this.#toggle(),
      k: () => this.#toggle(),
      j: () => (this.video.currentTime -= STEP_SECONDS),
      l: () => (this.video.currentTime += STEP_SECONDS),
      c: () => this.#toggleCaptions(),
    }
    if (!acts[key]) return
    event.preventDefault()
    acts[key]()
  }

  #toggle() {
    if (this.video.paused) this.video.play()
    else this.video.pause()
  }

  #toggleCaptions() {
    const [track] = this.video.textTracks
    if (!track) return
    track.mode = track.mode === "showing" ? "hidden" : "showing"
    this.#showCaptions()
  }

  #showCaptions() {
    const shown = [...this.video.textTracks].some(track => track.mode === "showing")
    this.captions?.setAttribute("aria-pressed", String(shown))
  }

  #follow() {
    const resume = Number(this.dataset.resume)
    if (resume) this.video.addEventListener("loadedmetadata", () => (this.video.currentTime = resume), { once: true })
    this.video.addEventListener("timeupdate", () => this.video.seeking || this.#watch.at(this.video.currentTime, 2 * this.video.playbackRate))
    for (const name of ["seeking", "emptied"]) this.video.addEventListener(name, () => this.#watch.stop())
    for (const name of ["pause", "ended"]) this.video.addEventListener(name, () => this.#send())
    setInterval(() => this.#send(), SEND_EVERY_MS)
    addEventListener("pagehide", () => this.#send({ keepalive: true }))
  }

  async #send(more = {}) {
    if (!this.#watch.waiting) return
    const spans = this.#watch.take()
    const body = new URLSearchParams({ spans: written(spans) })
    const headers = { "X-CSRFToken": token() }
    try {
      const answer = await fetch(this.dataset.seen, { method: "POST", body, headers, ...more })
      if (!answer.ok) throw new Error(String(answer.status))
      const { percent } = await answer.json()
      this.status.textContent = `${percent}% ${this.dataset.watched}`
    } catch {
      this.#watch.putBack(spans)
    }
  }
})

function choice(name, options, chosen) {
  const label = document.createElement("label")
  label.className = "row s"
  const field = document.createElement("select")
  field.append(...options.map(([value, text]) => new Option(text, value)))
  field.value = chosen
  label.append(name, field)
  return { label, field }
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`
}
