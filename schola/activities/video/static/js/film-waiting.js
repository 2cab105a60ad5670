/**
 * A page that was opened before its film was ready shows it when it is. The channel may have
 * spoken before it was open, so the page looks then, too. Who is watching already is left alone.
 */
import { put } from "./logic/parts.js"

const part = document.querySelector("#film[data-live]")
if (part) wait()

function wait() {
  part.querySelector("[data-waits]").hidden = false
  const source = new EventSource(part.dataset.live)
  const look = async () => {
    const answer = await fetch(location.href)
    if (!answer.ok) return
    const html = await answer.text()
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("film")
    if (!fresh || fresh.dataset.live) return
    source.close()
    if (isWatched(part.querySelector("video"))) return
    put(html, ["film"])
    const news = document.getElementById("film-news")
    news.textContent = news.dataset.words
  }
  source.addEventListener("open", look)
  source.addEventListener("message", look)
}

function isWatched(video) {
  return video && !video.error && (!video.paused || video.currentTime > 0)
}
