/** Answers after which what was sent stays on this device no longer: trying again cannot help. */
const FINAL = { 400: "refused", 409: "newer", 410: "refused", 422: "refused" }

/**
 * What becomes of something that was sent, by the status of the answer: "saved"; "newer" and
 * "refused", which drop it; "signin" and "kept", after which it is sent again.
 */
export function fate(status) {
  if (status >= 200 && status < 300) return "saved"
  if (status === 401) return "signin"
  return FINAL[status] ?? "kept"
}
