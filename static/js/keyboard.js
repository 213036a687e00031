// Keys of a list of the desk, and of the pages of its rows. Which there are stands in the dialog
// #desk-keys, which ? opens. They do nothing while somebody types or an IME composes, with Ctrl, Alt
// or the command key, and in a dialog. Without this script everything is there as links and buttons.
(() => {
  const dialog = document.querySelector("#desk-keys");
  const offered = new Set([...dialog.querySelectorAll("kbd")].map((each) => each.textContent));
  const actions = { a: ["assign"], e: ["dismiss", "close"], s: ["set_sentiment"] };
  const places = { r: "reply", s: "sentiment", t: "topics" };
  const form = document.querySelector("#changelist-form");
  const links = [...document.querySelectorAll("#result_list tbody tr")].map((row) =>
    row.querySelector("a[href*='/change/']")
  );
  const isList = dialog.dataset.page === "list";

  // Where one is in the list: its address with the filters, its rows, and the place among them.
  const name = `keys of ${dialog.dataset.list}`;
  const before = JSON.parse(sessionStorage.getItem(name) || "{}");
  const remember = (more) =>
    sessionStorage.setItem(name, JSON.stringify(Object.assign(before, more)));

  const row = () => document.activeElement.closest("#result_list tbody tr");
  const opened = () => (row() ? links.find((link) => row().contains(link)) : null);

  function goTo(place) {
    const link = links[Math.max(0, Math.min(place, links.length - 1))];
    if (!link) return;
    link.focus({ focusVisible: true });
    link.closest("tr").scrollIntoView({ block: "nearest" });
    remember({ at: links.indexOf(link) });
  }

  function move(step) {
    if (!isList) {
      const next = before.rows?.[before.rows.indexOf(location.pathname) + step];
      if (before.rows?.includes(location.pathname) && next) location.assign(next);
    } else if (row()) {
      goTo(links.indexOf(opened()) + step);
    } else {
      goTo(before.at ?? 0);
    }
  }

  function act(key) {
    for (const action of actions[key] || []) {
      const button = document.querySelector(`button[name=action][value=${action}]`);
      if (button) return button.click();
      const menu = form?.querySelector("select[name=action]");
      if (menu?.querySelector(`option[value=${action}]`)) return actOnTheChosen(menu, action);
    }
    goInto(key);
  }

  function actOnTheChosen(menu, action) {
    if (!form.querySelector(".action-select:checked")) row()?.querySelector(".action-select").click();
    if (!form.querySelector(".action-select:checked")) return;
    menu.value = action;
    remember({ isBack: true });
    form.requestSubmit(form.querySelector("button[name=index]"));
  }

  // A part of the page of a row: where something is written. From the list it is opened there.
  function goInto(key) {
    if (isList && opened()) location.assign(`${opened().href}#${places[key]}`);
    else focusIn(places[key]);
  }

  function focusIn(id) {
    const place = document.getElementById(id);
    const field = place?.querySelector("input:not([type=hidden]), textarea, select");
    place?.closest("details")?.setAttribute("open", "");
    field?.focus({ focusVisible: true });
    field?.scrollIntoView({ block: "center" });
  }

  function backToTheList() {
    remember({ isBack: true });
    location.assign(before.address || dialog.dataset.list);
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: () => row()?.querySelector(".action-select").click(),
    o: () => opened()?.click(),
    a: () => act("a"),
    e: () => act("e"),
    s: () => act("s"),
    t: () => goInto("t"),
    r: () => goInto("r"),
    u: backToTheList,
    "/": () => document.querySelector("#searchbar")?.select(),
    "?": () => dialog.showModal(),
  };

  const isTyping = (part) =>
    part.isContentEditable || part.matches("input:not(.action-select), textarea, select");

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!offered.has(event.key) || !keys[event.key]) return;
    if (event.repeat && !"jk".includes(event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  if (isList) {
    const rows = links.map((link) => new URL(link.href).pathname);
    remember({ address: location.pathname + location.search, rows });
    addEventListener("load", () => {
      if (before.isBack) goTo(before.at ?? 0);
      remember({ isBack: false });
    });
  } else {
    const at = before.rows?.indexOf(location.pathname) ?? -1;
    if (at >= 0) remember({ at });
    if (location.hash) addEventListener("load", () => focusIn(location.hash.slice(1)));
  }

  const hint = document.querySelector(".desk-keys-hint");
  hint.hidden = false;
  hint.addEventListener("click", () => dialog.showModal());
})();
