// The side panels, which are drawers on a narrow screen, and the colours.
import { icon, byId } from "./dom.js";

const narrow = matchMedia("(max-width: 860px)");

function panel(name) {
  return { button: byId(`${name}-toggle`), box: byId(name) };
}

// startPanels wires the channel list and the member list.
export function startPanels(room) {
  const app = byId("app");
  const curtain = byId("curtain");
  const panels = { people: panel("people"), channels: panel("channels") };
  byId("people-toggle").append(icon("people"));
  byId("channels-toggle").append(icon("menu"));

  const set = (name, open) => {
    app.classList.toggle(`${name}-open`, open);
    panels[name].button.setAttribute("aria-expanded", String(open));
    // What is out of sight must be out of the tab order too.
    panels[name].box.inert = !open && (name === "people" || narrow.matches);
    curtain.hidden = !(narrow.matches && Object.keys(panels).some((other) => app.classList.contains(`${other}-open`)));
  };
  const close = () => {
    for (const name of Object.keys(panels)) {
      if (!app.classList.contains(`${name}-open`)) continue;
      set(name, false);
      panels[name].button.focus();
    }
  };
  const settle = () => { set("people", !narrow.matches); set("channels", false); };

  for (const name of Object.keys(panels)) {
    panels[name].button.addEventListener("click", () => set(name, !app.classList.contains(`${name}-open`)));
  }
  curtain.addEventListener("click", close);
  app.addEventListener("keydown", (event) => { if (event.key === "Escape" && !curtain.hidden) close(); });
  narrow.addEventListener("change", settle);
  window.addEventListener("hashchange", () => { if (narrow.matches) set("channels", false); });
  room.on("reset", () => byId("scroller").setAttribute("aria-label", `Messages in ${room.channels.get(room.channel)?.name ?? "no channel"}`));
  settle();
}

// startTheme wires the switch between light and dark; until it is used, the system decides.
export function startTheme() {
  const button = byId("theme-toggle");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => button.setAttribute("aria-pressed", String(dark()));
  button.append(icon("moon"));
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("rehearsal.theme", root.dataset.theme);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
}
