// Slash commands as data: what can be typed, and what was. No elements here.

export const optionType = { subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, attachment: 11 };

const administrator = 8n;

// entries lists every command a member may use, one a subcommand, in registered order.
export function entries(commands, permissions) {
  const out = [];
  for (const command of commands) {
    if ((command.type ?? 1) !== 1 || !allowed(command, permissions)) continue;
    const options = command.options ?? [];
    const subs = options.filter((option) => option.type <= optionType.group);
    if (subs.length === 0) out.push(entry(command, [command.name], command.description, options));
    for (const sub of subs) {
      if (sub.type === optionType.subcommand) out.push(entry(command, [command.name, sub.name], sub.description, sub.options ?? []));
      else for (const inner of sub.options ?? []) out.push(entry(command, [command.name, sub.name, inner.name], inner.description, inner.options ?? []));
    }
  }
  return out;
}

function entry(command, path, description, options) {
  return { command, path, text: `/${path.join(" ")}`, description: description ?? "", options };
}

function allowed(command, permissions) {
  const needs = command.default_member_permissions;
  if (needs === null || needs === undefined) return true;
  let has = 0n;
  try {
    has = BigInt(permissions ?? "0");
  } catch {
    return true;
  }
  if (has & administrator) return true;
  return BigInt(needs) !== 0n && (has & BigInt(needs)) === BigInt(needs);
}

// matching narrows entries by what stands after the slash; beginnings come first.
export function matching(all, text) {
  const wanted = text.replace(/^\//, "").trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const fits = all.filter((one) => words.every((word) => one.text.toLowerCase().includes(word) || one.description.toLowerCase().includes(word)));
  const rank = (one) => (one.text.slice(1).startsWith(wanted) ? 0 : words.every((word) => one.text.includes(word)) ? 1 : 2);
  return fits.map((one, index) => ({ one, index })).sort((a, b) => rank(a.one) - rank(b.one) || a.index - b.index).map(({ one }) => one);
}

// begun finds the command that text spells out in full, and what follows it.
export function begun(all, text) {
  let best = null;
  for (const one of all) {
    if (text !== one.text && !text.startsWith(`${one.text} `)) continue;
    if (!best || one.text.length > best.text.length) best = one;
  }
  return best && { entry: best, rest: text.slice(best.text.length).trim() };
}

// pairs reads "story:last-dance pace:2" into {story: "last-dance", pace: "2"}. A text
// without any option's name belongs to the first option.
export function pairs(rest, options) {
  const names = options.map((option) => option.name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!rest || names.length === 0) return {};
  const marks = [...rest.matchAll(new RegExp(`(?:^|\\s)(${names.join("|")}):`, "g"))];
  if (marks.length === 0) return { [options[0].name]: rest };
  const out = {};
  marks.forEach((mark, i) => {
    out[mark[1]] = rest.slice(mark.index + mark[0].length, marks[i + 1]?.index).trim();
  });
  return out;
}

// choices lists the fixed answers of an option, or null where text is free.
export function choices(option, room) {
  if (option.choices?.length) return option.choices;
  switch (option.type) {
    case optionType.boolean:
      return [{ name: "True", value: true }, { name: "False", value: false }];
    case optionType.user:
    case optionType.mentionable:
      return [...room.members.values()].map((member) => ({ name: member.display_name || member.username, value: member.id }));
    case optionType.channel:
      return [...room.channels.values()].filter((channel) => !option.channel_types?.length || option.channel_types.includes(channel.type))
        .map((channel) => ({ name: `#${channel.name}`, value: channel.id }));
    default:
      return null;
  }
}

// read turns what stands in a field into the option's value: {value} or {error}.
export function read(option, text, room) {
  const fixed = choices(option, room);
  if (fixed) {
    const lower = text.toLowerCase();
    const found = fixed.find((choice) => choice.name.toLowerCase() === lower) ?? fixed.find((choice) => String(choice.value).toLowerCase() === lower);
    return found ? { value: found.value } : { error: `${option.name}: choose one from the list` };
  }
  switch (option.type) {
    case optionType.integer:
    case optionType.number:
      return number(option, text);
    case optionType.string: {
      const length = [...text].length;
      if (length < (option.min_length ?? 0)) return { error: `${option.name}: at least ${option.min_length} characters` };
      if (length > (option.max_length ?? 6000)) return { error: `${option.name}: at most ${option.max_length ?? 6000} characters` };
      return { value: text };
    }
    default:
      return { error: `${option.name}: this page cannot fill in this kind of option` };
  }
}

const largestFile = 10 * 1024 * 1024; // bytes, as Discord takes from anyone

// readFile turns a chosen file into an attachment option's value: {value} or {error}.
export async function readFile(option, file) {
  if (!file) return { error: `${option.name}: choose a file` };
  if (file.size > largestFile) return { error: `${option.name}: the file is larger than 10 MB` };
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(new Error(`${option.name}: the file cannot be read`));
    reader.readAsDataURL(file);
  });
  return { value: { filename: file.name, content_type: file.type || "application/octet-stream", data: url.slice(url.indexOf(",") + 1) } };
}

function number(option, text) {
  const value = Number(text.replace(",", "."));
  if (text === "" || !Number.isFinite(value)) return { error: `${option.name}: a number` };
  if (option.type === optionType.integer && !Number.isInteger(value)) return { error: `${option.name}: a whole number` };
  if (value < (option.min_value ?? -Infinity)) return { error: `${option.name}: ${option.min_value} or more` };
  if (value > (option.max_value ?? Infinity)) return { error: `${option.name}: ${option.max_value} or less` };
  return { value };
}
