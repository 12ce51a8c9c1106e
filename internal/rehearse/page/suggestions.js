// The list above the composer, shared by all of its fields: whichever field has the
// focus owns it, in the way of an ARIA combobox.
import { h } from "./dom.js";

export class Suggestions {
  #list;
  #items = []; // [{label, hint, take}]
  #active = -1;
  #owner = null;

  constructor(list) {
    this.#list = list;
    // Keeps the focus in the field while the pointer picks.
    list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get open() { return !this.#list.hidden; }
  get active() { return this.#items[this.#active] ?? null; }

  // show fills the list for a field; eager marks the first item, so that Enter takes it.
  show(owner, items, { eager = true, title = "" } = {}) {
    if (items.length === 0) return this.close();
    this.#release();
    this.#owner = owner;
    this.#items = items;
    this.#list.replaceChildren(
      ...(title ? [h("p", { class: "suggestions-title", role: "presentation" }, title)] : []),
      ...items.map((item, index) => h("div", {
        class: "suggestion", role: "option", id: `suggestion-${index}`, "aria-selected": "false",
        on: { click: () => this.#take(index), mousemove: () => { if (this.#active !== index) this.#mark(index); } },
      }, h("span", { class: "suggestion-label" }, item.label), item.hint ? h("span", { class: "hint" }, item.hint) : null)));
    this.#list.hidden = false;
    this.#list.scrollTop = 0;
    owner.setAttribute("aria-expanded", "true");
    this.#mark(eager ? 0 : -1);
  }

  close() {
    this.#list.hidden = true;
    this.#items = [];
    this.#active = -1;
    this.#release();
  }

  move(step) {
    if (!this.open) return false;
    const count = this.#items.length;
    this.#mark(this.#active < 0 ? (step > 0 ? 0 : count - 1) : (this.#active + step + count) % count);
    return true;
  }

  // accept takes the marked item; false when there is none.
  accept() {
    if (!this.open || !this.active) return false;
    this.#take(this.#active);
    return true;
  }

  #take(index) {
    const { take } = this.#items[index];
    this.close();
    take();
  }

  #mark(index) {
    this.#active = index;
    [...this.#list.querySelectorAll(".suggestion")].forEach((element, i) => {
      element.setAttribute("aria-selected", String(i === index));
      if (i === index) element.scrollIntoView({ block: "nearest" });
    });
    if (index >= 0) this.#owner?.setAttribute("aria-activedescendant", `suggestion-${index}`);
    else this.#owner?.removeAttribute("aria-activedescendant");
  }

  #release() {
    this.#owner?.setAttribute("aria-expanded", "false");
    this.#owner?.removeAttribute("aria-activedescendant");
    this.#owner = null;
  }
}
