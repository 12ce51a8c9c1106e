// Building elements. Text always becomes text nodes: nothing here, or anywhere on
// this page, hands a message's words to an HTML parser.

// h makes an element. Props: class, on {event: handler}, style {property: value},
// data {name: value}; everything else is an attribute (false, null and undefined
// leave it out, true sets it empty). Children: nodes, strings, arrays, null.
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else if (name === "style") for (const [property, v] of Object.entries(value)) element.style.setProperty(property, v);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

// hidden gives words to screen readers alone.
export const hidden = (text) => h("span", { class: "visually-hidden" }, text);

const paths = {
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Zm-6.500 8c0-3.300 2.900-5.500 6.500-5.500s6.500 2.200 6.500 5.500M16 4.400a3.400 3.400 0 0 1 0 6.200M18.300 14c2 .8 3.200 2.600 3.200 5",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500Z",
  menu: "M4 7h16M4 12h16M4 17h16",
  down: "m6 9 6 6 6-6",
  arrow: "M12 5v13m-6-6 6 6 6-6",
  send: "M5 12h13m-6-6 6 6-6 6",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12Zm9.500 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  out: "M14 5h5v5m0-5-8 8M10 6H6.500A1.500 1.500 0 0 0 5 7.500v10A1.500 1.500 0 0 0 6.500 19h10a1.500 1.500 0 0 0 1.500-1.500V14",
  file: "M13.500 3.500H7A1.500 1.500 0 0 0 5.500 5v14A1.500 1.500 0 0 0 7 20.500h10a1.500 1.500 0 0 0 1.500-1.500V8.500l-5-5Zm0 0v5h5",
  close: "m6 6 12 12M18 6 6 18",
  check: "m5 12.500 4.500 4.500L19 7.500",
};

// icon draws one of the page's own line icons; it is never the only name of a control.
export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

// avatar is a disc with initials in the person's colour.
export function avatar(person, size = "") {
  const words = (person?.name ?? "?").trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  const initials = letters.map((word) => [...word][0].toUpperCase()).join("") || "?";
  return h("span", { class: `avatar ${size}`, "aria-hidden": "true", data: { hue: person?.bot ? "bot" : person?.hue ?? 0 } }, initials);
}

// appBadge marks what a program wrote.
export const appBadge = () => h("span", { class: "badge" }, "APP");
