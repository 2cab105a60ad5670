/**
 * Puts what another page says into this one: the contents of the parts with these ids, or of all
 * of `main`. What the page now tells its reader gets the focus, so that nobody misses it.
 */
export function put(html, names = []) {
  const fresh = new DOMParser().parseFromString(html, "text/html")
  const places = names.length ? names : ["main"]
  for (const name of places) putOne(document.getElementById(name), fresh.getElementById(name))
  if (!names.length) document.title = fresh.title
  dispatchEvent(new Event("parts:put"))
  told(places)?.focus()
}

function putOne(old, next) {
  if (!old || !next) return
  if (old.matches("input")) old.value = next.value
  else old.replaceChildren(...next.childNodes)
}

function told(places) {
  const found = ["[role=alert]", ".note[role=status]", "h1"].flatMap(what =>
    places.map(name => document.getElementById(name)?.querySelector(what)))
  const words = found.find(Boolean)
  words?.setAttribute("tabindex", "-1")
  return words
}
