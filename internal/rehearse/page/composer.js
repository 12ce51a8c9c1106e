// The line at the bottom: typing "/" offers commands, a chosen command shows its
// options as fields, Enter sends. Plain text is refused kindly.
import { h, byId, hidden } from "./dom.js";
import { post } from "./api.js";
import { Suggestions } from "./suggestions.js";
import { entries, matching, begun, pairs, choices, read, readFile, optionType } from "./commands.js";

const autocompleteDelay = 180; // ms after the last key
const mostShown = 25; // Discord's own limit of choices

export class Composer {
  #room;
  #send; // (text, body) -> Promise
  #write = byId("write");
  #fields = byId("fields");
  #note = byId("composer-note");
  #suggestions = new Suggestions(byId("suggestions"));
  #entry = null;
  #filled = new Map(); // option name -> {option, input, chosen: {name, value} | null}
  #lookup = { timer: 0, abort: null };

  constructor(room, send) {
    this.#room = room;
    this.#send = send;
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    // Enter is served on keydown; the browser's own sending of forms must not follow it
    // into the field that has the focus by then.
    byId("composer").addEventListener("keypress", (event) => { if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault(); });
    this.#write.addEventListener("input", () => this.#typed());
    this.#write.addEventListener("focus", () => { if (this.#entry || this.#write.value) this.#typed(); });
    this.#write.addEventListener("keydown", (event) => this.#writeKey(event));
    byId("composer").addEventListener("focusout", (event) => { if (!byId("composer").contains(event.relatedTarget)) this.#suggestions.close(); });
    room.on("compose", (text) => this.#compose(text));
    document.addEventListener("keydown", (event) => this.#slash(event));
  }

  #all() {
    return entries(this.#room.commands, this.#room.members.get(this.#room.me)?.permissions);
  }

  // focus puts the keyboard where commands are typed.
  focus() {
    this.#next();
  }

  // slash begins a command from anywhere on the page where nothing else is being typed.
  #slash(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const elsewhere = document.querySelector("dialog[open]") || !byId("curtain").hidden || !this.#room.me;
    if (elsewhere || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    // The key itself still comes, into the field that has the focus by then; but what
    // has been begun goes on as it is.
    if (this.#entry || this.#write.value) event.preventDefault();
    this.#next();
  }

  // compose begins a command that was pressed in a message.
  #compose(text) {
    const found = begun(this.#all(), `/${text}`);
    if (!found) return this.#say(`There is no command /${text} here.`, true);
    this.#begin(found.entry, {});
  }

  #say(text, warning = false) {
    this.#note.textContent = text;
    this.#note.classList.toggle("warning", warning);
  }

  #typed() {
    this.#say("");
    if (this.#entry) return this.#offerOptions();
    const text = this.#write.value;
    if (!text.startsWith("/")) return this.#suggestions.close();
    const found = begun(this.#all(), text);
    if (found && text.length > found.entry.text.length) return this.#begin(found.entry, pairs(found.rest, found.entry.options));
    this.#suggestions.show(this.#write, matching(this.#all(), text).map((one) => ({ label: one.text, hint: one.description, take: () => this.#begin(one, {}) })), { title: "Commands" });
  }

  // begin turns the line into a command with its required options as fields.
  #begin(entry, given) {
    this.#clear();
    this.#entry = entry;
    byId("command").textContent = entry.text;
    byId("command").hidden = false;
    byId("line").classList.add("in-command");
    this.#write.value = "";
    for (const option of entry.options) if (option.required || option.name in given) this.#field(option, given[option.name] ?? "");
    this.#hintWrite();
    this.#say(entry.description);
    this.#next();
  }

  #clear() {
    this.#entry = null;
    this.#filled.clear();
    this.#fields.replaceChildren();
    byId("command").hidden = true;
    byId("line").classList.remove("in-command");
    this.#write.value = "";
    this.#suggestions.close();
    this.#stopLookup();
    this.#hintWrite();
    this.#say("");
  }

  #spare() {
    return this.#entry?.options.filter((option) => !this.#filled.has(option.name)) ?? [];
  }

  #hintWrite() {
    const spare = this.#spare().length;
    this.#write.placeholder = !this.#entry ? "Type / for commands" : spare ? `+${spare} optional` : "Enter sends";
    this.#write.setAttribute("aria-label", !this.#entry ? "Command" : spare ? `${spare} optional options, or Enter to send` : "Enter sends the command");
  }

  // field adds an option to the line.
  #field(option, text) {
    if (option.type === optionType.attachment) return this.#fileField(option);
    const input = h("input", {
      type: "text", value: text, autocomplete: "off", autocapitalize: "off", spellcheck: "false", role: "combobox", "aria-expanded": "false", "aria-controls": "suggestions",
      "aria-autocomplete": "list", "aria-required": option.required ? "true" : null, "aria-description": option.description,
      inputmode: option.type === 4 ? "numeric" : option.type === 10 ? "decimal" : null, data: { option: option.name },
    });
    const filled = { option, input, chosen: null };
    const label = this.#label(option, input);
    input.addEventListener("input", () => {
      filled.chosen = null;
      if (label.classList.contains("wrong")) this.#say(option.description ?? "");
      label.classList.remove("wrong");
      this.#offerValues(filled);
    });
    input.addEventListener("focus", () => { this.#say(option.description ?? ""); this.#offerValues(filled); });
    input.addEventListener("blur", () => this.#suggestions.close());
    input.addEventListener("keydown", (event) => this.#fieldKey(event, filled));
    this.#filled.set(option.name, filled);
    this.#fields.append(label);
    return filled;
  }

  #label(option, input) {
    return h("label", { class: "field" }, h("span", { class: "field-name" }, option.name, option.required ? [h("span", { class: "required", "aria-hidden": "true" }, "*"), hidden(" (required)")] : null), input);
  }

  // fileField adds an option that takes a file; Enter opens the browser's own dialog.
  #fileField(option) {
    const input = h("input", { type: "file", "aria-description": option.description, "aria-required": option.required ? "true" : null, data: { option: option.name } });
    const filled = { option, input, chosen: null };
    input.addEventListener("focus", () => this.#say(option.description ?? ""));
    input.addEventListener("change", () => { input.closest(".field").classList.remove("wrong"); this.#next(); });
    input.addEventListener("keydown", (event) => { if (event.key !== "Enter") this.#fieldKey(event, filled); });
    this.#filled.set(option.name, filled);
    this.#fields.append(this.#label(option, input));
    return filled;
  }

  #drop(filled) {
    filled.input.closest(".field").remove();
    this.#filled.delete(filled.option.name);
    this.#hintWrite();
    this.#write.focus();
  }

  // next moves to the first field that still lacks an answer, or behind the last.
  #next() {
    const empty = [...this.#filled.values()].find((filled) => !filled.input.value);
    (empty?.input ?? this.#write).focus();
  }

  #offerOptions() {
    const wanted = this.#write.value.trim().replace(/:$/, "").toLowerCase();
    const items = this.#spare().filter((option) => option.name.toLowerCase().includes(wanted)).map((option) => ({
      label: option.name, hint: option.description,
      take: () => { this.#write.value = ""; const filled = this.#field(option, ""); this.#hintWrite(); filled.input.focus(); },
    }));
    this.#suggestions.show(this.#write, items, { eager: wanted !== "", title: "Optional" });
    const named = this.#write.value.endsWith(":") && this.#spare().find((option) => option.name.toLowerCase() === wanted);
    if (named) this.#suggestions.accept();
  }

  #offerValues(filled) {
    this.#stopLookup();
    const fixed = choices(filled.option, this.#room);
    if (fixed) {
      const text = filled.input.value.toLowerCase();
      const settled = fixed.some((choice) => choice.name.toLowerCase() === text);
      return this.#offer(filled, fixed.filter((choice) => settled || choice.name.toLowerCase().includes(text)));
    }
    if (!filled.option.autocomplete) return this.#suggestions.close();
    this.#lookup.timer = setTimeout(() => this.#ask(filled), autocompleteDelay);
  }

  #offer(filled, list) {
    this.#suggestions.show(filled.input, list.slice(0, mostShown).map((choice) => ({
      label: choice.name, hint: "",
      take: () => { filled.chosen = choice; filled.input.value = choice.name; filled.input.closest(".field").classList.remove("wrong"); this.#next(); },
    })), { eager: !filled.chosen, title: filled.option.name });
  }

  #stopLookup() {
    clearTimeout(this.#lookup.timer);
    this.#lookup.abort?.abort();
  }

  // ask has the bot complete a field, as it is typed.
  async #ask(filled) {
    const abort = this.#lookup.abort = new AbortController();
    const { path } = this.#entry;
    try {
      const answer = await post("/control/autocomplete", { ...this.#body(path), options: this.#partial(), focused: filled.option.name }, abort.signal);
      if (abort.signal.aborted || document.activeElement !== filled.input) return;
      const list = answer.choices ?? [];
      if (list.length === 0) this.#suggestions.close();
      else this.#offer(filled, list);
      if (list.length === 0 && filled.input.value) this.#say("Nothing found by that name.");
    } catch (error) {
      const told = this.#note.classList.contains("warning"); // why the command was not sent matters more
      if (error.name !== "AbortError" && !told) this.#say("Loading options failed.", true);
    }
  }

  // body is what names a command to the room: who, where, and its path.
  #body(path) {
    const body = { user: this.#room.me, channel: this.#room.channel, name: path[0] };
    if (path.length === 2) body.subcommand = path[1];
    if (path.length === 3) [body.group, body.subcommand] = [path[1], path[2]];
    return body;
  }

  // partial reads the fields as far as they can be read, for a completion.
  #partial() {
    const options = {};
    for (const [name, { option, input, chosen }] of this.#filled) {
      if (option.type === optionType.attachment) continue;
      const value = chosen ? chosen.value : read(option, input.value, this.#room).value ?? input.value;
      options[name] = value;
    }
    return options;
  }

  #writeKey(event) {
    if (this.#navigate(event)) return;
    if (event.key === "Backspace" && this.#entry && !this.#write.value) {
      event.preventDefault();
      const last = [...this.#filled.values()].at(-1);
      if (last) last.input.focus();
      else this.#leave();
    }
  }

  #fieldKey(event, filled) {
    if (this.#navigate(event)) return;
    if (event.key !== "Backspace" || filled.input.value) return;
    event.preventDefault();
    if (!filled.option.required) return this.#drop(filled);
    const before = filled.input.closest(".field").previousElementSibling?.querySelector("input");
    if (before) before.focus();
    else this.#leave();
  }

  // leave turns the command back into text that can be changed.
  #leave() {
    const { text } = this.#entry;
    this.#clear();
    this.#write.value = text;
    this.#write.focus();
    this.#typed();
  }

  // navigate serves the keys all fields share; true when it used the key up.
  #navigate(event) {
    if (event.isComposing) return true;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (this.#suggestions.move(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
        return true;
      case "Enter":
        event.preventDefault();
        if (!this.#suggestions.accept()) this.#submit();
        return true;
      case "Tab":
        if (event.shiftKey || !this.#suggestions.active) return false;
        event.preventDefault();
        this.#suggestions.accept();
        return true;
      case "Escape":
        if (this.#suggestions.open) this.#suggestions.close();
        else if (this.#entry || this.#write.value) { this.#clear(); this.#write.focus(); }
        else return false;
        event.preventDefault();
        return true;
      default:
        return false;
    }
  }

  async #submit() {
    if (!this.#entry && !this.#start()) return;
    const { text, path } = this.#entry;
    const options = await this.#answers();
    if (!options) return;
    const shown = [text, ...Object.keys(options).map((name) => `${name}:${this.#filled.get(name).input.value.replace(/^.*[\\/]fakepath[\\/]/, "")}`)].join(" ");
    const body = { ...this.#body(path), options };
    this.#clear();
    this.#write.focus();
    try {
      await this.#send(shown, body);
    } catch (error) {
      this.#say(error.message, true);
    }
  }

  // start reads what was typed as a command; says why when it is none.
  #start() {
    const text = this.#write.value.trim();
    if (text === "") return false;
    if (!text.startsWith("/")) {
      this.#say("This room only takes commands: type /", true);
      return false;
    }
    const found = begun(this.#all(), text);
    if (!found) {
      this.#say(`There is no command ${text.split(" ").slice(0, 2).join(" ")} here: type / to see them all`, true);
      return false;
    }
    this.#begin(found.entry, pairs(found.rest, found.entry.options));
    return true;
  }

  #value(option, input, chosen) {
    if (chosen) return { value: chosen.value };
    if (!input.value) return { error: `${option.name} is required` };
    return option.type === optionType.attachment ? readFile(option, input.files[0]).catch((error) => ({ error: error.message })) : read(option, input.value, this.#room);
  }

  // answers reads every field; at the first that is not right it says so and goes there.
  async #answers() {
    const options = {};
    for (const [name, { option, input, chosen }] of this.#filled) {
      if (!input.value && !option.required) continue;
      const result = await this.#value(option, input, chosen);
      if (result.error) {
        input.closest(".field").classList.add("wrong");
        input.focus();
        this.#say(result.error, true);
        return null;
      }
      options[name] = result.value;
    }
    if (this.#write.value.trim()) {
      this.#say(`${this.#entry.text} has no option ${this.#write.value.trim()}`, true);
      return null;
    }
    return options;
  }
}
