// The + menu: everything that can be sent besides words.

import { el, icon, textButton } from "./el.js";
import { chooseOnMap } from "./map.js";
import { sheet } from "./overlays.js";
import { SCENES, sceneBlob } from "./scenes.js";
import { say } from "./texts.js";
import { recordSheet } from "./voice.js";
import { carried } from "./wire.js";

// Above what a bot may fetch (20 MB): to see how the bot says so.
const TOO_BIG_BYTES = 25 * 1024 * 1024;
const MOST_IN_ALBUM = 10;

const MENU = [
  ["photo", "photo", "photo_or_album", photoSheet],
  ["location", "pin", "location", locationSheet],
  ["voice-menu", "mic", "voice", recordSheet],
  ["video", "video", "video", (chat) => fileSheet(chat, "video", "video/*")],
  ["document", "file", "document", (chat) => fileSheet(chat, "document", "")],
  ["contact", "person", "contact", contactSheet],
  ["forward", "forward", "forward", forwardSheet],
  ["venue", "pin", "venue", venueSheet],
  ["audio", "audio", "audio", (chat) => fileSheet(chat, "audio", "audio/*")],
  ["video-note", "round", "video_note", (chat) => chat.send({ video_note: true })],
  ["sticker", "smile", "sticker", (chat) => chat.send({ sticker: true })],
];

export function attachMenu(chat) {
  sheet(chat.root, say("attach"), (close) => {
    const tile = ([act, picture, words, deed]) => {
      const go = () => {
        close();
        deed(chat);
      };
      return el(
        "button",
        { type: "button", class: "tile", data: { act }, onclick: go },
        el("span", { class: `tile-icon ${act}` }, icon(picture)),
        el("span", {}, say(words)),
      );
    };
    return el("div", { class: "tiles" }, MENU.map(tile));
  });
}

function field(words, props) {
  return el(
    "label",
    { class: "field-row" },
    el("span", {}, say(words)),
    el(props.rows ? "textarea" : "input", { type: props.rows ? undefined : "text", ...props }),
  );
}

export function filePick(accept, multiple, onPick) {
  const input = el("input", {
    type: "file",
    accept: accept || undefined,
    multiple,
    class: "file-pick",
    data: { pick: "" },
  });
  input.addEventListener("change", () => onPick([...input.files]));
  return el("label", { class: "pill plain pick" }, icon("file"), el("span", {}, say("from_device")), input);
}

/** Scenes to pick from, and pictures of one's own; more than one goes as an album. */
function photoSheet(chat) {
  sheet(chat.root, say("photo_or_album"), (close) => {
    const chosen = new Map();
    const caption = field("caption", { class: "caption", value: chat.composer.input.value, data: { caption: "" } });
    const send = textButton(say("send"), "send-photos", () => go(), "main wide");
    const count = () => {
      send.disabled = !chosen.size || chosen.size > MOST_IN_ALBUM;
      send.lastElementChild.textContent = chosen.size > 1 ? say("send_album", { count: chosen.size }) : say("send");
    };
    const scenes = el(
      "div",
      { class: "scenes" },
      SCENES.map((name) => sceneButton(name, chosen, count)),
    );
    const pick = filePick("image/*,video/*", true, (files) =>
      files.forEach((file) => scenes.prepend(ownPicture(file, chosen, count))),
    );
    const go = async () => {
      send.disabled = true;
      const items = await Promise.all([...chosen.values()].map((make) => make()));
      const words = caption.querySelector("input").value.trim();
      close();
      chat.composer.write("");
      chat.send(
        items.length === 1
          ? { ...items[0], ...captioned(words) }
          : { album: items.map((item, i) => (i ? item : { ...item, ...captioned(words) })) },
      );
    };
    count();
    return el("div", { class: "panel" }, scenes, pick, caption, send);
  });
}

const captioned = (words) => (words ? { caption: words } : {});

function toggleTile(look, chosen, key, make, count, ...children) {
  const node = el("button", { type: "button", class: "scene", "aria-pressed": "false", ...look }, ...children);
  const turn = () => {
    if (!chosen.delete(key)) chosen.set(key, make);
    node.setAttribute("aria-pressed", String(chosen.has(key)));
    count();
  };
  node.addEventListener("click", turn);
  return [node, turn];
}

function sceneButton(name, chosen, count) {
  const make = async () => ({ photo: await carried(await sceneBlob(name), `${name}.jpg`) });
  const picture = el("img", { src: `/page/samples/${name}.svg`, width: 160, height: 120, alt: "" });
  return toggleTile(
    { data: { sample: name } },
    chosen,
    name,
    make,
    count,
    picture,
    el("span", {}, say(`scene_${name}`)),
  )[0];
}

function ownPicture(file, chosen, count) {
  const kind = file.type.startsWith("video/") ? "video" : "photo";
  const make = async () => ({ [kind]: await carried(file, file.name) });
  const look = kind === "photo" ? preview(file) : el("span", { class: "film-tile" }, icon("video"));
  const [node, turn] = toggleTile({}, chosen, file, make, count, look, el("span", {}, file.name));
  turn();
  return node;
}

function preview(file) {
  const url = URL.createObjectURL(file);
  return el("img", { src: url, width: 160, height: 120, alt: "", onload: () => URL.revokeObjectURL(url) });
}

function fileSheet(chat, kind, accept) {
  sheet(chat.root, say(kind), (close) => {
    const caption = field("caption", { class: "caption", value: chat.composer.input.value, data: { caption: "" } });
    const go = (what) => {
      close();
      const words = caption.querySelector("input").value.trim();
      chat.composer.write("");
      chat.send({ [kind]: what, ...captioned(words) });
    };
    const sample = textButton(say("sample"), `${kind}-sample`, () => go(true), "main wide", "check");
    const pick = filePick(accept, false, async ([file]) => file && go(await carried(file, file.name)));
    const big = textButton(say("too_big"), `${kind}-big`, () => go({ size: TOO_BIG_BYTES }), "plain wide");
    return el("div", { class: "panel" }, caption, sample, pick, big);
  });
}

function locationSheet(chat) {
  sheet(chat.root, say("location"), (close) => {
    const { home } = chat.person;
    let there = home;
    const go = (location) => {
      close();
      chat.send({ location });
    };
    const map = chooseOnMap(home, (lat, lon) => (there = { lat, lon }));
    const own = textButton(say("own_place"), "location-own", () => go(home), "plain wide", "person");
    const chosen = textButton(say("this_place"), "location-send", () => go(there), "main wide", "pin");
    return el("div", { class: "panel" }, el("p", { class: "help" }, say("map_help")), map, chosen, own);
  });
}

function venueSheet(chat) {
  sheet(chat.root, say("venue"), (close) => {
    let there = chat.person.home;
    const title = field("venue_title", { value: say("venue_sample") });
    const address = field("venue_address", { value: say("venue_sample_address") });
    const map = chooseOnMap(there, (lat, lon) => (there = { lat, lon }));
    const go = () => {
      close();
      chat.send({
        venue: { ...there, title: title.querySelector("input").value, address: address.querySelector("input").value },
      });
    };
    return el("div", { class: "panel" }, map, title, address, textButton(say("send"), "venue-send", go, "main wide"));
  });
}

function contactSheet(chat) {
  sheet(chat.root, say("contact"), (close) => {
    const card = (person) => {
      const go = () => {
        close();
        chat.send({ contact: { phone: person.phone, first_name: person.name } });
      };
      const own = person === chat.person ? say("own_contact") : person.name;
      return textButton(
        `${own} · ${person.phone}`,
        person === chat.person ? "contact-own" : "contact-other",
        go,
        "row-button",
        "person",
      );
    };
    const others = chat.phone.town.people.filter((person) => person !== chat.person);
    return el("div", { class: "rows" }, [chat.person, ...others].map(card));
  });
}

function forwardSheet(chat) {
  sheet(chat.root, say("forward"), (close) => {
    const from = el(
      "select",
      { data: { from: "" } },
      el("option", { value: "name" }, say("forward_name")),
      el("option", { value: "hidden" }, say("forward_hidden")),
      chat.phone.town.people
        .filter((person) => person !== chat.person)
        .map((person) => el("option", { value: person.id }, person.name)),
    );
    const text = field("forward_text", { rows: 3, data: { forward: "" } });
    const origin = () => {
      if (from.value === "name") return { name: say("forward_sample_name") };
      return from.value === "hidden" ? { hidden: say("forward_sample_name") } : { person: Number(from.value) };
    };
    const go = () => {
      close();
      chat.send({ text: text.querySelector("textarea").value.trim() || say("forward_sample"), forward_from: origin() });
    };
    return el(
      "div",
      { class: "panel" },
      el("label", { class: "field-row" }, el("span", {}, say("forward_who")), from),
      text,
      textButton(say("send"), "forward-send", go, "main wide"),
    );
  });
}
