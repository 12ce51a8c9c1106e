// The message list: one element a message, kept in order, edited in place. It stays
// at the newest message unless the reader has scrolled up.
import { h, icon, avatar, appBadge, byId, hidden } from "./dom.js";
import { body } from "./components.js";
import { isEphemeral, isLoading, compareIds } from "./room.js";
import { clock, day, fullDate } from "./times.js";

const groupGap = 7 * 60_000; // ms: one author's messages closer than this share a byline
const nearBottom = 80; // px still counted as "at the bottom"

export class MessageList {
  #room;
  #act;
  #items = new Map(); // id -> {element, message, key}
  #dismissed = new Set();
  #stuck = true;
  #news = 0;
  #list = byId("messages");
  #scroller = byId("scroller");
  #pill = byId("new-messages");

  // act answers presses: act(message) gives what body needs.
  constructor(room, act) {
    this.#room = room;
    this.#act = act;
    room.on("reset", () => this.#reset());
    room.on("message", (message) => { if (message.channel_id === room.channel) this.#add(message); });
    room.on("edit", (message) => { if (message.channel_id === room.channel) this.#edit(message); });
    room.on("delete", (channel, id) => { if (channel === room.channel) this.#remove(id); });
    room.on("members", () => this.#rename());
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#pill.addEventListener("click", () => { this.toBottom(); this.#scroller.focus({ preventScroll: true }); });
    const observer = new ResizeObserver(() => { if (this.#stuck) this.toBottom(); });
    observer.observe(this.#list);
    observer.observe(this.#scroller);
  }

  // element finds a message's element, if it is on screen.
  element(id) {
    return this.#items.get(id)?.element;
  }

  toBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#stuck = true;
    this.#news = 0;
    this.#showPill();
  }

  #scrolled() {
    this.#stuck = this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < nearBottom;
    if (this.#stuck) this.#news = 0;
    this.#showPill();
  }

  #showPill() {
    this.#pill.hidden = this.#stuck;
    const words = this.#news === 0 ? "Newest messages" : this.#news === 1 ? "1 new message" : `${this.#news} new messages`;
    this.#pill.replaceChildren(words, icon("arrow"));
    this.#pill.classList.toggle("has-news", this.#news > 0);
  }

  // reset shows the channel afresh, keeping the elements of messages that did not change.
  #reset() {
    const room = this.#room;
    this.#scroller.setAttribute("aria-busy", "true");
    const wanted = room.sorted(room.channel).filter((message) => !this.#dismissed.has(message.id));
    const ids = new Set(wanted.map((message) => message.id));
    const isNew = ![...this.#items.keys()].some((id) => ids.has(id));
    for (const id of [...this.#items.keys()]) if (!ids.has(id)) this.#drop(id);
    for (const message of wanted) this.#place(message);
    this.#arrange();
    this.#drawOpening();
    if (isNew || this.#stuck) this.toBottom();
    requestAnimationFrame(() => this.#scroller.removeAttribute("aria-busy"));
  }

  #drawOpening() {
    const channel = this.#room.channels.get(this.#room.channel);
    byId("opening").replaceChildren(...(channel ? [
      h("h2", null, `#${channel.name}`),
      h("p", null, "This is the beginning of the channel. Everything here happens on this computer: no message leaves it."),
    ] : [h("h2", null, "No channel"), h("p", null, "There is no channel to read here any more.")]));
  }

  #add(message) {
    this.#place(message);
    this.#arrange();
    if (this.#stuck) return this.toBottom();
    this.#news++;
    this.#showPill();
  }

  #edit(message) {
    if (this.#dismissed.has(message.id)) return;
    this.#place(message);
    this.#arrange();
    if (this.#stuck) this.toBottom();
  }

  #remove(id) {
    const element = this.element(id);
    if (element?.contains(document.activeElement)) this.#scroller.focus({ preventScroll: true });
    this.#drop(id);
    this.#arrange();
  }

  #drop(id) {
    this.#items.get(id)?.element.remove();
    this.#items.delete(id);
  }

  #dismiss(id) {
    this.#dismissed.add(id);
    this.#remove(id);
    byId("write").focus();
  }

  // place puts a message where its id belongs, or renews its content in place.
  #place(message) {
    const key = JSON.stringify(message);
    const known = this.#items.get(message.id);
    if (known) {
      if (known.key !== key) this.#renew(known, message);
      known.key = key;
      known.message = message;
      return;
    }
    const element = this.#draw(message);
    let after = null;
    for (const [id, item] of this.#items) {
      if (compareIds(id, message.id) < 0 && (!after || compareIds(after.message.id, id) < 0)) after = item;
    }
    if (after) after.element.after(element);
    else this.#list.prepend(element);
    this.#items.set(message.id, { element, message, key });
  }

  #draw(message) {
    const element = h("li", { class: "message", id: `m-${message.id}` });
    this.#fill(element, message);
    return element;
  }

  // renew redraws an edited message, giving focus back to the control that had it.
  #renew(item, message) {
    const focused = item.element.contains(document.activeElement) ? document.activeElement.dataset.customId : undefined;
    const had = item.element.contains(document.activeElement);
    this.#fill(item.element, message);
    if (!had) return;
    const again = focused && [...item.element.querySelectorAll("[data-custom-id]")].find((control) => control.dataset.customId === focused && !control.disabled);
    (again || this.#scroller).focus({ preventScroll: true });
  }

  #fill(element, message) {
    const room = this.#room;
    const person = room.person(message.author ?? {});
    const date = new Date(message.timestamp);
    const ephemeral = isEphemeral(message);
    element.classList.toggle("ephemeral", ephemeral);
    element.replaceChildren(
      ...this.#invocation(message),
      h("div", { class: "gutter", "aria-hidden": "true" }, avatar(person), h("time", { class: "small-time" }, clock(date))),
      h("div", { class: "content" },
        h("div", { class: "byline" },
          h("span", { class: "author", data: { author: person.id } }, person.name), person.bot ? appBadge() : null,
          h("time", { class: "when", datetime: date.toISOString(), title: fullDate(date) }, hidden(" at "), clock(date))),
        h("div", { class: "body" }, isLoading(message) ? h("p", { class: "thinking" }, `${person.name} is thinking…`) : body(message, room, this.#act(message))),
        message.edited_timestamp && !isLoading(message) && !ephemeral ? h("p", { class: "edited", title: `Edited ${fullDate(new Date(message.edited_timestamp))}` }, "(edited)") : null,
        h("p", { class: "failure", role: "alert", hidden: true }),
        ephemeral ? h("p", { class: "private" }, icon("eye"), "Only you can see this · ",
          h("button", { type: "button", class: "text-button", on: { click: () => this.#dismiss(message.id) } }, "Dismiss")) : null));
  }

  // invocation says who used which command, above the answer to it.
  #invocation(message) {
    const used = message.interaction_metadata ?? message.interaction;
    const name = message.interaction?.name ?? message.interaction_metadata?.name;
    if (!used || !name || (used.type ?? 2) !== 2) return [];
    const person = this.#room.person(used.user ?? {});
    return [h("div", { class: "invocation" }, avatar(person, "tiny"), h("span", { class: "author" }, person.name), " used ", h("span", { class: "command-name" }, `/${name}`))];
  }

  // arrange decides which messages share a byline, and where a day begins.
  #arrange() {
    for (const separator of this.#list.querySelectorAll(".day")) separator.remove();
    let previous = null;
    for (const element of [...this.#list.children]) {
      const message = this.#items.get(element.id.slice(2))?.message;
      if (!message) continue;
      const date = new Date(message.timestamp);
      const newDay = !previous || new Date(previous.timestamp).toDateString() !== date.toDateString();
      if (newDay) element.before(h("li", { class: "day", role: "separator", "aria-label": day(date) }, h("span", null, day(date))));
      element.classList.toggle("follow", !newDay && this.#continues(previous, message));
      previous = message;
    }
  }

  #continues(previous, message) {
    return previous.author?.id === message.author?.id && isEphemeral(previous) === isEphemeral(message) &&
      this.#invocation(message).length === 0 && new Date(message.timestamp) - new Date(previous.timestamp) < groupGap;
  }

  // rename shows names as they now are, without redrawing what people are using.
  #rename() {
    for (const element of this.#list.querySelectorAll("[data-author]")) {
      if (this.#room.members.has(element.dataset.author)) element.textContent = this.#room.name(element.dataset.author);
    }
  }
}

