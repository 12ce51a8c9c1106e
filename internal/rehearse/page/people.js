// Who this tab is, and who is in the room.
import { h, icon, avatar, appBadge, byId } from "./dom.js";
import { post } from "./api.js";

const remembered = "rehearsal.me";

// Presence lets the tabs of one browser agree on who is whose.
class Presence {
  #channel = "BroadcastChannel" in window ? new BroadcastChannel("rehearsal.people") : null;
  me = "";
  #heard = new Set();

  constructor() {
    this.#channel?.addEventListener("message", ({ data }) => {
      if (data.ask && this.me) this.#channel.postMessage({ here: this.me });
      if (data.here) this.#heard.add(data.here);
    });
  }

  // taken asks the other tabs who they are.
  async taken() {
    this.#heard.clear();
    this.#channel?.postMessage({ ask: true });
    await new Promise((resolve) => setTimeout(resolve, 120));
    return new Set(this.#heard);
  }
}

export class People {
  #room;
  #enter; // (member id) -> void: become this member
  #presence = new Presence();
  #dialog = byId("who");
  #menu = byId("me-menu");
  #button = byId("me");

  constructor(room, enter) {
    this.#room = room;
    this.#enter = enter;
    for (const name of ["reset", "members"]) room.on(name, () => this.#draw());
    this.#button.addEventListener("click", () => (this.#menu.hidden ? this.#openMenu() : this.#closeMenu()));
    this.#menu.addEventListener("keydown", (event) => this.#menuKey(event));
    document.addEventListener("click", (event) => { if (!event.target.closest(".me")) this.#closeMenu(); });
    // Whoever is nobody yet is asked again: Escape may close a dialog whatever one says.
    this.#dialog.addEventListener("cancel", (event) => { if (!room.me) event.preventDefault(); });
    this.#dialog.addEventListener("close", () => { if (!room.me) this.ask(); });
  }

  // known says whom this tab was before it was loaded again, unless another tab is that person now.
  async known() {
    const id = sessionStorage.getItem(remembered);
    if (!id || (await this.#presence.taken()).has(id)) return "";
    return id;
  }

  // settle makes the tab someone.
  #settle(id) {
    sessionStorage.setItem(remembered, id);
    this.#presence.me = id;
    if (this.#dialog.open) this.#dialog.close();
    this.#enter(id);
  }

  claim(id) {
    this.#presence.me = id;
  }

  // ask opens the dialog: a new name, or someone who is free.
  async ask() {
    const taken = await this.#presence.taken();
    const free = [...this.#room.members.values()].filter((member) => !member.bot && !taken.has(member.id) && !simulated(member) && member.id !== this.#room.me);
    let joining = false;
    const name = h("input", { id: "who-name", type: "text", maxlength: 32, required: true, autocomplete: "off", placeholder: "Anna" });
    const failure = h("p", { class: "failure", role: "alert", hidden: true });
    const fail = (text) => { failure.textContent = text; failure.hidden = false; };
    const form = h("form", {
      class: "who-form",
      on: {
        submit: async (event) => {
          event.preventDefault();
          if (!name.value.trim()) return fail("Please give a name.");
          if (joining) return;
          joining = true;
          try {
            this.#settle((await post("/control/members", { display_name: name.value.trim() })).id);
          } catch (error) {
            joining = false;
            fail(error.message);
          }
        },
      },
    }, h("label", { for: "who-name" }, "Join the room as"), h("div", { class: "who-line" }, name, h("button", { type: "submit", class: "button primary" }, "Join")), failure);
    this.#dialog.replaceChildren(
      h("h2", { id: "who-title" }, this.#room.guild.name ? `Welcome to ${this.#room.guild.name}` : "Who are you?"),
      h("p", { class: "hint" }, "Every tab is somebody. Open several to be several readers."),
      form,
      free.length ? h("div", { class: "who-free" }, h("p", { id: "who-free" }, "or be someone who is here already"),
        h("ul", { "aria-labelledby": "who-free" }, free.map((member) => h("li", null, h("button", { type: "button", class: "person", on: { click: () => this.#settle(member.id) } }, avatar(this.#room.person(member)), this.#room.name(member.id)))))) : null,
      this.#room.me ? h("div", { class: "dialog-end" }, h("button", { type: "button", class: "button secondary", on: { click: () => this.#dialog.close() } }, "Cancel")) : "");
    if (!this.#dialog.open) this.#dialog.showModal();
    name.focus();
  }

  #openMenu() {
    const item = (label, act, more = {}) => h("button", { type: "button", role: "menuitem", class: "menu-item", tabindex: "-1", ...more, on: { click: () => { this.#closeMenu(); act(); } } }, label);
    this.#menu.replaceChildren(
      item("Be someone else…", () => this.ask()),
      item("Open a tab as someone else", () => window.open(location.pathname, "_blank", "noopener")));
    this.#menu.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.#menu.firstElementChild.focus();
  }

  #closeMenu() {
    if (this.#menu.hidden) return;
    const inside = this.#menu.contains(document.activeElement);
    this.#menu.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
    if (inside) this.#button.focus();
  }

  #menuKey(event) {
    const items = [...this.#menu.children];
    const at = items.indexOf(document.activeElement);
    const moves = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 };
    if (event.key in moves) items[moves[event.key]].focus();
    else if (event.key === "Escape") this.#closeMenu();
    else if (event.key === "Tab") return this.#closeMenu();
    else return;
    event.preventDefault();
  }

  #draw() {
    const room = this.#room;
    const self = room.members.get(room.me);
    this.#button.hidden = !self;
    if (self) this.#button.replaceChildren(avatar(room.person(self), "small"), h("span", { class: "me-words" }, h("span", { class: "me-lead" }, "You are "), h("strong", null, room.name(room.me))), icon("down"));
    const everyone = [...room.members.values()].sort((a, b) => room.name(a.id).localeCompare(room.name(b.id)));
    const group = (title, members) => (members.length === 0 ? [] : [h("h2", null, `${title} — ${members.length}`), h("ul", null, members.map((member) => this.#row(member)))]);
    byId("people-list").replaceChildren(...group("Apps", everyone.filter((member) => member.bot)), ...group("Readers", everyone.filter((member) => !member.bot)));
  }

  #row(member) {
    const person = this.#room.person(member);
    return h("li", { class: "member" }, avatar(person), h("span", { class: "member-name" }, person.name),
      person.bot ? appBadge() : member.id === this.#room.me ? h("span", { class: "hint" }, "you") : simulated(member) ? h("span", { class: "hint" }, "simulated") : null);
  }
}

// simulated members are played by the rehearsal itself and are nobody's to take.
const simulated = (member) => /^sim[._-]/.test(member.username ?? "");
