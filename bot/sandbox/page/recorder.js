// The microphone: records a voice message as Opus in Ogg, which is what Telegram's voice messages are.

import { oggFromWebm } from "./ogg.js";
import { length } from "./time.js";

const TICK_MS = 250;
const OGG = "audio/ogg;codecs=opus";
const WEBM = "audio/webm;codecs=opus";

export class Recorder {
  get running() {
    return this.recording?.state === "recording";
  }

  get seconds() {
    return (performance.now() - this.began) / 1000;
  }

  /** False where there is no microphone, or nobody allowed it. */
  async start(onTick) {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return false;
    }
    const mimeType = [OGG, WEBM].find((type) => MediaRecorder.isTypeSupported(type));
    this.recording = new MediaRecorder(this.stream, mimeType ? { mimeType } : {});
    this.pieces = [];
    this.recording.ondataavailable = (event) => this.pieces.push(event.data);
    this.recording.start();
    this.began = performance.now();
    this.ticking = setInterval(() => onTick(length(this.seconds)), TICK_MS);
    return true;
  }

  /** What was said, and how many whole seconds it took. */
  async stop() {
    const seconds = Math.max(1, Math.round(this.seconds));
    const { recording } = this;
    await new Promise((resolve) => {
      recording.onstop = resolve;
      recording.stop();
    });
    this.cancel();
    const raw = new Blob(this.pieces, { type: recording.mimeType });
    const webm = recording.mimeType.startsWith("audio/webm");
    return { blob: webm ? oggFromWebm(await raw.arrayBuffer()) : raw, seconds };
  }

  /** Let go of the microphone. Safe to repeat. */
  cancel() {
    clearInterval(this.ticking);
    if (this.running) this.recording.stop();
    for (const track of this.stream?.getTracks() ?? []) track.stop();
  }
}
