// Who this tab is, and who is in the room.
import { h, icon, avatar, appBadge, byId } from "./dom.js";
import { get, post } from "./api.js";

const remembered = "rehearsal.me";
const heldAs = "rehearsal.person."; // begins the name of the lock that being someone holds

// Presence lets the tabs of one browser agree on who is whose: each holds a lock on
// its person, and answers other tabs that ask.
class Presence {
  #channel = "BroadcastChannel" in window ? new BroadcastChannel("rehearsal.people") : null;
  #me = "";
  #release = () => {};
  #heard = new Set();

  constructor() {
    this.#channel?.addEventListener("message", ({ data }) => {
      if (data.ask && this.#me) this.#channel.postMessage({ here: this.#me });
      if (data.here) this.#heard.add(data.here);
    });
  }

  // claim tells the other tabs who this one is from now on.
  claim(id) {
    if (id === this.#me) return;
    this.#me = id;
    this.#release();
    const released = new Promise((resolve) => { this.#release = resolve; });
    navigator.locks?.request(heldAs + id, { mode: "shared" }, () => released);
  }

  // taken says who somebody is. Browsers offer locks to secure pages, of which loopback
  // is one; elsewhere the tabs are asked.
  async taken() {
    if (!navigator.locks) return this.others();
    const { held } = await navigator.locks.query();
    return new Set(held.filter((lock) => lock.name.startsWith(heldAs)).map((lock) => lock.name.slice(heldAs.length)));
  }

  // others asks the other tabs who they are; the lock of a tab that was just loaded
  // again may still be there.
  async others() {
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
    this.#menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !event.relatedTarget.closest(".me")) this.#closeMenu(); });
    this.#menu.addEventListener("keydown", (event) => this.#menuKey(event));
    document.addEventListener("click", (event) => { if (!event.target.closest(".me")) this.#closeMenu(); });
    // Whoever is nobody yet is asked again: Escape may close a dialog whatever one says.
    this.#dialog.addEventListener("cancel", (event) => { if (!room.me) event.preventDefault(); });
    this.#dialog.addEventListener("close", () => { if (!room.me) this.ask(); });
  }

  // known says whom this tab was before it was loaded again, unless another tab is that person now.
  async known() {
    const id = sessionStorage.getItem(remembered);
    if (!id || (await this.#presence.others()).has(id)) return "";
    return id;
  }

  // settle makes the tab someone.
  #settle(id) {
    sessionStorage.setItem(remembered, id);
    this.#presence.claim(id);
    if (this.#dialog.open) this.#dialog.close();
    this.#enter(id);
  }

  claim(id) {
    this.#presence.claim(id);
  }

  // ask opens the dialog: a new name, or someone who is free.
  async ask() {
    const taken = await this.#presence.taken();
    const free = [...this.#room.members.values()].filter((member) => !member.bot && !taken.has(member.id) && !simulated(member) && member.id !== this.#room.me);
    const { form, name } = this.#joinForm();
    this.#dialog.replaceChildren(
      h("h2", { id: "who-title" }, this.#room.guild.name ? `Welcome to ${this.#room.guild.name}` : "Who are you?"),
      h("p", { class: "hint" }, "Every tab is somebody. Open several to be several readers."),
      form,
      free.length ? h("div", { class: "who-free" }, h("p", { id: "who-free" }, "or be someone who is here already"),
        h("ul", { "aria-labelledby": "who-free" }, free.map((member) => h("li", null, h("button", { type: "button", class: "person", on: { click: () => this.#settle(member.id) } }, avatar(this.#room.person(member)), this.#words(member)))))) : null,
      this.#room.me ? h("div", { class: "dialog-end" }, h("button", { type: "button", class: "button secondary", on: { click: () => this.#dialog.close() } }, "Cancel")) : "");
    if (!this.#dialog.open) this.#dialog.showModal();
    name.focus();
  }

  // joinForm takes a new name. One that is taken is refused: nobody could tell the two apart.
  #joinForm() {
    let joining = false;
    const name = h("input", { id: "who-name", type: "text", maxlength: 32, required: true, autocomplete: "off", placeholder: "Anna", "aria-describedby": "who-failure" });
    const failure = h("p", { class: "failure", id: "who-failure", role: "alert", hidden: true });
    const fail = (...words) => {
      failure.replaceChildren(...words);
      failure.hidden = false;
      name.setAttribute("aria-invalid", "true");
      name.select();
    };
    const join = async () => {
      const wanted = name.value.trim();
      if (!wanted) return fail("Please give a name.");
      const refused = await this.#refusal(wanted);
      if (refused) return fail(...refused);
      this.#settle((await post("/control/members", { display_name: wanted })).id);
    };
    name.addEventListener("input", () => { failure.hidden = true; name.removeAttribute("aria-invalid"); });
    const form = h("form", {
      class: "who-form",
      novalidate: true,
      on: {
        submit: async (event) => {
          event.preventDefault();
          if (joining) return;
          joining = true;
          await join().catch((error) => fail(error.message));
          joining = false;
        },
      },
    }, h("label", { for: "who-name" }, "Join the room as"), h("div", { class: "who-line" }, name, h("button", { type: "submit", class: "button primary" }, "Join")), failure);
    return { form, name };
  }

  // refusal says why nobody new can have a name, or is null. It asks the server, since
  // a tab in the background may not know yet who came.
  async #refusal(wanted) {
    const [state, here] = await Promise.all([get("/control/state"), this.#presence.taken()]);
    const same = (state.members ?? []).filter((member) => folded(member.display_name || member.username) === folded(wanted));
    if (same.length === 0) return null;
    const free = same.find((member) => !member.bot && !simulated(member) && !here.has(member.id) && member.id !== this.#room.me);
    const name = (free ?? same[0]).display_name;
    if (free) {
      return [`${name} is in the room already, and nobody is ${name} at the moment. Be ${name}, or take another name.`,
        h("button", { type: "button", class: "button secondary", on: { click: () => this.#settle(free.id) } }, `Be ${name}`)];
    }
    if (same[0].id === this.#room.me) return [`You are ${name} already.`];
    const who = same[0].bot ? "an app in this room" : simulated(same[0]) ? "a simulated reader" : "someone in another tab";
    return [`${name} is ${who}. Please take another name, so that people can tell you apart.`];
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
    const note = member.id === this.#room.me ? "you" : simulated(member) ? "simulated" : "";
    return h("li", { class: "member" }, avatar(person), this.#words(member, note), person.bot ? appBadge() : null);
  }

  // words are a member's name, and what the owner's is for.
  #words(member, note = "") {
    return h("span", { class: "member-words" },
      h("span", { class: "member-line" }, h("span", { class: "member-name" }, this.#room.name(member.id)), note ? h("span", { class: "hint" }, note) : null),
      this.#room.owns(member.id) ? h("span", { class: "role" }, "may manage messages, to try what moderators can do") : null);
  }
}

// folded is a name as people compare it: without case, width or spare spaces.
const folded = (name) => name.normalize("NFKC").trim().replace(/\s+/g, " ").toLocaleLowerCase();

// simulated members are played by the rehearsal itself and are nobody's to take.
const simulated = (member) => /^sim[._-]/.test(member.username ?? "");
