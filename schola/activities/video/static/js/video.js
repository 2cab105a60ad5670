/**
 * <video-player>: our controls on a <video>. Without script the browser's own stay.
 * Keys, while the focus is in it: Space or K play, J and L ten seconds back and on, C captions.
 */
import { put } from "./logic/parts.js"
import { token } from "./logic/token.js"
import { Watch, written } from "./logic/spans.js"
import { clock, lineAt } from "./logic/playing.js"

const STEP_SECONDS = 10
const SEND_EVERY_MS = 10_000
const REMEMBERED = "captions"

customElements.define("video-player", class extends HTMLElement {
  #watch = new Watch()
  #isEnough = false

  connectedCallback() {
    this.video = this.querySelector("video")
    this.bar = this.querySelector("[data-bar]")
    this.video.controls = false
    for (const each of this.querySelectorAll("[data-bar], [data-more], .play")) each.hidden = false
    this.#play()
    this.#place()
    this.#sound()
    this.#captions()
    this.#size()
    this.#transcripts()
    this.addEventListener("keydown", event => this.#key(event))
    if (this.dataset.seen) this.#follow()
    this.dataset.ready = ""
  }

  part(name) {
    return this.querySelector(`[data-do=${name}]`)
  }

  #play() {
    const { video } = this
    const button = this.part("play")
    for (const each of [button, video, this.querySelector(".play")]) each.addEventListener("click", () => this.#toggle())
    const tell = () => {
      this.toggleAttribute("data-playing", !video.paused)
      button.setAttribute("aria-label", video.paused ? this.dataset.play : this.dataset.pause)
    }
    for (const name of ["play", "pause", "ended"]) video.addEventListener(name, tell)
    tell()
    const rate = this.part("speed")
    rate.addEventListener("change", () => (video.playbackRate = video.defaultPlaybackRate = Number(rate.value)))
  }

  /** Where it plays: the slider, the words beside it, the picture of captions. */
  #place() {
    const { video } = this
    const slider = this.part("seek")
    const time = this.querySelector("[data-time]")
    const all = this.querySelector("[data-all]")
    const show = () => {
      const length = Number.isFinite(video.duration) ? video.duration : Number(this.dataset.seconds)
      slider.max = length
      slider.value = video.currentTime
      slider.style.setProperty("--share", length ? video.currentTime / length : 0)
      slider.setAttribute("aria-valuetext", `${clock(video.currentTime)} / ${clock(length)}`)
      time.textContent = clock(video.currentTime)
      all.textContent = ` / ${clock(length)}`
    }
    for (const name of ["timeupdate", "seeked", "loadedmetadata", "durationchange"]) video.addEventListener(name, show)
    slider.addEventListener("input", () => (video.currentTime = Number(slider.value)))
    show()
    const full = this.part("full")
    full.hidden = !document.fullscreenEnabled
    full.addEventListener("click", () => document.fullscreenElement ? document.exitFullscreen() : full.closest(".player").requestFullscreen())
  }

  #sound() {
    const { video } = this
    const button = this.part("sound")
    button.addEventListener("click", () => (video.muted = !video.muted))
    const tell = () => {
      const off = video.muted || !video.volume
      button.setAttribute("aria-pressed", String(off))
      if (off && !remembered()) this.#showCaptions(true)
    }
    video.addEventListener("volumechange", tell)
    tell()
  }

  /** The words are drawn by us, above the controls, in the language that was chosen. */
  #captions() {
    const field = this.part("captions")
    const tracks = [...this.video.textTracks]
    if (!field || !tracks.length) return
    for (const track of tracks) {
      track.mode = "hidden"
      track.addEventListener("cuechange", () => this.#draw())
    }
    field.addEventListener("change", () => {
      keep(field.value ? "on" : "off")
      this.#draw()
    })
    this.#showCaptions(remembered() !== "off")
  }

  #showCaptions(on) {
    const field = this.part("captions")
    if (!field || Boolean(field.value) === on) return this.#draw()
    field.selectedIndex = on ? 1 : 0
    this.#draw()
  }

  #draw() {
    const field = this.part("captions")
    const track = [...this.video.textTracks].find(each => field?.value && each.language === field.value)
    const words = [...(track?.activeCues ?? [])].map(cue => cue.getCueAsHTML().textContent)
    const box = this.querySelector("[data-words]")
    box.lang = field?.value ?? ""
    box.hidden = !words.length
    box.firstElementChild.textContent = words.join("\n")
  }

  /** Play the same moment in another size, or its sound alone. */
  #size() {
    const { video } = this
    const field = this.part("size")
    if (!field) return
    const auto = [...field.options].find(each => each.dataset.type)
    if (auto && !video.canPlayType(auto.dataset.type)) auto.remove()
    field.addEventListener("change", () => {
      const { currentTime, paused } = video
      video.src = field.value
      video.addEventListener("loadedmetadata", () => {
        video.currentTime = currentTime
        if (!paused) video.play()
      }, { once: true })
      video.load()
    })
    const tell = () => {
      const found = [...field.options].find(each => each.value === video.currentSrc)
      if (found) field.value = found.value
    }
    video.addEventListener("loadedmetadata", tell)
    tell()
  }

  /** Each line goes to its moment; the one that is being said is marked and kept in sight. */
  #transcripts() {
    for (const box of document.querySelectorAll("[data-transcript]")) {
      const lines = [...box.querySelectorAll("[data-at]")]
      const starts = lines.map(line => Number(line.dataset.at))
      for (const line of lines) line.prepend(this.#jump(Number(line.dataset.at)), " ")
      let before
      this.video.addEventListener("timeupdate", () => {
        const line = lines[lineAt(starts, this.video.currentTime)]
        if (line === before) return
        before?.removeAttribute("aria-current")
        before = line
        line?.setAttribute("aria-current", "true")
        const held = box.querySelector(".transcript")
        if (line && !held.contains(document.activeElement)) held.scrollTop = line.offsetTop - held.clientHeight / 3
      })
    }
  }

  #jump(at) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "btn quiet small num"
    button.textContent = clock(at)
    button.addEventListener("click", () => {
      this.video.currentTime = at
      this.video.play()
    })
    return button
  }

  #key(event) {
    const { target } = event
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("select")) return
    if (event.key === " " && target.closest("button, a, summary")) return // it presses what it is on
    const acts = {
      " ": () => this.#toggle(),
      k: () => this.#toggle(),
      j: () => (this.video.currentTime -= STEP_SECONDS),
      l: () => (this.video.currentTime += STEP_SECONDS),
      c: () => this.part("captions") && this.#chooseCaptions(),
    }
    const act = acts[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    act()
  }

  #chooseCaptions() {
    const on = !this.part("captions").value
    keep(on ? "on" : "off")
    this.#showCaptions(on)
  }

  #toggle() {
    if (this.video.paused) this.video.play()
    else this.video.pause()
  }

  #follow() {
    const { video } = this
    const resume = Number(this.dataset.resume)
    const back = () => resume && (video.currentTime = resume)
    if (video.readyState) back()
    else video.addEventListener("loadedmetadata", back, { once: true })
    video.addEventListener("timeupdate", () => video.seeking || this.#watch.at(video.currentTime, 2 * video.playbackRate))
    for (const name of ["seeking", "emptied"]) video.addEventListener(name, () => this.#watch.stop())
    for (const name of ["playing", "seeked"]) video.addEventListener(name, () => this.#watch.at(video.currentTime))
    video.addEventListener("ended", () => this.#watch.at(Math.max(video.duration, Number(this.dataset.seconds))))
    for (const name of ["pause", "ended"]) video.addEventListener(name, () => this.#send())
    setInterval(() => this.#send(), SEND_EVERY_MS)
    addEventListener("pagehide", () => this.#send({ keepalive: true }))
  }

  async #send(more = {}) {
    if (!this.#watch.waiting) return
    const spans = this.#watch.take()
    const body = new URLSearchParams({ spans: written(spans), at: this.video.currentTime.toFixed(1) })
    const headers = { "X-CSRFToken": token() }
    try {
      const answer = await fetch(this.dataset.seen, { method: "POST", body, headers, ...more })
      if (!answer.ok) throw new Error(String(answer.status))
      const { percent, enough } = await answer.json()
      this.querySelector("[data-status]").textContent = `${percent}% ${this.dataset.watched}`
      if (enough && !this.#isEnough) this.#sayDone().catch(() => {})
      this.#isEnough = enough
    } catch {
      this.#watch.putBack(spans)
    }
  }

  /** Let the page say where the learner stands now; the film goes on. */
  async #sayDone() {
    const answer = await fetch(location.href)
    if (answer.ok) put(await answer.text(), ["done", "rail", "rail-narrow"])
  }
})

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED)
  } catch {
    return null // the browser keeps nothing
  }
}

function keep(word) {
  try {
    localStorage.setItem(REMEMBERED, word)
  } catch {
    // the browser keeps nothing: the choice holds for this page
  }
}
