// A plan by mouse: a team dragged to another group, a meeting to another week, asks what it costs.
// Everything here can be done without it, by the links and forms that it stands on.
(() => {
  const place = () => document.getElementById("ask");
  let held = null;
  let came = null;

  const ask = (address) => {
    came = document.activeElement;
    window.htmx.ajax("GET", address, { target: "#ask", swap: "innerHTML" });
  };

  const close = () => {
    place().replaceChildren();
    if (came) came.focus();
  };

  const addressOf = (one) => (one.matches("a") ? one : one.querySelector("a.move")).href;

  const targetOf = (event) => {
    if (!held) return null;
    const group = held.matches(".drag") && event.target.closest("[data-group]");
    if (group) return group.contains(held) ? null : group;
    const week = held.matches(".block") && event.target.closest("[data-week]");
    return week && week.parentElement === held.closest("tr") && !week.contains(held) ? week : null;
  };

  const sameWeekday = (day, monday) => {
    const offset = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
    const moved = new Date(`${monday}T00:00Z`);
    moved.setUTCDate(moved.getUTCDate() + offset);
    return moved.toISOString().slice(0, 10);
  };

  const unmark = () => document.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));

  const makeDraggable = () => {
    if (!place() || !window.htmx) return;
    for (const one of document.querySelectorAll("[data-move]")) one.draggable = true;
  };

  document.addEventListener("dragstart", (event) => {
    held = event.target.closest ? event.target.closest("[data-move]") : null;
    if (!held) return;
    held.classList.add("held-now");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", addressOf(held));
  });
  document.addEventListener("dragover", (event) => {
    const target = targetOf(event);
    unmark();
    if (!target) return;
    event.preventDefault();
    target.classList.add("over");
  });
  document.addEventListener("drop", (event) => {
    const target = targetOf(event);
    if (!target) return;
    event.preventDefault();
    const to = target.dataset.group || sameWeekday(held.dataset.day, target.dataset.week);
    ask(`${addressOf(held)}?to=${to}`);
  });
  document.addEventListener("dragend", () => {
    unmark();
    if (held) held.classList.remove("held-now");
    held = null;
  });

  document.addEventListener("click", (event) => {
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss && place() && place().contains(dismiss)) {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && place() && place().firstElementChild) close();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const question = event.target.querySelector ? event.target.querySelector("#question") : null;
    if (question) question.focus();
  });

  // An address to copy.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.setAttribute("aria-label", button.dataset.done);
      button.classList.add("chosen");
    } catch {
      // The text is chosen; the reader copies it herself.
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    makeDraggable();
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  });
})();
