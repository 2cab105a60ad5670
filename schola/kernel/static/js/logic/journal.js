/** What is written on this device and not yet known to be on the server, by a name of its own. */
export class Journal {
  #prefix
  #store
  constructor(name, store) {
    this.#prefix = `${name}:`
    this.#store = store
  }
  write(key, entry) {
    this.#store.setItem(this.#prefix + key, JSON.stringify(entry))
  }
  read(key) {
    const text = this.#store.getItem(this.#prefix + key)
    return text ? JSON.parse(text) : null
  }
  /** The next revision: above what is saved, and above what is on its way and not answered yet. */
  next(key, saved) {
    return Math.max(saved, this.read(key)?.rev ?? 0) + 1
  }
  /** Forget the entry if it is still the one that was sent; false if there is a newer one. */
  forget(key, sent) {
    if (this.#store.getItem(this.#prefix + key) !== JSON.stringify(sent)) return false
    this.drop(key)
    return true
  }
  drop(key) {
    this.#store.removeItem(this.#prefix + key)
  }
}
