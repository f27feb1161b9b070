// One row of a talk: a bubble, an album, or a service line.

import { avatar, el, fullName, icon, iconButton } from "./el.js";
import { richText } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { fillsBubble, kindOf, media, standsAlone } from "./media.js";
import { say } from "./texts.js";
import { clockTime } from "./time.js";

const SERVICE = {
  new_chat_members: (m) => say("s_joined", { who: m.new_chat_members.map(fullName).join("、") }),
  left_chat_member: (m) => say("s_left", { who: fullName(m.left_chat_member) }),
  new_chat_title: (m) => say("s_title", { title: m.new_chat_title }),
  group_chat_created: () => say("s_created"),
  supergroup_chat_created: () => say("s_created"),
  migrate_to_chat_id: () => say("s_migrated"),
  migrate_from_chat_id: () => say("s_migrated_from"),
  pinned_message: (m) => say("s_pinned", { who: senderName(m), what: glimpse(m.pinned_message, 20) }),
  forum_topic_created: (m) => say("s_topic", { name: m.forum_topic_created.name }),
  forum_topic_closed: () => say("s_topic_closed"),
  forum_topic_reopened: () => say("s_topic_reopened"),
};

export const serviceKind = (message) => Object.keys(SERVICE).find((kind) => message[kind]) ?? null;

export function senderName(message) {
  if (message.sender_chat) return message.sender_chat.title ?? "";
  return message.from ? fullName(message.from) : "";
}

export const senderId = (message) => message.sender_chat?.id ?? message.from?.id ?? 0;

/** One short line that stands for a message: in lists, quotes and the pinned bar. */
export function glimpse(message, longest = 80) {
  if (!message) return "";
  const service = serviceKind(message);
  if (service) return SERVICE[service](message);
  const words = message.text ?? message.caption ?? "";
  const kind = kindOf(message);
  const letters = [...words.replaceAll(/\s+/g, " ")];
  const short = letters.slice(0, longest).join("") + (letters.length > longest ? "…" : "");
  return kind ? `[${say(kind)}] ${short}`.trim() : short;
}

export function serviceRow(message) {
  const words = SERVICE[serviceKind(message)](message);
  return el("div", { class: "service", data: { message: message.message_id } }, el("span", {}, words));
}

export function dayRow(words) {
  return el("div", { class: "service day" }, el("span", {}, words));
}

/** `talk` gives: group, links, topics, isMine, press, reply, edit, goTo. The messages are one, or all of an album. */
export function messageRow(messages, talk) {
  const [first] = messages;
  const mine = talk.isMine(first);
  const kind = kindOf(first);
  const said = messages.find((message) => message.caption || message.text) ?? first;
  const look = ["row", mine ? "mine" : "theirs", fillsBubble(kind) && "filled", standsAlone(kind) && "bare"];
  const markup = first.reply_markup?.inline_keyboard;
  const keys = markup && inlineKeyboard(markup, (button) => talk.press(first, button));
  const row = el(
    "article",
    { class: look.filter(Boolean).join(" "), "aria-label": `${senderName(first)} ${clockTime(first.date)}` },
    face(first, talk, mine),
    el("div", { class: "stack" }, bubble(messages, said, talk, mine), keys),
    handles(said, talk, mine),
  );
  if (messages.length === 1) row.dataset.message = first.message_id;
  else row.dataset.album = first.media_group_id;
  row.dataset.sender = senderId(first);
  return row;
}

function bubble(messages, said, talk, mine) {
  const [first] = messages;
  return el(
    "div",
    { class: "bubble" },
    heading(first, talk, mine),
    topicName(first, talk),
    forwarded(first),
    quote(first, talk),
    messages.length > 1 ? album(messages) : media(first),
    words(said, talk),
    meta(said, mine),
  );
}

function topicName(message, talk) {
  const name = talk.topics.nameOf(message);
  return name && el("div", { class: "topic-name" }, `# ${name}`);
}

function album(messages) {
  const cell = (message) => el("div", { class: "cell", data: { message: message.message_id } }, media(message));
  return el("div", { class: `album count${Math.min(messages.length, 10)}` }, messages.map(cell));
}

function face(message, talk, mine) {
  return talk.group && !mine ? avatar(senderId(message), senderName(message), "small") : null;
}

function heading(message, talk, mine) {
  if (!talk.group || mine) return null;
  const tone = Math.abs(senderId(message)) % 7;
  return el(
    "div",
    { class: `sender ink${tone}` },
    senderName(message),
    message.author_signature && el("small", {}, message.author_signature),
  );
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const from = origin.sender_user
    ? fullName(origin.sender_user)
    : (origin.sender_user_name ?? origin.sender_chat?.title ?? origin.chat?.title ?? "");
  return el("div", { class: "forwarded" }, icon("forward"), say("forwarded_from", { who: from }));
}

function quote(message, talk) {
  const of = message.reply_to_message;
  if (!of || of.forum_topic_created) return null;
  const shown = message.quote?.text ?? glimpse(of);
  const look = { type: "button", class: "quote", onclick: () => talk.goTo(of.message_id) };
  return el("button", look, el("b", {}, senderName(of)), el("span", {}, shown));
}

function words(message, talk) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return el("div", { class: "words" }, richText(text, message.entities ?? message.caption_entities, talk.links));
}

function meta(message, mine) {
  const edited = message.edited || message.edit_date ? el("span", { class: "edited" }, say("edited")) : null;
  return el("span", { class: "meta" }, edited, clockTime(message.date), mine && icon("check"));
}

function handles(message, talk, mine) {
  const reply = iconButton("reply", say("reply"), "reply", () => talk.reply(message), "handle");
  const editable = mine && (message.text ?? message.caption) !== undefined && !message.forward_origin;
  const edit = editable && iconButton("edit", say("edit"), "edit", () => talk.edit(message), "handle");
  return el("div", { class: "handles" }, reply, edit);
}
