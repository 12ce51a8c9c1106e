// Talking to the rehearsal's server: JSON both ways.

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
