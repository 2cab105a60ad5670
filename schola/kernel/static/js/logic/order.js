/** Return the list with the item at `from` moved by `steps`, or the same list if it cannot move. */
export function moved(items, from, steps) {
  const to = from + steps
  if (from < 0 || from >= items.length || to < 0 || to >= items.length) return items
  const rest = items.filter((_, at) => at !== from)
  return [...rest.slice(0, to), items[from], ...rest.slice(to)]
}

/** Return how far a key moves an item, or 0: Alt with an arrow by one, with Home and End to the ends. */
export function stepsOf(event, at, length) {
  if (!event.altKey) return 0
  const far = { ArrowUp: -1, ArrowDown: 1, Home: -at, End: length - 1 - at }
  return far[event.key] ?? 0
}

/** Put numbers into a sentence such as "{what} is now {at} of {all}." */
export function told(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}
