// Video and sound. Nothing is asked of another host before the person presses play.

async function playHls(media, card) {
  if (media.canPlayType("application/vnd.apple.mpegurl")) {
    media.src = card.dataset.url;
  } else {
    const { default: Hls } = await import(card.dataset.hls);
    const hls = new Hls({ lowLatencyMode: true });
    hls.loadSource(card.dataset.url);
    hls.attachMedia(media);
    card.addEventListener("stream:stop", () => hls.destroy(), { once: true });
  }
  await media.play();
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
