// The stream of events, shared fairly among the tabs of one browser.
//
// A browser opens six connections to a server, and every open stream holds one: with
// six tabs nobody could press a button any more. So only a few tabs hold their stream,
// each by a lock; the others, and all in the background, look in again and again.
import { get } from "./api.js";

const firstWait = 500; // ms until the first new try after a loss
const longestWait = 5000;
const slots = 4; // streams held at once, of six connections
const look = 400; // ms that a tab without a slot listens
const pause = 800; // ms between two looks
const hiddenPause = 2000; // ms between two looks of a tab in the background

// takeSlot gives a function that gives the slot back, or null when all are held.
// Browsers offer locks to secure pages, of which loopback is one, and few others.
async function takeSlot() {
  if (!navigator.locks) return () => {};
  for (let i = 0; i < slots; i++) {
    const release = await new Promise((resolve) => {
      navigator.locks.request(`rehearsal.stream.${i}`, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise((done) => resolve(done));
      });
    });
    if (release) return release;
  }
  return null;
}

// follow keeps a member's view current for ever: load the state, then the events
// after it. When the stream breaks it says so and begins again from a fresh state,
// which is right whether the network hiccupped or the whole rehearsal restarted.
// It returns a function that ends it.
export function follow(user, { onState, onEvent, onLost }) {
  let source = null;
  let timer = 0;
  let wait = firstWait;
  let last = "0"; // the latest event seen
  let release = null; // gives the slot back, while one is held
  let turn = 0; // counts connections, so that a late answer to an old one is dropped
  let stopped = false;

  const close = () => {
    turn++;
    clearTimeout(timer);
    source?.close();
    source = null;
    release?.();
    release = null;
  };

  const lost = () => {
    close();
    onLost();
    timer = setTimeout(begin, wait);
    wait = Math.min(wait * 2, longestWait);
  };

  async function begin() {
    const mine = ++turn;
    try {
      const state = await get(user ? `/control/state?user=${encodeURIComponent(user)}` : "/control/state");
      if (mine !== turn || onState(state) === false) return;
      last = String(state.last ?? 0);
      connect();
    } catch {
      if (mine === turn) lost();
    }
  }

  async function connect() {
    const mine = ++turn;
    const slot = document.hidden ? null : await takeSlot();
    if (mine !== turn) return slot?.();
    release = slot;
    source = new EventSource(`/control/events?user=${encodeURIComponent(user)}&after=${encodeURIComponent(last)}`);
    source.onopen = () => {
      wait = firstWait;
      if (!release) timer = setTimeout(rest, look);
    };
    source.onerror = lost;
    source.onmessage = (message) => {
      if (message.lastEventId) last = message.lastEventId;
      const event = JSON.parse(message.data);
      if (event.type === "reset") lost(); // more was missed than the server keeps
      else onEvent(event);
    };
  }

  function rest() {
    close();
    timer = setTimeout(connect, document.hidden ? hiddenPause : pause);
  }

  // A tab that comes to the front looks at once; one that leaves gives its slot up.
  const turned = () => {
    if (stopped || !source && document.hidden) return;
    close();
    connect();
  };

  document.addEventListener("visibilitychange", turned);
  begin();
  return () => {
    stopped = true;
    document.removeEventListener("visibilitychange", turned);
    close();
  };
}
