/**
 * Puts what another page says into this one: the contents of the parts with these ids, or of all
 * of `main`. What the page now tells its reader gets the focus, so that nobody misses it.
 */
export function put(html, names = []) {
  const fresh = new DOMParser().parseFromString(html, "text/html")
  const places = names.length ? names : ["main"]
  if (names.length) markWrong(fresh)
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

/** Let the fields that stay say what is wrong with them, as those of the other page do. */
function markWrong(fresh) {
  for (const field of document.querySelectorAll(".field [id]:is(input, select, textarea)")) {
    const other = fresh.getElementById(field.id)
    if (!other) continue
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (other.hasAttribute(name)) field.setAttribute(name, other.getAttribute(name))
      else field.removeAttribute(name)
    }
    const error = other.closest(".field").querySelector(".error")
    const place = field.closest(".field")
    place.classList.toggle("wrong", Boolean(error))
    place.querySelector(".error")?.remove()
    if (error) place.append(error.cloneNode(true))
  }
}

function told(places) {
  const found = ["[role=alert]", ".note[role=status]", "h1"].flatMap(what =>
    places.map(name => document.getElementById(name)?.querySelector(what)))
  const words = found.find(Boolean)
  words?.setAttribute("tabindex", "-1")
  return words
}
