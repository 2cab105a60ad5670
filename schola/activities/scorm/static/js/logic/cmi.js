/** What a package has said, as flat words, and how it travels. No page, no network. */

const PIECE = 50_000

/** {core: {score: {raw: "5"}}, a: [..]} becomes {"cmi.core.score.raw": "5", …}. */
export function flatten(value, name = "cmi", into = {}) {
  if (value === null || typeof value !== "object") {
    if (value !== undefined && value !== null) into[name] = String(value)
    return into
  }
  for (const [key, inner] of Object.entries(value)) flatten(inner, `${name}.${key}`, into)
  return into
}

/** The words of `now` that are others than in `before`. */
export function changes(before, now) {
  return Object.fromEntries(Object.entries(now).filter(([word, text]) => before[word] !== text))
}

/** What is so once the package has finished: who has seen it all and says nothing, completed it.
 * Source: SCORM 1.2 RTE, 3.4.4, cmi.core.lesson_status. */
export function finished(words) {
  const silent = [undefined, "", "not attempted"].includes(words["cmi.core.lesson_status"])
  return silent ? { ...words, "cmi.core.lesson_status": "completed" } : words
}

/** Cut the words into pieces that a beacon takes; no word is in two of them. */
export function pieces(words, most = PIECE) {
  const all = []
  let size = most
  for (const [word, text] of Object.entries(words)) {
    const more = 2 * (word.length + text.length)
    if (size + more > most) {
      all.push({})
      size = 0
    }
    all.at(-1)[word] = text
    size += more
  }
  return all
}
