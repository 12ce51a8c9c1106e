// What this tab knows of the room, kept current by events; listeners redraw.

const ephemeralFlag = 1 << 6;
const loadingFlag = 1 << 7;
const hues = 12; // colours of people, as base.css names them
const typingLasts = 10_000; // ms, as Discord's own indicator does

export const isEphemeral = (message) => ((message.flags ?? 0) & ephemeralFlag) !== 0;
export const isLoading = (message) => ((message.flags ?? 0) & loadingFlag) !== 0;

// compareIds orders snowflakes: longer is later, then as text.
export const compareIds = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

export class Room {
  guild = { id: "", name: "" };
  bot = { id: "", username: "" };
  me = "";
  channel = ""; // the one on screen
  channels = new Map();
  members = new Map();
  commands = [];
  messages = new Map(); // channel id -> Map of message id -> message
  typing = new Map(); // channel id -> Map of user id -> when it ends
  unread = new Map(); // channel id -> count
  interactions = new Map(); // interaction id -> {state, error}
  #listeners = new Map();

  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, []);
    this.#listeners.get(name).push(listener);
  }

  emit(name, ...details) {
    for (const listener of this.#listeners.get(name) ?? []) listener(...details);
  }

  // load replaces everything by a fresh state.
  load(state) {
    this.guild = state.guild ?? this.guild;
    this.bot = state.bot ?? this.bot;
    this.channels = new Map((state.channels ?? []).map((channel) => [channel.id, channel]));
    this.members = new Map((state.members ?? []).map((member) => [member.id, member]));
    this.commands = state.commands ?? [];
    this.messages = new Map(Object.entries(state.messages ?? {}).map(([id, list]) => [id, new Map(list.map((message) => [message.id, message]))]));
    this.typing.clear();
    if (!this.channels.has(this.channel)) this.channel = this.readable()[0]?.id ?? "";
    this.emit("reset");
  }

  // readable lists the channels that hold messages: no categories, forums, voice.
  readable() {
    return [...this.channels.values()].filter((channel) => [0, 5, 10, 11, 12].includes(channel.type ?? 0));
  }

  // sorted gives a channel's messages oldest first.
  sorted(channel) {
    return [...(this.messages.get(channel)?.values() ?? [])].sort((a, b) => compareIds(a.id, b.id));
  }

  name(id) {
    const member = this.members.get(id);
    if (member) return member.display_name || member.username;
    return id === this.bot.id ? this.bot.username : "unknown";
  }

  // person is what an avatar and a byline need to know of a message's author.
  person(user) {
    const member = this.members.get(user.id);
    return {
      id: user.id,
      name: member?.display_name || user.global_name || member?.username || user.username || "unknown",
      bot: Boolean(user.bot || member?.bot || user.id === this.bot.id),
      hue: this.#hue(user.id),
    };
  }

  // hue gives people their colours in turn. Ids grow with time, so whoever comes
  // later changes nobody's colour, and no two share one before all are used up.
  #hue(id) {
    const people = [...this.members.values()].filter((member) => !member.bot).map((member) => member.id).sort(compareIds);
    return Math.max(people.indexOf(id), 0) % hues;
  }

  // owns says whether a member owns the server, and so may do all in it.
  owns(id) {
    return id !== "" && id === this.guild.owner_id;
  }

  apply(event) {
    switch (event.type) {
      case "message":
      case "ephemeral":
        if (event.type === "ephemeral" && event.user && event.user !== this.me) return;
        return this.#put(event.message);
      case "edit":
        return this.#put(event.message);
      case "delete":
        this.messages.get(event.channel_id)?.delete(event.id);
        return this.emit("delete", event.channel_id, event.id);
      case "typing":
        return this.#typing(event.channel_id, event.user_id);
      case "member":
        this.members.set(event.member.id, event.member);
        return this.emit("members");
      case "channel":
        this.channels.set(event.channel.id, event.channel);
        return this.emit("channels");
      case "channel_delete":
        return this.#dropChannel(event.id);
      case "interaction":
        if (event.user && event.user !== this.me) return;
        this.interactions.set(event.id, { state: event.state, error: event.error });
        return this.emit("interaction", event.id, event.state, event.error);
      case "modal":
        if (event.user && event.user !== this.me) return;
        return this.emit("modal", event.interaction_id, event.modal);
      case "commands":
        this.commands = event.commands ?? [];
        return this.emit("commands");
    }
  }

  #put(message) {
    if (!this.messages.has(message.channel_id)) this.messages.set(message.channel_id, new Map());
    const channel = this.messages.get(message.channel_id);
    const fresh = !channel.has(message.id);
    channel.set(message.id, message);
    if (this.typing.get(message.channel_id)?.delete(message.author?.id)) this.emit("typing");
    if (fresh && message.channel_id !== this.channel) {
      this.unread.set(message.channel_id, (this.unread.get(message.channel_id) ?? 0) + 1);
      this.emit("channels");
    }
    this.emit(fresh ? "message" : "edit", message);
  }

  #typing(channel, user) {
    if (user === this.me) return;
    if (!this.typing.has(channel)) this.typing.set(channel, new Map());
    const until = Date.now() + typingLasts;
    this.typing.get(channel).set(user, until);
    this.emit("typing");
    setTimeout(() => {
      if (this.typing.get(channel)?.get(user) !== until) return;
      this.typing.get(channel).delete(user);
      this.emit("typing");
    }, typingLasts);
  }

  #dropChannel(id) {
    this.channels.delete(id);
    this.messages.delete(id);
    this.unread.delete(id);
    if (this.channel === id) this.show(this.readable()[0]?.id ?? "");
    else this.emit("channels");
  }

  // show brings a channel on screen.
  show(id) {
    this.channel = id;
    this.unread.delete(id);
    this.emit("reset");
  }
}
