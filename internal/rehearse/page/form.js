// A modal of the bot as a dialog with a form.
import { h, byId } from "./dom.js";
import { post } from "./api.js";
import { markdown } from "./text.js";

const paragraphStyle = 2;

// openForm shows a modal and sends what was filled in.
export function openForm(room, interactionID, modal, sent) {
  const dialog = byId("form");
  const readers = []; // [{id, read}]
  const failure = h("p", { class: "failure", role: "alert", hidden: true });
  const form = h("form", {
    on: {
      submit: async (event) => {
        event.preventDefault();
        const values = Object.fromEntries(readers.map(({ id, read }) => [id, read()]));
        try {
          sent(await post("/control/modal", { user: room.me, interaction_id: interactionID, custom_id: modal.custom_id, values }));
          dialog.close();
        } catch (error) {
          failure.textContent = error.message;
          failure.hidden = false;
        }
      },
    },
  }, (modal.components ?? []).map((component) => part(component, {}, room, readers)), failure,
  h("div", { class: "dialog-end" },
    h("button", { type: "button", class: "button secondary", on: { click: () => dialog.close() } }, "Cancel"),
    h("button", { type: "submit", class: "button primary" }, "Submit")));
  dialog.replaceChildren(h("h2", { id: "form-title" }, modal.title), form);
  if (!dialog.open) dialog.showModal();
  form.querySelector("input, textarea, select")?.focus();
}

function part(component, label, room, readers) {
  switch (component.type) {
    case 1:
      return (component.components ?? []).map((child) => part(child, { text: child.label }, room, readers));
    case 18:
      return part(component.component, { text: component.label, description: component.description }, room, readers);
    case 10:
      return markdown(component.content ?? "", room);
    case 4:
      return labelled(component, label, textInput(component), readers, (input) => input.value);
    case 3:
      return labelled(component, label, selectInput(component), readers, (input) => [...input.selectedOptions].map((option) => option.value).filter(Boolean));
    default:
      return h("p", { class: "unknown" }, `This page cannot show components of type ${component?.type}.`);
  }
}

let count = 0;

function labelled(component, label, input, readers, read) {
  input.id = `form-field-${++count}`;
  readers.push({ id: component.custom_id, read: () => read(input) });
  const required = component.required !== false;
  input.required = required && (component.min_values ?? 1) > 0;
  const hint = label.description ? h("p", { class: "hint", id: `${input.id}-hint` }, label.description) : null;
  if (hint) input.setAttribute("aria-describedby", hint.id);
  return h("div", { class: "form-field" }, h("label", { for: input.id }, label.text ?? component.label ?? "Answer", required ? null : h("span", { class: "hint" }, " (optional)")), hint, input);
}

function textInput(component) {
  const shared = { placeholder: component.placeholder || null, minlength: component.min_length || null, maxlength: component.max_length ?? 4000, autocomplete: "off" };
  if (component.style !== paragraphStyle) return h("input", { type: "text", value: component.value ?? "", ...shared });
  const area = h("textarea", { rows: 5, ...shared });
  area.value = component.value ?? "";
  return area;
}

function selectInput(component) {
  const many = (component.max_values ?? 1) > 1;
  return h("select", { multiple: many }, many ? null : h("option", { value: "" }, component.placeholder ?? "Choose"),
    (component.options ?? []).map((option) => h("option", { value: option.value, selected: option.default ?? false }, option.label)));
}
