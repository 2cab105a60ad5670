/** Times of a film in words, and which line of a transcript is being said. */

/** Return seconds as 4:10, or 1:04:10 from an hour on. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds || 0))
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const tail = String(whole % 60).padStart(2, "0")
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`
}

/** Return the index of the last line that has begun, -1 before the first. starts: ascending. */
export function lineAt(starts, time) {
  return starts.findLastIndex(start => start <= time)
}
