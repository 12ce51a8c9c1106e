// Discord's markdown as a tree. parse is pure: text in, plain objects out; text.js
// turns them into elements.
//
// Blocks: {block: "heading", level, children} {block: "subtext", children}
//   {block: "paragraph", children} {block: "quote", blocks} {block: "code", lang, text}
//   {block: "list", ordered, start, items: [{children, blocks}]}
// Inlines: strings, {inline: "break"|"bold"|"italic"|"underline"|"strike"|"spoiler", children}
//   {inline: "code", text} {inline: "link", url, children} {inline: "time", seconds, style}
//   {inline: "user"|"role"|"channel"|"emoji", id, name} {inline: "command", name}

const deepest = 12; // nesting beyond this is shown as it was written

export function parse(text, depth = 0) {
  const blocks = [];
  const fence = /```(?:([\w+#-]+)\n)?([\s\S]*?)```/g;
  let from = 0;
  for (const match of text.matchAll(fence)) {
    if (!match[2].trim()) continue;
    parseLines(text.slice(from, match.index).replace(/\n$/, ""), blocks, depth);
    blocks.push({ block: "code", lang: match[1] ?? "", text: match[2].replace(/^\n|\n$/g, "") });
    from = match.index + match[0].length;
    if (text[from] === "\n") from++;
  }
  parseLines(text.slice(from), blocks, depth);
  return blocks;
}

function parseLines(text, blocks, depth) {
  if (text === "") return;
  const lines = text.split("\n");
  let paragraph = null;
  const flush = () => { paragraph = null; };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    let match;
    if (line.trim() === "") {
      flush();
    } else if (depth < deepest && (match = /^>>> ?([\s\S]*)/.exec(line))) {
      blocks.push({ block: "quote", blocks: parse([match[1], ...lines.slice(i + 1)].join("\n"), depth + 1) });
      break;
    } else if (depth < deepest && /^> /.test(line)) {
      const quoted = [];
      while (i < lines.length && /^>( |$)/.test(lines[i])) quoted.push(lines[i++].slice(2));
      i--;
      flush();
      blocks.push({ block: "quote", blocks: parse(quoted.join("\n"), depth + 1) });
    } else if ((match = /^(#{1,3}) +(.+)/.exec(line))) {
      flush();
      blocks.push({ block: "heading", level: match[1].length, children: inline(match[2].trim()) });
    } else if ((match = /^-# +(.+)/.exec(line))) {
      flush();
      blocks.push({ block: "subtext", children: inline(match[1]) });
    } else if (item(line)) {
      flush();
      i = parseList(lines, i, blocks) - 1;
    } else {
      if (!paragraph) blocks.push(paragraph = { block: "paragraph", raw: [] });
      paragraph.raw.push(line);
    }
  }
  for (const block of blocks) {
    if (!block.raw) continue;
    // A paragraph is parsed whole, since emphasis may run over a line's end.
    block.children = inline(block.raw.join("\n"));
    delete block.raw;
  }
}

const item = (line) => /^( *)([-*]|\d{1,9}\.) +(\S.*)$/.exec(line);

// parseList reads one list with its deeper levels; returns the line after it.
function parseList(lines, at, blocks) {
  const first = item(lines[at]);
  const indent = first[1].length;
  const ordered = /\d/.test(first[2]);
  const list = { block: "list", ordered, start: ordered ? parseInt(first[2], 10) : 1, items: [] };
  blocks.push(list);
  while (at < lines.length) {
    const match = item(lines[at]);
    if (!match || match[1].length < indent) break;
    if (match[1].length > indent + 1 && list.items.length) {
      at = parseList(lines, at, list.items[list.items.length - 1].blocks);
      continue;
    }
    if (/\d/.test(match[2]) !== ordered) break;
    list.items.push({ children: inline(match[3]), blocks: [] });
    at++;
  }
  return at;
}

const spans = [
  ["***", "bold", "italic"], ["**", "bold"], ["__", "underline"], ["~~", "strike"], ["||", "spoiler"], ["*", "italic"], ["_", "italic"],
];

// inline parses emphasis, code, links, mentions and moments within a text.
export function inline(text, depth = 0) {
  const out = [];
  let plain = "";
  const push = (node) => {
    if (plain) out.push(plain);
    plain = "";
    out.push(node);
  };
  let i = 0;
  while (i < text.length) {
    const found = token(text, i, depth);
    if (!found) {
      plain += text[i++];
      continue;
    }
    if (typeof found.node === "string") plain += found.node;
    else push(found.node);
    i = found.end;
  }
  if (plain) out.push(plain);
  return out;
}

// token recognises what begins at i, or null for an ordinary character.
function token(text, i, depth) {
  const c = text[i];
  switch (c) {
    case "\n":
      return { node: { inline: "break" }, end: i + 1 };
    case "\\":
      return /[!-/:-@[-`{-~]/.test(text[i + 1] ?? "") ? { node: text[i + 1], end: i + 2 } : null;
    case "`":
      return code(text, i);
    case "<":
      return angle(text, i);
    case "[":
      return depth < deepest ? link(text, i, depth) : null;
    case "h":
      return bareLink(text, i);
    case "*": case "_": case "~": case "|":
      return depth < deepest ? span(text, i, depth) : null;
    default:
      return null;
  }
}

function code(text, i) {
  const ticks = /^`+/.exec(text.slice(i))[0];
  let from = i + ticks.length;
  for (;;) {
    const close = text.indexOf(ticks, from);
    if (close < 0) return { node: ticks, end: i + ticks.length };
    const run = /^`+/.exec(text.slice(close))[0].length;
    if (run === ticks.length && close > i + ticks.length) {
      const body = text.slice(i + ticks.length, close);
      return { node: { inline: "code", text: body.length > 2 ? body.replace(/^ (.*) $/s, "$1") : body }, end: close + run };
    }
    from = close + run;
  }
}

const wordCharacter = /[\p{L}\p{N}]/u;

function span(text, i, depth) {
  for (const [mark, ...kinds] of spans) {
    if (!text.startsWith(mark, i)) continue;
    // snake_case words are words, and an opening star hugs what it opens.
    if (mark === "_" && wordCharacter.test(text[i - 1] ?? "")) continue;
    if (mark !== "||" && /\s/.test(text[i + mark.length] ?? " ")) continue;
    const close = closing(text, i + mark.length, mark);
    if (close < 0) continue;
    let children = inline(text.slice(i + mark.length, close), depth + 1);
    for (const kind of kinds.toReversed()) children = [{ inline: kind, children }];
    return { node: children[0], end: close + mark.length };
  }
  return null;
}

// closing finds where mark ends again, stepping over escapes, code and longer runs.
function closing(text, from, mark) {
  const single = mark.length === 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\\") { i++; continue; }
    if (text[i] === "`") {
      const skip = code(text, i);
      i = skip.end - 1;
      continue;
    }
    if (!text.startsWith(mark, i) || i === from) continue;
    if (single) {
      let run = 1;
      while (text[i + run] === mark) run++;
      if (run === 2) { i++; continue; } // a pair belongs to stronger emphasis inside
      if (/\s/.test(text[i - 1])) continue;
      if (mark === "_" && wordCharacter.test(text[i + 1] ?? "")) continue;
      return run > 2 ? i + run - 1 : i;
    }
    // In a run longer than the mark, the last characters close it: **a *b***.
    let end = i;
    while (text[end + mark.length] === mark[0] && mark[0] !== "|") end++;
    return end;
  }
  return -1;
}

const webAddress = /^https?:\/\/[^\s<>]+/i;

function link(text, i, depth) {
  const match = /^\[((?:\\.|[^[\]\\]|\[[^[\]]*\])+)\]\(<?(https?:\/\/[^\s<>]+?)>?(?: +"[^"]*")?\)/i.exec(text.slice(i));
  if (!match) return null;
  let url = match[2];
  let end = i + match[0].length;
  // A URL may hold one balanced pair of brackets, as encyclopedias' do.
  if (url.includes("(") && !url.includes(")") && text[end] === ")") { url += ")"; end++; }
  return { node: { inline: "link", url, children: inline(match[1], depth + 1) }, end };
}

function bareLink(text, i) {
  if (wordCharacter.test(text[i - 1] ?? "")) return null;
  const match = webAddress.exec(text.slice(i, i + 2048));
  if (!match) return null;
  let url = match[0].replace(/[.,:;!?'"*_~|]+$/, "");
  while (url.endsWith(")") && url.split(")").length > url.split("(").length) url = url.slice(0, -1);
  return { node: { inline: "link", url, children: [url] }, end: i + url.length };
}

const angles = [
  [/^<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/, (m) => ({ inline: "time", seconds: Number(m[1]), style: m[2] ?? "f" })],
  [/^<@!?(\d+)>/, (m) => ({ inline: "user", id: m[1] })],
  [/^<@&(\d+)>/, (m) => ({ inline: "role", id: m[1] })],
  [/^<#(\d+)>/, (m) => ({ inline: "channel", id: m[1] })],
  [/^<\/([^:<>]{1,100}):(\d+)>/, (m) => ({ inline: "command", name: m[1], id: m[2] })],
  [/^<a?:(\w+):(\d+)>/, (m) => ({ inline: "emoji", name: m[1], id: m[2] })],
  [/^<(https?:\/\/[^\s<>]+)>/i, (m) => ({ inline: "link", url: m[1], children: [m[1]] })],
];

function angle(text, i) {
  const rest = text.slice(i, i + 2048);
  for (const [pattern, make] of angles) {
    const match = pattern.exec(rest);
    if (match) return { node: make(match), end: i + match[0].length };
  }
  return null;
}
