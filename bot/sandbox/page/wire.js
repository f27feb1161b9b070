// The line to the sandbox server: requests, and the stream of events with its reconnect.

const RETRY_MS = 1000;

export class Refused extends Error {}

async function ask(method, path, body) {
  const options = { method, headers: body === undefined ? {} : { "Content-Type": "application/json" } };
  if (body !== undefined) options.body = JSON.stringify(body);
  const response = await fetch(`/sandbox/${path}`, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? `${response.status} ${response.statusText}`);
  return answer;
}

export const get = (path) => ask("GET", path);
export const post = (path, body = {}) => ask("POST", path, body);
export const drop = (path) => ask("DELETE", path);

export const fileUrl = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

/** The server answers lists bare or under one key; the page always wants the list. */
export const listed = (answer, key) => (Array.isArray(answer) ? answer : (answer[key] ?? []));

/** Follow the events for as long as the page lives. `onLine(true)` comes after every (re)connection. */
export function follow(onEvent, onLine) {
  const source = new EventSource("/sandbox/events");
  source.onopen = () => onLine(true);
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  source.onerror = () => {
    onLine(false);
    // A browser gives up for good after an HTTP error; a server that restarts must be found again.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => follow(onEvent, onLine), RETRY_MS);
  };
}

export function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** A picked or recorded file as the people API takes it. */
export async function carried(blob, name, more = {}) {
  return { name, mime: blob.type || "application/octet-stream", base64: await base64(blob), ...more };
}
