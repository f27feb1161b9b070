// The page: whose phones are shown, and what of the server's events goes to whom.

import { avatar, el } from "./el.js";
import { Person } from "./person.js";
import { atMost99, Phone } from "./phone.js";
import { readMap } from "./map.js";
import { language, say } from "./texts.js";
import { setLarge, Tools } from "./tools.js";
import { follow, get, listed } from "./wire.js";

const PHONE_REM = 21.5;
const narrow = matchMedia("(max-width: 720px)");

const people = [];
const phones = new Map();
const groups = new Map();
const app = document.getElementById("app");
const stage = el("main", { class: "phones" });
const who = el("nav", { class: "people" });
const broken = el("div", { class: "broken-line", role: "status", hidden: true });
let tools = null;
let chosen = [];

const town = { people, now: () => tools.now(), topicsOf: (id) => groups.get(id)?.topics ?? [] };

function capacity() {
  if (narrow.matches) return 1;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.max(1, Math.floor(innerWidth / (PHONE_REM * rem)));
}

/** Those asked for in the address, else those of last time, else the first ones. */
function remembered() {
  const asked = new URLSearchParams(location.search).get("people") ?? localStorage.getItem("people") ?? "";
  const known = asked
    .split(",")
    .map(Number)
    .filter((id) => people.some((person) => person.id === id));
  return known.length ? known : oneOfEachKind().slice(0, capacity());
}

/** Who stands first: a resident, a responder and so on, each kind once; then the others. */
function oneOfEachKind() {
  const kinds = people.map((person) => (person.record.label ?? "").split("·")[0]);
  const isFirst = (_, place) => kinds.indexOf(kinds[place]) === place;
  const first = people.filter(isFirst);
  return [...first, ...people.filter((person) => !first.includes(person))].map((person) => person.id);
}

function choose(id) {
  if (narrow.matches) chosen = [id];
  else if (!chosen.includes(id)) chosen = [...chosen, id].slice(-capacity());
  else if (chosen.length > 1) chosen = chosen.filter((other) => other !== id);
  localStorage.setItem("people", chosen.join(","));
  show();
}

function show() {
  const shown = people.filter((person) => chosen.slice(-capacity()).includes(person.id));
  for (const [id, phone] of phones) {
    if (shown.some((person) => person.id === id)) continue;
    phone.leave();
    phones.delete(id);
  }
  for (const [place, person] of shown.entries()) {
    if (!phones.has(person.id)) phones.set(person.id, new Phone(person, town));
    const { root } = phones.get(person.id);
    // Moving a node takes its focus and scroll place away, so only what stands wrong is moved.
    if (stage.children[place] !== root) stage.insertBefore(root, stage.children[place] ?? null);
  }
  for (const chip of who.children) {
    const on = phones.has(Number(chip.dataset.switch));
    chip.setAttribute("aria-pressed", String(on));
    if (on && narrow.matches) chip.scrollIntoView({ inline: "nearest", block: "nearest" });
  }
}

function chip(person) {
  const count = el("span", { class: "unread", hidden: true });
  const words = el("span", { class: "chip-words" }, el("b", {}, person.name), el("small", {}, person.record.label));
  const node = el(
    "button",
    { type: "button", class: "chip", data: { switch: person.id }, onclick: () => choose(person.id) },
    avatar(person.id, person.name, "small"),
    words,
    count,
  );
  const draw = () => {
    count.hidden = !person.unread;
    count.textContent = atMost99(person.unread);
    count.setAttribute("aria-label", say("unread", { count: person.unread }));
    phones.get(person.id)?.caughtUp();
  };
  person.watchers.add(draw);
  draw();
  return node;
}

function redraw() {
  for (const phone of phones.values()) phone.leave();
  phones.clear();
  for (const person of people) person.watchers.clear();
  tools?.stop();
  document.documentElement.lang = language() === "zh" ? "zh-Hans" : "en";
  document.title = say("page_title");
  tools = new Tools({ redraw, fit: show });
  who.setAttribute("aria-label", say("people"));
  who.replaceChildren(...people.map(chip));
  broken.textContent = say("line_broken");
  app.replaceChildren(el("header", { class: "top" }, tools.root, who), broken, stage);
  stage.replaceChildren(...(people.length ? [] : [el("p", { class: "nothing" }, say("nobody"))]));
  show();
  return tools.start();
}

function concerned(event) {
  if (event.person !== undefined && event.person !== null) return people.filter((person) => person.id === event.person);
  const members = groups.get(event.chat)?.members;
  return members ? people.filter((person) => person.id in members) : people;
}

async function hear(event) {
  if (event.type === "clock") return tools.refresh();
  const stranger = event.person && !people.some((person) => person.id === event.person);
  if ((event.type === "chat" || stranger) && (await readPeople())) await begin();
  tools.refreshSoon();
  for (const person of concerned(event)) {
    phones.get(person.id)?.hear(event, event.chat);
    person.refreshSoon();
  }
}

async function readGroups() {
  for (const group of listed(await get("groups"), "groups")) groups.set(group.id, group);
}

async function readPeople() {
  const [found, bots] = await Promise.all([get("people"), get("bots"), readGroups(), readMap()]);
  const known = new Set(people.map((person) => person.id));
  const records = listed(found, "people");
  // The sandbox keeps everything in memory: another town behind the same address is another page.
  if (people.some((person) => !records.some((record) => record.id === person.id))) location.reload();
  for (const person of people) person.record = records.find((record) => record.id === person.id) ?? person.record;
  const fresh = records
    .filter((record) => !known.has(record.id))
    .map((record) => new Person(record, listed(bots, "bots")));
  people.push(...fresh);
  await Promise.all(people.map((person) => person.refresh()));
  return fresh.length > 0;
}

function begin() {
  if (!chosen.length) chosen = remembered();
  return redraw();
}

async function connected() {
  const changed = await readPeople();
  if (changed || !tools) await begin();
  else await Promise.all([tools.refresh(), ...[...phones.values()].map((phone) => phone.reload())]);
}

function line(up) {
  broken.hidden = up;
  if (up) connected().catch(() => (broken.hidden = false));
}

setLarge(localStorage.getItem("large") === "1");
addEventListener("resize", () => tools && show());
document.addEventListener("visibilitychange", () => phones.forEach((phone) => phone.caughtUp()));
// What cannot be asked for while the line breaks is read anew with the next connection.
follow((event) => hear(event).catch(() => undefined), line);
