// What one writes in a form with data-draft is kept in the browser until it has arrived, so that an
// expired sign-in or a failed network loses nothing. The server says that it has (`ui/drafts.py`).
// Nothing is kept of other forms; anonymous ones never have the mark.
(() => {
  const PREFIX = "modig-draft:";
  const OLDEST = 14 * 24 * 3600 * 1000;
  const WAIT = 10000;
  const forms = () => document.querySelectorAll("form[data-draft]");
  // A key over a thousand may come with a space or a comma in it, after the language of the page.
  const nameOf = (form) => form.dataset.draft.replace(/[^a-z0-9:_-]/g, "");
  const keyOf = (form) => PREFIX + nameOf(form);
  const part = (form, name) => form.querySelector(`[data-draft-${name}]`);
  const before = new WeakMap();

  // The browser may refuse storage; then pages work as without script.
  const store = (() => {
    try {
      localStorage.setItem(`${PREFIX}try`, "1");
      localStorage.removeItem(`${PREFIX}try`);
      return localStorage;
    } catch {
      return null;
    }
  })();
  const keys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));

  const isText = (field) =>
    field.name && !["hidden", "file", "password", "submit", "button", "checkbox", "radio"].includes(field.type);
  const isChoice = (field) => field.name && ["checkbox", "radio"].includes(field.type);

  function written(form) {
    const fields = [...form.elements];
    return {
      texts: fields.filter(isText).map((field) => [field.name, field.value]),
      chosen: fields.filter(isChoice).filter((field) => field.checked).map((field) => [field.name, field.value]),
    };
  }

  function read(key) {
    try {
      return JSON.parse(store.getItem(key));
    } catch {
      return null;
    }
  }

  function keep(form) {
    const now = written(form);
    if (JSON.stringify(now) === before.get(form)) {
      store.removeItem(keyOf(form));
      return;
    }
    try {
      store.setItem(keyOf(form), JSON.stringify({ at: Date.now(), ...now }));
    } catch {
      // The store is full: what stood there before stays.
    }
  }

  function bringBack(form, draft) {
    const fields = [...form.elements];
    for (const [name, value] of draft.texts) {
      const field = fields.find((one) => isText(one) && one.name === name);
      if (field) field.value = value;
    }
    for (const field of fields.filter(isChoice)) {
      field.checked = draft.chosen.some(([name, value]) => name === field.name && value === field.value);
    }
    fields.filter(isText).forEach((field) => field.dispatchEvent(new Event("input", { bubbles: true })));
  }

  function timeOf(at) {
    const language = document.documentElement.lang;
    const time = new Date(at);
    const clock = time.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
    const said = language.startsWith("sv") ? clock.replace(":", ".") : clock;
    if (time.toDateString() === new Date().toDateString()) return said;
    return `${time.toLocaleDateString(language, { day: "numeric", month: "long" })} ${said}`;
  }

  function offer(form, draft) {
    const note = part(form, "offer");
    if (!note) return;
    const text = part(form, "text");
    text.textContent = text.textContent.replace("[time]", timeOf(draft.at));
    note.hidden = false;
    part(form, "back").addEventListener("click", () => {
      bringBack(form, draft);
      note.hidden = true;
      form.querySelector("textarea, input[type=text]")?.focus();
    });
    part(form, "away").addEventListener("click", () => {
      store.removeItem(keyOf(form));
      note.hidden = true;
    });
  }

  function take(form) {
    const named = document.createElement("input");
    Object.assign(named, { type: "hidden", name: "draft", value: nameOf(form) });
    form.append(named);
    const now = written(form);
    before.set(form, JSON.stringify(now));
    const draft = read(keyOf(form));
    if (draft && JSON.stringify({ texts: draft.texts, chosen: draft.chosen }) !== JSON.stringify(now)) offer(form, draft);
    let waiting;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(form), 300);
    });
  }

  function throwAway() {
    const saved = document.cookie.match(/(?:^|; )draft_saved="?([^;"]+)/);
    if (saved) {
      store.removeItem(PREFIX + decodeURIComponent(saved[1]));
      document.cookie = "draft_saved=; Max-Age=0; Path=/; SameSite=Lax";
    }
    for (const key of keys()) {
      if (Date.now() - (read(key)?.at ?? 0) > OLDEST) store.removeItem(key);
    }
  }

  const answers = () =>
    fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(WAIT) }).then(() => true, () => false);

  // Ask first whether the network answers: a form that goes nowhere would take the page with it.
  async function send(form, submitter) {
    keep(form);
    form.dataset.asking = "1";
    const arrives = await answers();
    delete form.dataset.asking;
    const failed = part(form, "failed");
    if (failed) failed.hidden = arrives;
    if (!arrives) return;
    form.dataset.reached = "1";
    form.requestSubmit(submitter);
    delete form.dataset.reached;
  }

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (store && new URL(form.action, location).pathname.endsWith("/logout/")) {
        keys().forEach((key) => store.removeItem(key));
      }
      if (!store || !form.matches("form[data-draft]") || form.dataset.reached) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!form.dataset.asking) send(form, event.submitter);
    },
    true,
  );

  const tell = (isGone) => forms().forEach((form) => {
    const gone = part(form, "offline");
    if (gone) gone.hidden = !isGone;
  });

  if (store) {
    throwAway();
    forms().forEach(take);
    window.addEventListener("offline", () => tell(true));
    window.addEventListener("online", () => tell(false));
    tell(!navigator.onLine);
  }
})();
