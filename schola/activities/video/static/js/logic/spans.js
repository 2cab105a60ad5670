/** What has been seen, as spans of seconds; the same rules as the server's spans.py. */

/** Return the spans with [start, end] in them, sorted, none touching another. */
export function join(spans, [start, end]) {
  if (!(end > start)) return spans
  const kept = []
  for (const [from, to] of [...spans, [start, end]].sort((a, b) => a[0] - b[0])) {
    const last = kept.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else kept.push([from, to])
  }
  return kept
}

/** Return the spans as the server reads them: "0-12.4,30-45". */
export function written(spans) {
  return spans.map(([start, end]) => `${round(start)}-${round(end)}`).join(",")
}

const round = seconds => Math.round(seconds * 10) / 10

/**
 * Watches a playing head. at(t) extends the span that is being seen; a jump, forward or back,
 * begins another one. take() returns what is new since the last take.
 */
export class Watch {
  #last = null
  #new = []

  /** jump: how far the head may move between two calls and still be playing, in seconds */
  at(time, jump = 2) {
    if (this.#last !== null && time > this.#last && time - this.#last <= jump) {
      this.#new = join(this.#new, [this.#last, time])
    }
    this.#last = time
  }

  stop() {
    this.#last = null
  }

  get waiting() {
    return this.#new.length > 0
  }

  take() {
    const taken = this.#new
    this.#new = []
    return taken
  }

  /** What could not be sent is new again. */
  putBack(spans) {
    for (const span of spans) this.#new = join(this.#new, span)
  }
}
