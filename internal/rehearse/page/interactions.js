// From a press to the bot's answer: what waits, what failed, and forms that open.
import { post } from "./api.js";

const patience = 6000; // ms; the fake says "failed" after 3 s, this is for a lost event

const noAnswer = "The application did not respond";

export class Interactions {
  #room;
  #find; // (message id) -> element
  #waiting = new Map(); // message id -> {customID, timer}
  #owners = new Map(); // interaction id -> message id
  #commands = new Map(); // interaction id -> what was typed

  constructor(room, find) {
    this.#room = room;
    this.#find = find;
    room.on("interaction", (id, state, error) => this.#answered(id, state, error));
    room.on("reset", () => { for (const id of [...this.#waiting.keys()]) this.#settle(id); });
    room.on("edit", (message) => this.#mark(message.id));
  }

  // on gives the handlers of one message's controls.
  on(message) {
    return {
      press: (customID) => this.#send(message, customID, "/control/press", {}),
      select: (customID, values) => this.#send(message, customID, "/control/select", { values }),
    };
  }

  // typed sends a command; resolves once the room has taken it.
  async typed(text, body) {
    const { interaction_id: id } = await post("/control/command", { user: this.#room.me, channel: this.#room.channel, ...body });
    this.watch(id, text);
  }

  // watch tells the member when what they sent, described by text, stays unanswered.
  watch(id, text) {
    this.#commands.set(id, text);
    const known = this.#room.interactions.get(id);
    if (known) this.#answered(id, known.state, known.error);
  }

  async #send(message, customID, path, more) {
    if (this.#waiting.has(message.id)) return;
    this.#fail(message.id, "");
    this.#waiting.set(message.id, { customID, timer: setTimeout(() => this.#settle(message.id, noAnswer), patience) });
    this.#mark(message.id);
    try {
      const { interaction_id: id } = await post(path, { user: this.#room.me, channel: message.channel_id, message: message.id, custom_id: customID, ...more });
      this.#owners.set(id, message.id);
      const known = this.#room.interactions.get(id);
      if (known) this.#answered(id, known.state, known.error);
    } catch (error) {
      this.#settle(message.id, error.message);
    }
  }

  #answered(id, state, error) {
    if (state === "waiting") return;
    const owner = this.#owners.get(id);
    if (owner) {
      this.#owners.delete(id);
      return this.#settle(owner, state === "failed" ? error || noAnswer : null);
    }
    const text = this.#commands.get(id);
    if (text === undefined) return;
    this.#commands.delete(id);
    if (state === "failed") this.#notResponding(id, text, error);
  }

  // settle ends a message's waiting; a reason means that it failed.
  #settle(messageID, reason) {
    const waiting = this.#waiting.get(messageID);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(messageID);
    this.#mark(messageID);
    if (reason) this.#fail(messageID, reason);
  }

  // mark shows which control waits. Controls stay focusable: disabling the pressed
  // one would throw a keyboard reader back to the top of the page.
  #mark(messageID) {
    const customID = this.#waiting.get(messageID)?.customID;
    for (const control of this.#find(messageID)?.querySelectorAll("[data-custom-id]") ?? []) {
      const own = customID !== undefined && control.dataset.customId === customID;
      control.classList.toggle("pending", own);
      if (own) control.setAttribute("aria-busy", "true");
      else control.removeAttribute("aria-busy");
      if (customID !== undefined) control.setAttribute("aria-disabled", "true");
      else control.removeAttribute("aria-disabled");
    }
  }

  #fail(messageID, reason) {
    const place = this.#find(messageID)?.querySelector(".failure");
    if (!place) return;
    place.hidden = !reason;
    place.textContent = reason ? `This interaction failed. ${reason}` : "";
  }

  // notResponding tells the one who typed it that a command went unanswered.
  #notResponding(id, text, error) {
    this.#room.apply({
      type: "ephemeral", user: this.#room.me,
      message: {
        id, channel_id: this.#room.channel, flags: 64, timestamp: new Date().toISOString(), content: `\`${text.replaceAll("`", "'")}\`\n${error || noAnswer}`,
        author: { id: this.#room.bot.id, username: this.#room.bot.username, bot: true },
      },
    });
  }
}
