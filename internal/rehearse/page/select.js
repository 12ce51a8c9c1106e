// A select of a message: a button that opens a list. The browser's own select would
// send an answer on every arrow key, so the list is built here.
import { h, icon } from "./dom.js";
import { emoji } from "./components.js";

let count = 0;

// stringSelect renders a String Select; act.select gets the values once they are chosen.
export function stringSelect(component, act) {
  const options = component.options ?? [];
  const most = component.max_values ?? 1;
  const least = component.min_values ?? 1;
  const chosen = new Set(options.filter((option) => option.default).map((option) => option.value));
  const id = `select-${++count}`;

  const shown = h("span", { class: "label" });
  const opener = h("button", {
    type: "button", class: "select-button", id, disabled: component.disabled, "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": `${id}-list`,
    data: { customId: component.custom_id ?? "" },
  }, shown, icon("down"));
  const list = h("ul", { class: "select-list", id: `${id}-list`, role: "listbox", tabindex: "-1", "aria-labelledby": id, "aria-multiselectable": most > 1 ? "true" : null, hidden: true });
  const box = h("div", { class: "select" }, opener, list);
  let active = 0;

  const label = () => {
    const names = options.filter((option) => chosen.has(option.value)).map((option) => option.label);
    shown.textContent = names.join(", ") || component.placeholder || "Make a selection";
    shown.classList.toggle("placeholder", names.length === 0);
  };

  const items = options.map((option, index) => {
    const item = h("li", {
      role: "option", id: `${id}-${index}`, class: "select-option", "aria-selected": String(chosen.has(option.value)),
      on: { click: () => take(index), pointermove: () => move(index) },
    }, emoji(option.emoji), h("span", { class: "select-text" }, option.label, option.description ? h("span", { class: "hint" }, option.description) : null), icon("check"));
    return item;
  });
  list.append(...items);

  function move(index) {
    active = Math.max(0, Math.min(items.length - 1, index));
    items.forEach((item, i) => item.classList.toggle("active", i === active));
    list.setAttribute("aria-activedescendant", items[active]?.id ?? "");
    items[active]?.scrollIntoView({ block: "nearest" });
  }

  function open() {
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    move(Math.max(0, options.findIndex((option) => chosen.has(option.value))));
    list.focus();
    list.scrollIntoView({ block: "nearest" });
  }

  function close(send) {
    if (list.hidden) return;
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    label();
    if (send && chosen.size >= least) act.select(component.custom_id, [...chosen], opener);
  }

  function take(index) {
    const value = options[index].value;
    if (most === 1) {
      chosen.clear();
      chosen.add(value);
    } else if (!chosen.delete(value) && chosen.size < most) {
      chosen.add(value);
    }
    items.forEach((item, i) => item.setAttribute("aria-selected", String(chosen.has(options[i].value))));
    if (most > 1) return;
    opener.focus();
    close(true);
  }

  opener.addEventListener("click", () => (list.hidden ? open() : close(most > 1)));
  opener.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open();
  });
  list.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: items.length - 1 };
    if (event.key in moves) move(moves[event.key]);
    else if (event.key === "Enter" || event.key === " ") take(active);
    else if (event.key === "Escape") { opener.focus(); close(most > 1); }
    else if (event.key === "Tab") return;
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // A list of several answers is sent when it is left; of one, when one is taken.
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) close(most > 1);
  });
  label();
  return box;
}
