// Formatted text: a string and its entities (UTF-16 offsets, as in JavaScript) become nodes.

import { el } from "./el.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
/** These stand on lines of their own: the line ends around them are not shown once more. */
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;

/** `links.follow(url)` and `links.command(text)` are called on a click. */
export function richText(text, entities = [], links = {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const out = document.createDocumentFragment();
  out.append(...within(text, sorted, 0, text.length, links));
  return out;
}

function within(text, entities, from, to, links) {
  const nodes = [];
  let at = from;
  let afterBlock = false;
  const plainUntil = (end, beforeBlock) => {
    const begin = afterBlock && text[at] === "\n" ? at + 1 : at;
    const plain = text.slice(begin, beforeBlock && text[end - 1] === "\n" ? end - 1 : end);
    if (plain) nodes.push(plain);
  };
  for (let i = 0; i < entities.length;) {
    const entity = entities[i];
    const end = Math.min(entity.offset + entity.length, to);
    const inner = [];
    for (i += 1; i < entities.length && entities[i].offset < end; i += 1) inner.push(entities[i]);
    if (entity.offset < at || end <= entity.offset) continue;
    const isBlock = BLOCKS.has(entity.type);
    if (entity.offset > at) plainUntil(entity.offset, isBlock);
    nodes.push(dressed(entity, text.slice(entity.offset, end), within(text, inner, entity.offset, end, links), links));
    at = end;
    afterBlock = isBlock;
  }
  if (at < to) plainUntil(to, false);
  return nodes;
}

function dressed(entity, plain, inner, links) {
  switch (entity.type) {
    case "pre":
      return el("pre", {}, el("code", { data: { language: entity.language ?? "" } }, inner));
    case "spoiler":
      return spoiler(inner);
    case "url":
      return link(withScheme(plain), inner, links);
    case "text_link":
      return link(entity.url, inner, links);
    case "email":
      return link(`mailto:${plain}`, inner, links);
    case "phone_number":
      return link(`tel:${plain}`, inner, links);
    case "bot_command":
      return el("button", { type: "button", class: "command", onclick: () => links.command?.(plain) }, inner);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "mention" }, inner);
    default:
      return TAGS[entity.type] ? el(TAGS[entity.type], {}, inner) : el("span", {}, inner);
  }
}

function link(url, inner, links) {
  if (!SAFE_LINK.test(url ?? "")) return el("span", {}, inner);
  const onclick = (event) => {
    if (links.follow?.(url)) event.preventDefault();
  };
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url, onclick }, inner);
}

const withScheme = (url) => (/^[a-z]+:/i.test(url) ? url : `https://${url}`);

/** Open a link of a button in a window of its own; anything but a plain link is left alone. */
export function openOutside(given) {
  const url = withScheme(given);
  if (SAFE_LINK.test(url)) window.open(url, "_blank", "noopener,noreferrer");
}

function spoiler(inner) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0" }, inner);
  const show = () => {
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && show());
  return node;
}
