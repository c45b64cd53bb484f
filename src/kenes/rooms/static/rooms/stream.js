// Video and sound. Nothing is asked of another host before the person presses play.

// The browser's own player costs nothing to load; where it fails or is missing, the library plays.
async function playNatively(media, url) {
  if (!media.canPlayType("application/vnd.apple.mpegurl")) return false;
  media.src = url;
  try {
    await media.play();
    return true;
  } catch (error) {
    if (error.name === "NotAllowedError") throw error;
    media.removeAttribute("src");
    return false;
  }
}

async function playHls(media, card) {
  if (await playNatively(media, card.dataset.url)) return;
  const { default: Hls } = await import(card.dataset.hls);
  const hls = new Hls({ lowLatencyMode: true });
  card.addEventListener("stream:stop", () => hls.destroy(), { once: true });
  const broken = new Promise((_, reject) => {
    hls.on(Hls.Events.ERROR, (_event, { fatal, type, details }) => {
      if (!fatal) return;
      if (type === Hls.ErrorTypes.MEDIA_ERROR && media.currentTime > 0) hls.recoverMediaError();
      else reject(new Error(details));
    });
  });
  hls.loadSource(card.dataset.url);
  hls.attachMedia(media);
  await Promise.race([media.play(), broken]);
  broken.catch(() => {
    card.querySelector("[data-failed]").hidden = false;
  });
}

function makeMedia(card, tag) {
  const media = document.createElement(tag);
  media.controls = true;
  media.playsInline = true;
  media.setAttribute("aria-label", card.dataset.label);
  return media;
}

function makeFrame(card) {
  const frame = document.createElement("iframe");
  frame.src = card.dataset.frame;
  frame.title = card.dataset.label;
  frame.allow = "autoplay; fullscreen; camera; microphone; display-capture";
  frame.referrerPolicy = "no-referrer";
  return frame;
}

async function play(card) {
  const stage = card.querySelector("[data-stage]");
  const failed = card.querySelector("[data-failed]");
  failed.hidden = true;
  card.dispatchEvent(new Event("stream:stop"));
  if (card.dataset.frame) {
    stage.replaceChildren(makeFrame(card));
  } else {
    const media = makeMedia(card, card.dataset.kind === "audio" ? "audio" : "video");
    stage.replaceChildren(media);
    try {
      if (card.dataset.url.includes(".m3u8")) await playHls(media, card);
      else {
        media.src = card.dataset.url;
        await media.play();
      }
    } catch {
      failed.hidden = false;
      return;
    }
  }
  card.dataset.playing = "true";
}

export function bindStreams(root) {
  const onClick = (event) => {
    const control = event.target.closest("[data-play]");
    if (!control) return;
    event.preventDefault();
    play(control.closest("[data-stream]"));
  };
  root.addEventListener("click", onClick);
  return () => root.removeEventListener("click", onClick);
}
