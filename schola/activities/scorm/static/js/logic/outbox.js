/**
 * Reports of a launch: first into a journal on this device, then to the server, one after the
 * other. What is not known to have arrived stays, and the next launch of the attempt sends it.
 */
export class Outbox {
  #prefix
  #launch
  #store
  #net
  #seq = 0
  #part
  #sending = Promise.resolve()

  /**
   * net.post(report) resolves to an HTTP status or rejects; net.beacon(report) leaves with the page
   * net.wait() resolves when it is time to try again; net.say(what) tells: saved, kept, over
   */
  constructor(attempt, launch, store, net, part = "") {
    this.#part = part
    this.#prefix = `scorm:${attempt}:`
    this.#launch = launch
    this.#store = store
    this.#net = net
  }

  /** Keep the words and send them. */
  add(patch) {
    this.#write(patch)
    this.#sending = this.#sending.then(() => this.#sendAll())
    return this.#sending
  }

  /** Resolves when all that was added has been sent, or after so many milliseconds. */
  settled(most) {
    return Promise.race([this.#sending, new Promise(done => setTimeout(done, most))])
  }

  /** Send what earlier launches have left behind, once; true if the server now knows more. */
  async replay() {
    let arrived = false
    for (const [name, report] of this.#entries()) {
      const status = await this.#net.post(report).catch(() => 0)
      if (!this.#settle(name, status)) return false
      arrived ||= status < 300
    }
    return arrived
  }

  /** Send at once all that has not arrived, in pieces, because the page goes away. */
  leave(cut) {
    const words = {}
    for (const [, report] of this.#entries()) {
      if (report.launch === this.#launch) Object.assign(words, report.patch)
    }
    for (const patch of cut(words)) this.#net.beacon(this.#report(patch))
  }

  async #sendAll() {
    for (const [name, report] of this.#entries()) {
      for (;;) {
        const status = await this.#net.post(report).catch(() => 0)
        if (this.#settle(name, status)) break
        this.#net.say(status === 404 ? "over" : "kept")
        if (status === 404) return
        await this.#net.wait()
      }
      this.#net.say("saved")
    }
  }

  /** Forget what has arrived, or can never be taken; false: it is to be tried again. */
  #settle(name, status) {
    const done = (status >= 200 && status < 300) || status === 422
    if (done) this.#store.removeItem(name)
    return done
  }

  #report(patch) {
    const report = { launch: this.#launch, seq: ++this.#seq, patch }
    return this.#part ? { ...report, part: this.#part } : report
  }

  #write(patch) {
    const report = this.#report(patch)
    const number = String(report.seq).padStart(8, "0")
    this.#store.setItem(`${this.#prefix}${this.#launch}:${number}`, JSON.stringify(report))
  }

  #entries() {
    const names = Array.from({ length: this.#store.length }, (_, n) => this.#store.key(n))
    const mine = names.filter(name => name.startsWith(this.#prefix)).sort()
    return mine.map(name => [name, JSON.parse(this.#store.getItem(name))])
  }
}
