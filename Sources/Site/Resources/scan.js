// What a clerk scans with: the camera, and scanners that type like a keyboard. Pictures stay on this device and are looked
// at in memory; the camera runs only while it was asked for with a tap and the page is in view.

import { readQR } from "./qr.js";

/** Codes are letters, digits and the signs that group them. */
const shape = /^[0-9A-Za-z][0-9A-Za-z -]{8,127}$/;

/**
 * Calls `take` with what a scanner types, whatever has the focus. A scanner sends its keys a few milliseconds apart and
 * ends with Enter or Tab; nobody types nine keys like that, and a key that is held down repeats itself.
 */
export function wedge(take, { gap = 50 } = {}) {
  let text = "";
  let last = -Infinity;
  addEventListener("keydown", (event) => {
    if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return void (text = "");
    if (event.timeStamp - last > gap) text = "";
    last = event.timeStamp;
    if (event.key.length === 1) text = (text + event.key).slice(-256);
    else if ((event.key === "Enter" || event.key === "Tab") && shape.test(text)) {
      const code = text;
      text = "";
      // Neither the form nor the button that happens to have the focus is meant.
      event.preventDefault();
      event.stopPropagation();
      const { target } = event;
      // What was typed before the scanner began stays; the code is no part of it.
      if ("value" in target && target.value.endsWith(code)) target.value = target.value.slice(0, -code.length);
      take(code);
    } else if (event.key !== "Shift" && event.key !== "CapsLock") text = "";
  }, { capture: true });
}

let sound;

/** Tells the clerk without their looking: a high tone and a short buzz for good, a low tone and a long buzz for bad. */
export function signal(isGood) {
  navigator.vibrate?.(isGood ? 60 : [120, 80, 120]);
  try {
    sound ??= new AudioContext();
    const [tone, volume] = [sound.createOscillator(), sound.createGain()];
    const end = sound.currentTime + (isGood ? 0.12 : 0.35);
    tone.frequency.value = isGood ? 1320 : 220;
    volume.gain.setValueAtTime(0.15, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, end);
    tone.connect(volume).connect(sound.destination);
    tone.start();
    tone.stop(end);
  } catch { /* No sound here: the page says it in large letters. */ }
}

/** Whether this browser can show us a camera at all; it cannot on a page without HTTPS. */
export const hasCamera = () => navigator.mediaDevices?.getUserMedia != null;

/** Looks through a camera until it is stopped, and calls `take` once for each code that comes into view. */
export class Camera {
  #view;
  #take;
  #stream;
  #detector;
  #canvas = document.createElement("canvas");
  #seen = { text: "", at: -Infinity };
  onstop = () => {};

  constructor(view, take) {
    this.#view = view;
    this.#take = take;
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.stop());
    addEventListener("pagehide", () => this.stop());
  }

  get isOn() { return this.#stream != null; }

  /** Rejects where there is no camera, or where it was refused. */
  async start() {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false, video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    if (document.visibilityState === "hidden") return stream.getTracks().forEach((track) => track.stop());
    this.#stream = stream;
    stream.getTracks().forEach((track) => track.addEventListener("ended", () => this.stop()));
    this.#view.srcObject = stream;
    this.#view.hidden = false;
    await this.#view.play();
    this.#detector ??= await Camera.#ownReader();
    this.#look(stream);
  }

  stop() {
    if (!this.#stream) return;
    this.#stream.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#view.srcObject = null;
    this.#view.hidden = true;
    this.onstop();
  }

  /** The browser's own reader where it has one; ours otherwise. */
  static async #ownReader() {
    try {
      const formats = await globalThis.BarcodeDetector?.getSupportedFormats();
      if (formats?.includes("qr_code")) return new BarcodeDetector({ formats: ["qr_code"] });
    } catch { /* It is there and does not work: ours does. */ }
    return null;
  }

  async #look(stream) {
    while (this.#stream === stream) {
      const text = await this.#read().catch(() => null);
      if (this.#stream !== stream) return;
      const now = performance.now();
      // A code that stays in view is one scan; away for two seconds it may come again.
      if (text && (text !== this.#seen.text || now - this.#seen.at > 2000)) this.#take(text);
      if (text) this.#seen = { text, at: now };
      await new Promise((done) => setTimeout(done, 80));
    }
  }

  async #read() {
    const { videoWidth: width, videoHeight: height } = this.#view;
    if (width === 0) return null;
    if (this.#detector) return (await this.#detector.detect(this.#view))[0]?.rawValue ?? null;
    const scale = Math.min(1, 800 / Math.max(width, height));
    const canvas = this.#canvas;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(this.#view, 0, 0, canvas.width, canvas.height);
    return readQR(context.getImageData(0, 0, canvas.width, canvas.height));
  }
}
