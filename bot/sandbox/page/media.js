// What a message carries besides words: pictures, films, sounds, files, places, people.

import { avatar, el, fullName, icon } from "./el.js";
import { placeMap, written } from "./map.js";
import { say } from "./texts.js";
import { bytes, length } from "./time.js";
import { fileUrl } from "./wire.js";

const SHARP_ENOUGH = 1280;
const SHOWN_AS = [
  "animation",
  "photo",
  "video",
  "video_note",
  "voice",
  "audio",
  "document",
  "sticker",
  "venue",
  "location",
  "contact",
];

const DRAWN = {
  photo,
  video,
  animation: video,
  video_note: videoNote,
  voice,
  audio,
  document: file,
  sticker,
  venue,
  location,
  contact,
};

export const kindOf = (message) => SHOWN_AS.find((kind) => message[kind]) ?? null;

export function media(message) {
  const kind = kindOf(message);
  return kind && DRAWN[kind](message[kind], message);
}

/** The kinds that fill the bubble to its edges. */
export const fillsBubble = (kind) => ["photo", "video", "animation", "location", "venue"].includes(kind);

/** The kinds that stand without a bubble around them. */
export const standsAlone = (kind) => ["sticker", "video_note"].includes(kind);

function bestSize(sizes) {
  const fitting = sizes.filter((size) => size.width <= SHARP_ENOUGH);
  return (fitting.length ? fitting : sizes).at(-1);
}

function photo(sizes) {
  const size = bestSize(sizes);
  const picture = el("img", {
    src: fileUrl(size.file_id),
    width: size.width,
    height: size.height,
    alt: say("photo"),
    decoding: "async",
    data: { file: size.file_id },
  });
  picture.addEventListener("error", () => picture.closest(".shot")?.classList.add("broken"));
  const open = () => picture.dispatchEvent(new CustomEvent("look", { bubbles: true, detail: fileUrl(size.file_id) }));
  return el("button", { type: "button", class: "shot", "aria-label": say("photo_open"), onclick: open }, picture);
}

function player(item, props) {
  const node = el("video", {
    preload: "metadata",
    playsInline: true,
    src: fileUrl(item.file_id),
    data: { file: item.file_id },
    ...props,
  });
  node.addEventListener("error", () => node.parentElement?.classList.add("broken"));
  return node;
}

function video(item) {
  const film = player(item, {
    controls: true,
    width: item.width || 640,
    height: item.height || 360,
    "aria-label": say("video"),
  });
  return el("div", { class: "film" }, film, el("span", { class: "badge" }, icon("video"), length(item.duration)));
}

function videoNote(item) {
  const film = player(item, { loop: true, "aria-label": say("video_note") });
  const toggle = () => (film.paused ? film.play().catch(() => undefined) : film.pause());
  const badge = el("span", { class: "badge" }, icon("round"), length(item.duration));
  return el(
    "button",
    { type: "button", class: "film disc", "aria-label": say("video_note"), onclick: toggle },
    film,
    badge,
  );
}

function soundRow(item, title, under) {
  const sound = el("audio", { preload: "none", src: fileUrl(item.file_id), data: { file: item.file_id } });
  const bar = el("span", { class: "sound-done" });
  const play = el("button", { type: "button", class: "disc-button", "aria-label": say("play") }, icon("play"));
  play.addEventListener("click", () =>
    sound.paused ? sound.play().catch(() => play.classList.add("broken")) : sound.pause(),
  );
  for (const name of ["play", "pause", "ended"])
    sound.addEventListener(name, () => play.classList.toggle("on", !sound.paused));
  sound.addEventListener("timeupdate", () => {
    bar.style.width = `${(100 * sound.currentTime) / (sound.duration || item.duration || 1)}%`;
  });
  return el(
    "div",
    { class: "row-media" },
    play,
    el("span", { class: "row-text" }, title, el("small", {}, under)),
    sound,
    bar,
  );
}

function voice(item) {
  const waves = el(
    "span",
    { class: "waves", "aria-hidden": "true" },
    [...Array(24)].map((_, i) => el("i", { class: `h${(i * 7 + item.duration) % 5}` })),
  );
  return soundRow(item, waves, `${say("voice")} ${length(item.duration)}`);
}

function audio(item) {
  const title = [item.performer, item.title].filter(Boolean).join(" · ") || item.file_name || say("audio");
  return soundRow(item, el("b", {}, title), `${length(item.duration)} ${bytes(item.file_size)}`);
}

function file(item) {
  const name = item.file_name ?? say("document");
  const look = {
    class: "row-media file",
    href: fileUrl(item.file_id),
    target: "_blank",
    rel: "noopener",
    download: name,
  };
  return el(
    "a",
    look,
    el("span", { class: "disc-button" }, icon("file")),
    el("span", { class: "row-text" }, el("b", {}, name), el("small", {}, bytes(item.file_size))),
  );
}

function sticker(item) {
  const picture = el("img", {
    src: fileUrl(item.file_id),
    width: 150,
    height: 150,
    alt: item.emoji ?? say("sticker"),
    data: { file: item.file_id },
  });
  return el("div", { class: "sticker" }, picture);
}

function location(item) {
  return el(
    "div",
    { class: "place" },
    placeMap(item.latitude, item.longitude),
    el("small", { class: "coordinates" }, written(item.latitude, item.longitude)),
  );
}

function venue(item) {
  const { latitude, longitude } = item.location;
  const words = el("span", { class: "place-words" }, el("b", {}, item.title), el("small", {}, item.address));
  return el("div", { class: "place" }, placeMap(latitude, longitude), words);
}

function contact(item) {
  const name = fullName(item);
  return el(
    "div",
    { class: "row-media" },
    avatar(item.user_id ?? item.phone_number.length, name),
    el("span", { class: "row-text" }, el("b", {}, name), el("small", {}, item.phone_number)),
  );
}
