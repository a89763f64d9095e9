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
    if (jump || event.target.closest(".close") || isBeside(event, dialog)) dialog.close();
  });
}

/** Whether a click was on the darkened page; one between two fields of a sheet has the dialog as its target too. */
function isBeside(event, dialog) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
  return event.target === dialog && !inside;
}
