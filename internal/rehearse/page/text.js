// Markdown trees as elements.
import { h } from "./dom.js";
import { parse, inline } from "./markdown.js";
import { stamp } from "./times.js";

// The page's own headings are h1 and h2, so a message's begin at h3.
const headingTags = ["h3", "h4", "h5"];
const spanTags = { bold: "strong", italic: "em", underline: "u", strike: "s" };

// markdown renders a message's text. room names whom and what it mentions.
export function markdown(text, room) {
  return h("div", { class: "text" }, parse(text).map((block) => blockElement(block, room)));
}

// shortText renders one line's inlines, for labels and topics.
export const shortText = (text, room) => inline(text).map((node) => inlineElement(node, room));

function blockElement(node, room) {
  const children = () => node.children.map((child) => inlineElement(child, room));
  const blocks = (list) => list.map((child) => blockElement(child, room));
  switch (node.block) {
    case "heading":
      return h(headingTags[node.level - 1], null, children());
    case "subtext":
      return h("p", { class: "subtext" }, children());
    case "quote":
      return h("blockquote", null, blocks(node.blocks));
    case "code":
      return h("pre", { tabindex: "0", "aria-label": "Code" }, h("code", null, node.text));
    case "list":
      return h(node.ordered ? "ol" : "ul", { start: node.ordered && node.start !== 1 ? node.start : null },
        node.items.map((item) => h("li", null, item.children.map((child) => inlineElement(child, room)), blocks(item.blocks))));
    default:
      return h("p", null, children());
  }
}

function inlineElement(node, room) {
  if (typeof node === "string") return node;
  const children = () => (node.children ?? []).map((child) => inlineElement(child, room));
  switch (node.inline) {
    case "break":
      return h("br");
    case "code":
      return h("code", null, node.text);
    case "link":
      return anchor(node.url, children());
    case "time":
      return stamp(node.seconds, node.style) ?? "Invalid date";
    case "user":
      return mention(`@${room.name(node.id)}`, node.id === room.me);
    case "role":
      return mention("@role");
    case "channel":
      return channelLink(node.id, room);
    case "command":
      return h("button", { type: "button", class: "mention", on: { click: () => room.emit("compose", node.name) } }, `/${node.name}`);
    case "emoji":
      return `:${node.name}:`;
    case "spoiler":
      return spoiler(children());
    default:
      return h(spanTags[node.inline], null, children());
  }
}

const mention = (text, self) => h("span", { class: self ? "mention self" : "mention" }, text);

function channelLink(id, room) {
  const channel = room.channels.get(id);
  if (!channel) return mention("#unknown");
  return h("a", { class: "mention", href: `#${id}` }, `#${channel.name}`);
}

// anchor opens elsewhere and tells the other site nothing. Only http and https arrive here.
export function anchor(url, children) {
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, children);
}

// spoiler hides text until it is pressed; a screen reader hears that there is one.
function spoiler(children) {
  const body = h("span", { class: "spoiler-text", "aria-hidden": "true" }, children);
  const cover = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-expanded": "false", "aria-label": "Spoiler: show" }, body);
  const open = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    for (const name of ["role", "tabindex", "aria-expanded", "aria-label"]) cover.removeAttribute(name);
    body.removeAttribute("aria-hidden");
    cover.classList.add("open");
    cover.removeEventListener("click", open);
    cover.removeEventListener("keydown", open);
  };
  cover.addEventListener("click", open);
  cover.addEventListener("keydown", open);
  return cover;
}
