// Discord's message components as elements: the second version's layout, and the
// rows of buttons and selects that both versions share.
import { h, icon, hidden } from "./dom.js";
import { markdown, anchor } from "./text.js";
import { stringSelect } from "./select.js";

export const componentsV2Flag = 1 << 15;

const buttonStyles = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

// body renders what a message says. act = {press(customID, element), select(customID, values, element)}.
export function body(message, room, act) {
  const parts = [];
  if (!((message.flags ?? 0) & componentsV2Flag)) {
    if (message.content) parts.push(markdown(message.content, room));
    parts.push(...(message.embeds ?? []).map((embed) => embedElement(embed, message, room)));
    parts.push(...(message.attachments ?? []).map((file) => attachment(file)));
  }
  parts.push(...(message.components ?? []).map((component) => element(component, message, room, act)));
  return parts;
}

// element renders one component and what it holds.
export function element(component, message, room, act) {
  const inner = (list) => (list ?? []).map((child) => element(child, message, room, act));
  switch (component.type) {
    case 1:
      return h("div", { class: "row" }, inner(component.components));
    case 2:
      return button(component, act);
    case 3:
      return stringSelect(component, act);
    case 9:
      return h("div", { class: "section" }, h("div", { class: "section-text" }, inner(component.components)),
        component.accessory ? h("div", { class: "accessory" }, element(component.accessory, message, room, act)) : null);
    case 10:
      return markdown(component.content ?? "", room);
    case 11:
      return covered(component.spoiler, picture(component, message, "thumbnail"));
    case 12:
      return gallery(component, message);
    case 13:
      return covered(component.spoiler, fileCard(component, message));
    case 14:
      return h("hr", { class: `separator ${component.spacing === 2 ? "wide" : ""} ${component.divider === false ? "bare" : ""}`, "aria-hidden": component.divider === false ? "true" : null });
    case 17:
      return container(component, inner(component.components));
    default:
      return h("p", { class: "unknown" }, `This page cannot show components of type ${component.type}.`);
  }
}

function container(component, children) {
  const color = component.accent_color;
  const box = h("div", { class: "container", style: Number.isInteger(color) ? { "--stripe": hex(color) } : {} }, children);
  return covered(component.spoiler, box);
}

const hex = (color) => `#${(color & 0xffffff).toString(16).padStart(6, "0")}`;

function button(component, act) {
  const label = [emoji(component.emoji), component.label ? h("span", { class: "label" }, component.label) : null];
  const style = buttonStyles[component.style] ?? "secondary";
  if (component.style === 5) {
    if (component.disabled || !/^https?:\/\//i.test(component.url ?? "")) return h("button", { type: "button", class: "button link", disabled: true }, label);
    const link = anchor(component.url, [label, icon("out"), hidden(" (opens a new tab)")]);
    link.className = "button link";
    return link;
  }
  const element = h("button", {
    type: "button", class: `button ${style}`, disabled: component.disabled,
    "aria-label": component.label ? null : component.emoji?.name ?? "Button",
    data: { customId: component.custom_id ?? "" },
    on: { click: () => act.press(component.custom_id, element) },
  }, label);
  return element;
}

// emoji is decoration beside a label; custom ones have no picture here, so their name stands in.
export function emoji(value) {
  if (!value?.name) return null;
  return h("span", { class: "emoji", "aria-hidden": "true" }, value.id ? `:${value.name}:` : value.name);
}

// mediaURL resolves what a component points to. Only this server's own files are loaded.
function mediaURL(media, message) {
  let url = media?.url ?? "";
  if (url.startsWith("attachment://")) {
    const name = url.slice("attachment://".length);
    url = (message.attachments ?? []).find((file) => file.filename === name)?.url ?? "";
  }
  return ownPath(url);
}

export function ownPath(url) {
  try {
    const parsed = new URL(url, location.href);
    return parsed.pathname.startsWith("/attachments/") ? parsed.pathname + parsed.search : "";
  } catch {
    return "";
  }
}

function picture(component, message, kind) {
  const src = mediaURL(component.media, message);
  const alt = component.description ?? "";
  if (!src) return missing(component.media?.url, alt);
  const type = component.media?.content_type ?? "";
  if (type.startsWith("video/")) return h("video", { class: kind, src, controls: true, preload: "metadata", "aria-label": alt || "Video" });
  const image = h("img", {
    class: kind, src, alt, decoding: "async", width: component.media?.width || null, height: component.media?.height || null,
    title: alt || null,
    on: { error: () => image.replaceWith(missing(src, alt)) },
  });
  return image;
}

// missing stands in for a picture that cannot be shown: its description still can.
function missing(url, alt) {
  return h("p", { class: "missing" }, icon("file"), alt || "Picture without a description", /^https?:/i.test(url ?? "") ? [" ", anchor(url, "open")] : null);
}

function gallery(component, message) {
  const items = component.items ?? [];
  return h("div", { class: "gallery", data: { count: Math.min(items.length, 4) } },
    items.map((item) => covered(item.spoiler, h("figure", null, picture(item, message, "media")))));
}

function fileCard(component, message) {
  const url = component.file?.url ?? "";
  const named = url.startsWith("attachment://") ? url.slice("attachment://".length) : decodeURIComponent(url.split(/[?#]/)[0].split("/").pop() ?? "");
  const file = (message.attachments ?? []).find((candidate) => candidate.url === url || candidate.filename === named);
  return fileLink(component.name ?? file?.filename ?? named, mediaURL(component.file, message), component.size ?? file?.size);
}

function fileLink(name, href, size) {
  const label = [icon("file"), h("span", { class: "file-name" }, name || "file"), Number.isFinite(size) ? h("span", { class: "file-size" }, bytes(size)) : null];
  return href ? h("a", { class: "file", href, download: name || true }, label) : h("span", { class: "file" }, label);
}

function bytes(size) {
  if (size < 1024) return `${size} bytes`;
  if (size < 1024 * 1024) return `${(size / 1024).toFixed(1)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}

function attachment(file) {
  const src = ownPath(file.url ?? "");
  if (!src || !(file.content_type ?? "").startsWith("image/")) return fileLink(file.filename, src, file.size);
  return h("figure", { class: "attached" }, h("img", { class: "media", src, alt: file.description ?? "", decoding: "async", width: file.width || null, height: file.height || null }));
}

// covered hides a spoiler behind a button that says so.
function covered(spoiler, content) {
  if (!spoiler) return content;
  const box = h("div", { class: "covered" });
  const reveal = h("button", { type: "button", class: "button secondary", on: { click: () => box.replaceWith(content) } }, "Spoiler: show");
  box.append(reveal);
  return box;
}

function embedElement(embed, message, room) {
  const title = embed.title ? h("p", { class: "embed-title" }, /^https?:/i.test(embed.url ?? "") ? anchor(embed.url, embed.title) : embed.title) : null;
  const image = embed.image ? picture({ media: embed.image, description: embed.title }, message, "media") : null;
  return h("div", { class: "container", style: Number.isInteger(embed.color) ? { "--stripe": hex(embed.color) } : {} },
    embed.author?.name ? h("p", { class: "subtext" }, embed.author.name) : null,
    title,
    embed.description ? markdown(embed.description, room) : null,
    embed.fields?.length ? h("dl", { class: "embed-fields" }, embed.fields.map((field) => h("div", null, h("dt", null, field.name), h("dd", null, markdown(field.value ?? "", room))))) : null,
    image,
    embed.footer?.text ? h("p", { class: "subtext" }, embed.footer.text) : null);
}
