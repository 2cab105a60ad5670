/** Return the token that writes need, from any form of the page; empty where there is none. */
export function token(page = document) {
  return page.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? ""
}
