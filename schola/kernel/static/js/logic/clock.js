const SPOKEN_MINUTES = [10, 5, 1]

/** Return the minutes to speak of when the time left went from `before` to `now` (ms), or 0. */
export function spoken(before, now) {
  return SPOKEN_MINUTES.find(minutes => before > minutes * 60_000 && now <= minutes * 60_000) ?? 0
}

/** Return a length of time as a clock shows it: 75,000 ms is "1:15", an hour more "1:01:15". */
export function clock(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] ? parts : parts.slice(1)
  return shown.map((part, at) => (at ? String(part).padStart(2, "0") : String(part))).join(":")
}
