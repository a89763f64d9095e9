// Sheets that open above the page.

const OPENERS = {
  list: ["chapters", () => document.querySelector(".chapter[aria-current]")?.focus()],
  menu: ["more"],
  "open-transcript": ["transcript", openTranscript],
  "open-log": ["log", openLog],
  "finish-log": ["log", openLog],
};

for (const [button, [dialog, opened]] of Object.entries(OPENERS)) {
  byId(button).addEventListener("click", () => {
    byId("more").close();
    byId(dialog).showModal();
    opened?.();
  });
}

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("click", (event) => {
    const jump = event.target.closest("[data-start]");
    if (jump) seek(Number(jump.dataset.start));
    // A click on the dialog itself is one beside its content: on the darkened page.
    if (jump || event.target === dialog || event.target.closest(".close")) dialog.close();
  });
}
