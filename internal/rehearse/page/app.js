// The rehearsal's page: a chat room whose bot is real and whose Discord is not.
import { h, icon, byId } from "./dom.js";
import { follow } from "./stream.js";
import { Room } from "./room.js";
import { setClock, startTicking } from "./times.js";
import { shortText } from "./text.js";
import { MessageList } from "./messages.js";
import { Interactions } from "./interactions.js";
import { Composer } from "./composer.js";
import { People } from "./people.js";
import { openForm } from "./form.js";
import { startPanels, startTheme } from "./panels.js";

const room = new Room();
const list = new MessageList(room, (message) => interactions.on(message));
const interactions = new Interactions(room, (id) => list.element(id));
const composer = new Composer(room, (text, body) => interactions.typed(text, body));
const people = new People(room, (id) => {
  enter(id);
  ready();
});
let stop = () => {};

// enter shows the room as a member sees it; as nobody, one can only look.
function enter(id) {
  stop();
  room.me = id;
  if (id) people.claim(id);
  stop = follow(id, {
    onState(state) {
      setClock(state.now);
      byId("connection").hidden = true;
      const gone = id && !(state.members ?? []).some((member) => member.id === id);
      if (gone) room.me = "";
      const wanted = location.hash.slice(1);
      if (wanted && (state.channels ?? []).some((channel) => channel.id === wanted)) room.channel = wanted;
      room.load(state);
      if (gone) {
        enter("");
        return false;
      }
      if (!id) people.ask();
      return true;
    },
    onEvent: (event) => room.apply(event),
    onLost() {
      const note = byId("connection");
      note.hidden = false;
      note.textContent = "Connection lost. Reconnecting…";
    },
  });
}

// ready gives the keyboard to the command line, so that one can type at once. On a
// touch screen that would raise the keyboard over the room: there a tap does it.
function ready() {
  if (!matchMedia("(hover: none) and (pointer: coarse)").matches) composer.focus();
}

function drawChannels() {
  const readable = room.readable();
  const current = room.channels.get(room.channel);
  byId("room-name").textContent = room.guild.name;
  byId("channel-name").replaceChildren(...(current ? [h("span", { class: "hash", "aria-hidden": "true" }, "#"), current.name] : [room.guild.name || "Rehearsal"]));
  byId("channel-topic").replaceChildren(...shortText(current?.topic || (readable.length > 1 ? "" : room.guild.name), room));
  byId("channels").hidden = readable.length < 2;
  byId("channels-toggle").hidden = readable.length < 2;
  byId("app").classList.toggle("has-channels", readable.length > 1);
  byId("channel-list").replaceChildren(...readable.map((channel) => {
    const unread = room.unread.get(channel.id) ?? 0;
    return h("li", null, h("a", { href: `#${channel.id}`, class: unread ? "channel unread" : "channel", "aria-current": channel.id === room.channel ? "page" : null },
      h("span", { class: "hash", "aria-hidden": "true" }, [10, 11, 12].includes(channel.type) ? "↳" : "#"), h("span", { class: "channel-label" }, channel.name),
      unread ? h("span", { class: "count" }, String(unread), h("span", { class: "visually-hidden" }, " new")) : null));
  }));
  drawTitle();
}

let unseen = 0; // messages that came while the tab was in the background

function drawTitle() {
  const current = room.channels.get(room.channel);
  document.title = `${unseen ? `(${unseen}) ` : ""}${current ? `#${current.name} · ` : ""}${room.guild.name || "Rehearsal"}`;
}

function drawTyping() {
  const names = [...(room.typing.get(room.channel)?.keys() ?? [])].map((id) => room.name(id));
  const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  const words = names.length > 3 ? "Several people are typing…" : `${new Intl.ListFormat("en").format(names)} ${names.length === 1 ? "is" : "are"} typing…`;
  byId("typing").replaceChildren(...(names.length ? [dots, words] : []));
}

room.on("reset", () => { drawChannels(); drawTyping(); });
room.on("channels", drawChannels);
room.on("typing", drawTyping);
room.on("modal", (id, modal) => openForm(room, id, modal, (answer) => interactions.watch(answer.interaction_id, modal.title)));
room.on("message", () => {
  if (!document.hidden) return;
  unseen++;
  drawTitle();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  drawTitle();
});
window.addEventListener("hashchange", () => {
  const id = location.hash.slice(1);
  if (room.channels.has(id) && id !== room.channel) room.show(id);
});

byId("send").append(icon("send"));
startTheme();
startPanels(room);
startTicking();
people.known().then((id) => {
  enter(id);
  if (id && document.activeElement === document.body) ready();
});
