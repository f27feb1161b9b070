// The sheet for a voice message: speak into the microphone, or send a sample where there is none.

import { el, textButton } from "./el.js";
import { sheet } from "./overlays.js";
import { filePick } from "./panels.js";
import { Recorder } from "./recorder.js";
import { say } from "./texts.js";
import { carried } from "./wire.js";

// A file from the device does not say how long it is; the bot is told something likely.
const SOUND_SECONDS = 6;

export function recordSheet(chat) {
  const device = new Recorder();
  const content = (close) => {
    const send = (voice) => {
      close();
      chat.send({ voice });
    };
    const sample = textButton(say("sample_voice"), "voice-sample", () => send(true), "plain wide", "audio");
    const pick = filePick("audio/*", false, async ([file]) => {
      if (file) send(await carried(file, file.name, { duration: SOUND_SECONDS }));
    });
    return el("div", { class: "panel record" }, recording(device, send), sample, pick);
  };
  sheet(chat.root, say("voice"), content, () => device.cancel());
}

/** The time, a word of what is going on, and the one button that begins and ends. */
function recording(device, send) {
  const shown = el("output", { class: "record-time" }, "0:00");
  const word = el("p", { class: "help" }, say("record_help"));
  const begin = async () => {
    const heard = await device.start((time) => (shown.textContent = time));
    word.textContent = say(heard ? "recording" : "no_microphone");
    word.classList.toggle("bad", !heard);
    button.classList.toggle("live", heard);
    button.lastElementChild.textContent = say(heard ? "record_send" : "record");
  };
  const finish = async () => {
    const { blob, seconds } = await device.stop();
    send(await carried(blob, "voice.ogg", { duration: seconds }));
  };
  const button = textButton(say("record"), "record", () => (device.running ? finish() : begin()), "main wide", "mic");
  return [shown, word, button];
}
