// Making nodes: every piece of text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const AS_PROPERTY = new Set(["value", "checked", "disabled", "hidden", "muted", "loop", "controls", "playsInline"]);

const ICONS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-5 16-4-6z M11 14l9-10",
  attach: "M12 5v14 M5 12h14",
  mic: "M12 4a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3z M6 11v1a6 6 0 0 0 12 0v-1 M12 18v3",
  keys: "M4 7h16v10H4z M7 10h1 M11 10h1 M15 10h2 M8 14h8",
  slash: "M5 6h14 M5 12h14 M5 18h9",
  reply: "M10 7l-5 5 5 5 M5 12h9a5 5 0 0 1 5 5v1",
  edit: "M4 20l1-4L16 5l3 3L8 19z M14 7l3 3",
  close: "M6 6l12 12 M18 6L6 18",
  down: "M6 9l6 6 6-6",
  more: "M12 6v.01 M12 12v.01 M12 18v.01",
  photo: "M4 6h16v13H4z M8 10.5v.01 M4 17l5-5 4 4 3-3 4 4",
  video: "M4 7h11v10H4z M15 11l5-3v8l-5-3",
  round: "M12 4a8 8 0 1 0 .01 0z M10 9l5 3-5 3z",
  audio: "M9 17V6l10-2v11 M9 17a2.500 2.500 0 1 1-.01-1z M19 15a2.500 2.500 0 1 1-.01-1z",
  file: "M7 3h7l4 4v14H7z M14 3v4h4 M10 12h5 M10 16h5",
  tack: "M9 4h6l-1 6 3 3H7l3-3z M12 13v7",
  pin: "M12 21c5-6 7-8.500 7-11.500a7 7 0 0 0-14 0C5 12.500 7 15 12 21z M12 7.500a2 2 0 1 0 .01 0z",
  person: "M12 4a4 4 0 1 0 .01 0z M4 21c1-5 4-7 8-7s7 2 8 7",
  people:
    "M9 5a3.500 3.500 0 1 0 .01 0z M3 19c.5-4 3-6 6-6s5.500 2 6 6 M16 6a3 3 0 0 1 0 6 M17 13.500c2.500.5 3.700 2.500 4 5.500",
  smile: "M12 4a8 8 0 1 0 .01 0z M9 10v.01 M15 10v.01 M8.500 14c2 2.500 5 2.500 7 0",
  forward: "M14 7l5 5-5 5 M19 12h-9a5 5 0 0 0-5 5v1",
  clock: "M12 4a8 8 0 1 0 .01 0z M12 8v4.500l3 2",
  tools: "M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 5v4 M9 15v4",
  check: "M5 12.500l4.500 4.500L19 7.500",
  link: "M8 16L17 7 M10 7h7v7",
  play: "M8 5l11 7-11 7z",
  next: "M5 5l9 7-9 7z M18 5v14",
  sealed: "M6 11h12v9H6z M9 11V8a3 3 0 0 1 6 0v3",
  gear: "M4 12h3 M17 12h3 M12 4v3 M12 17v3 M12 9a3 3 0 1 0 .01 0z",
};

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) put(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function put(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "class") node.className = value;
  else if (name === "data") for (const [key, item] of Object.entries(value)) node.dataset[key] = item;
  else if (AS_PROPERTY.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

/** A round button with a picture only: the label is read aloud and shown on hover. */
export function iconButton(name, label, act, onclick, extra = "") {
  return el(
    "button",
    { type: "button", class: `round ${extra}`, "aria-label": label, title: label, data: { act }, onclick },
    icon(name),
  );
}

export function textButton(label, act, onclick, look = "plain", picture = null) {
  return el(
    "button",
    { type: "button", class: `pill ${look}`, data: { act }, onclick },
    picture && icon(picture),
    el("span", {}, label),
  );
}

export function avatar(id, name, extra = "") {
  const tone = Math.abs(Number(id)) % 7;
  const letter = [...name.trim()][0] ?? "·";
  return el("span", { class: `avatar tone${tone} ${extra}`, "aria-hidden": "true" }, letter);
}

export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}
