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

// A text file that is dropped on a field is read into it.
for (const field of document.querySelectorAll("fieldset textarea")) {
  const box = field.closest("fieldset");
  field.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("dropping");
  });
  field.addEventListener("dragleave", () => box.classList.remove("dropping"));
  field.addEventListener("drop", async (event) => {
    const [file] = event.dataTransfer.files;
    box.classList.remove("dropping");
    if (!file) return;
    event.preventDefault();
    field.value = await file.text();
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

// Files that are dropped on a form that takes some are chosen.
for (const form of document.querySelectorAll("[data-dropfiles]")) {
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    form.querySelector("input[type=file]").files = event.dataTransfer.files;
  });
}
