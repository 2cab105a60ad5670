/** Return which of `length` entries is chosen after a key; -1 is none, and the ends meet. */
export function chosenAfter(key, at, length) {
  if (!length) return -1
  if (key === "ArrowDown") return (at + 1) % length
  if (key === "ArrowUp") return (at <= 0 ? length : at) - 1
  return at
}
