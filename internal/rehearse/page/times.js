// Moments: time stamps beside messages, and Discord's <t:…> forms, whose relative
// one is kept current here so that a countdown needs no edit of the message.
import { h } from "./dom.js";

let offset = 0; // ms the rehearsal's clock is ahead of this browser's

export function setClock(now) {
  if (Number.isFinite(now)) offset = now - Date.now();
}

export const now = () => Date.now() + offset;

const format = (options) => {
  const formatter = new Intl.DateTimeFormat(undefined, options);
  return (date) => formatter.format(date);
};

const styles = {
  t: format({ timeStyle: "short" }),
  T: format({ timeStyle: "medium" }),
  d: format({ dateStyle: "short" }),
  D: format({ dateStyle: "long" }),
  f: format({ dateStyle: "long", timeStyle: "short" }),
  F: format({ dateStyle: "full", timeStyle: "short" }),
  s: format({ dateStyle: "short", timeStyle: "short" }),
  S: format({ dateStyle: "short", timeStyle: "medium" }),
};

export const clock = styles.t;
export const day = styles.D;
export const fullDate = styles.F;

const units = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const relativeFormat = new Intl.RelativeTimeFormat(undefined, { numeric: "always" });

export function relative(unixMilliseconds) {
  const seconds = Math.round((unixMilliseconds - now()) / 1000);
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[units.length - 1];
  return relativeFormat.format(Math.trunc(seconds / size), unit);
}

const latest = 8.64e15; // the last moment a Date can hold, in ms

// stamp renders <t:SECONDS:STYLE>; null when it is no moment at all.
export function stamp(seconds, style) {
  const ms = seconds * 1000;
  if (!Number.isFinite(ms) || Math.abs(ms) > latest) return null;
  const date = new Date(ms);
  const ticking = style === "R";
  const text = ticking ? relative(ms) : (styles[style] ?? styles.f)(date);
  // aria-live off: a log must not read a countdown aloud every second.
  return h("time", { class: "stamp", datetime: date.toISOString(), title: fullDate(date), "aria-live": ticking ? "off" : null, data: ticking ? { relative: String(ms) } : {} }, text);
}

// tick refreshes every relative time on the page, once a second.
export function startTicking() {
  setInterval(() => {
    for (const element of document.querySelectorAll("time[data-relative]")) {
      const text = relative(Number(element.dataset.relative));
      if (element.firstChild.nodeValue !== text) element.firstChild.nodeValue = text;
    }
  }, 1000);
}
