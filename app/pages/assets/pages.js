// What a page does better with a script; without it everything can be read and sent all the same.
"use strict";

// The address says which sections are folded: it can be kept and sent.
const sections = [...document.querySelectorAll("details.section[id]")];
function remember() {
  const address = new URL(location.href);
  address.searchParams.delete("fold");
  const folded = sections.filter((each) => !each.open).map((each) => each.id);
  address.searchParams.set("fold", folded.join(",") || "none");
  history.replaceState(null, "", address);
}
if (document.querySelector("[data-folds]")) {
  for (const each of sections) {
    each.querySelector("summary").addEventListener("click", () => setTimeout(remember));
  }
}

// Paper shows all: browsers that cannot be told so by the style are told here.
if (!CSS.supports("selector(::details-content)")) {
  const folded = () => [...document.querySelectorAll("details.section:not([open])")];
  addEventListener("beforeprint", () => {
    const opened = folded();
    for (const each of opened) each.open = true;
    addEventListener("afterprint", () => opened.forEach((each) => (each.open = false)), { once: true });
  });
}

// A file that is dropped on a text, or opened beside it, is read into it.
const readable = /\.(txt|text|md|markdown|html?)$/i;
async function read(file, field, told) {
  const html = file.type === "text/html" || /\.html?$/i.test(file.name);
  if (!html && !file.type.startsWith("text/") && !readable.test(file.name)) {
    told.textContent = `${file.name} is not a text or an HTML page. Add it to the collection instead.`;
    return;
  }
  const text = await file.text();
  field.value = html ? paragraphs(text) : text;
  told.textContent = `${file.name} was read.`;
  field.focus();
  field.setSelectionRange(0, 0);
}
// The paragraphs of an HTML page, in their order; nothing of it is run or loaded.
function paragraphs(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const all = [...page.querySelectorAll("h1, h2, h3, p, li, blockquote")].filter(
    (each) => !each.closest("nav, header, footer, aside, form") || each.matches("article *"),
  );
  const lines = all.filter((each) => !each.querySelector("p")).map((each) => each.textContent);
  return lines.map((each) => each.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n\n");
}
const texts = [...document.querySelectorAll("[data-reads]")].map((input) => {
  const field = document.getElementById(input.dataset.reads);
  const opener = input.closest(".open-file");
  const take = (file) => read(file, field, opener.querySelector("[role=status]"));
  opener.hidden = false;
  input.addEventListener("change", () => input.files.length && take(input.files[0]));
  dropped(field.closest("fieldset"), (files) => take(files[0]));
  return { field, take };
});
// Several at once, or one beside the texts, go where nothing stands yet.
if (texts.length) {
  dropped(document.body, (files) => {
    const free = texts.filter((each) => !each.field.value);
    free.slice(0, files.length).forEach((each, number) => each.take(files[number]));
  });
}

// Files that are dropped anywhere on a page that takes some are chosen in its form.
for (const form of document.querySelectorAll("[data-dropfiles]")) {
  const input = form.querySelector("input[type=file]");
  const button = form.querySelector("button[type=submit]");
  const tell = () => {
    const names = [...input.files].map((each) => each.name);
    const rest = names.length > 3 ? ` and ${names.length - 3} more` : "";
    const chosen = names.length ? `${names.slice(0, 3).join(", ")}${rest}` : "";
    form.querySelector("[data-chosen]").textContent = chosen;
  };
  input.addEventListener("change", tell);
  dropped(document.body, (files) => {
    input.files = files;
    tell();
    button.focus();
  });
}

// Calls `taken` with the files that are dropped there; while some are held over it, it says so.
function dropped(box, taken) {
  const held = (event) => event.dataTransfer.types.includes("Files");
  box.addEventListener("dragover", (event) => {
    if (!held(event)) return;
    event.preventDefault();
    box.classList.add("dropping");
  });
  box.addEventListener("dragleave", (event) => {
    if (!box.contains(event.relatedTarget)) box.classList.remove("dropping");
  });
  box.addEventListener("drop", (event) => {
    box.classList.remove("dropping");
    if (!held(event)) return;
    event.preventDefault();
    event.stopPropagation();
    document.body.classList.remove("dropping");
    taken(event.dataTransfer.files);
  });
}

// What takes a moment says so.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", ({ submitter }) => {
    const button = submitter || form.querySelector("button[type=submit]");
    button.setAttribute("aria-busy", "true");
    button.textContent = button.dataset.busy || "One moment …";
  });
}

// An import tells how far it is; when it is done, its page says what came of it.
for (const box of document.querySelectorAll("[data-progress]")) {
  const events = new EventSource(box.dataset.progress);
  events.onmessage = ({ data }) => {
    const told = JSON.parse(data);
    for (const each of box.querySelectorAll("[data-count]")) {
      each.textContent = told[each.dataset.count];
    }
    box.querySelector("progress").value = told.created + told.existing + told.failed;
    if (told.state === "done") {
      events.close();
      location.reload();
    }
  };
}
