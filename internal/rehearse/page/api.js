// Talking to the rehearsal's server: JSON both ways, and the stream of events.

async function answer(response) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    // An empty or broken body: the status alone decides.
  }
  if (!response.ok) throw new Error(body?.error ?? `The rehearsal answered ${response.status}.`);
  return body;
}

export async function get(path) {
  return answer(await fetch(path, { headers: { Accept: "application/json" } }));
}

export async function post(path, body, signal) {
  return answer(await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  }));
}

const firstWait = 500; // ms until the first new try
const longestWait = 5000;

// follow keeps a member's view current for ever: load the state, then the events
// after it. When the stream breaks it says so and begins again from a fresh state,
// which is right whether the network hiccupped or the whole rehearsal restarted.
export function follow(user, { onState, onEvent, onLost }) {
  let source = null;
  let timer = 0;
  let wait = firstWait;
  let stopped = false;

  const again = () => {
    source?.close();
    if (stopped) return;
    onLost();
    clearTimeout(timer);
    timer = setTimeout(begin, wait);
    wait = Math.min(wait * 2, longestWait);
  };

  async function begin() {
    try {
      const query = user ? `?user=${encodeURIComponent(user)}` : "";
      const state = await get(`/control/state${query}`);
      if (stopped || onState(state) === false) return;
      source = new EventSource(`/control/events?user=${encodeURIComponent(user ?? "")}&after=${encodeURIComponent(state.last ?? 0)}`);
      source.onopen = () => { wait = firstWait; };
      source.onmessage = (message) => {
        const event = JSON.parse(message.data);
        if (stopped) return;
        if (event.type === "reset") again(); // more was missed than the server keeps
        else onEvent(event);
      };
      source.onerror = again;
    } catch {
      again();
    }
  }

  begin();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
