// The draft meter: what is typed goes to the kernel as messages, and is never state of the widget.

const PAUSE = 40; // ms without a key before a draft is scored
const HELP_PAUSE = 350; // ms before suggestions are looked for

function render({ model, el }) {
  const root = make("section", { class: "tgw tgw-meter" });
  el.append(root);
  keepKeys(root);
  let words = null;
  let parts = null;
  let turn = 0; // of the newest text
  let asked = 0; // of the text the kernel is busy with, 0 for none
  let scored = 0;
  let typed = 0; // when, to tell the delay
  let last = ""; // the text before this key
  let pause = null;
  let helpPause = null;
  let undoable = [];
  let marks = [];

  const link = talk(model, (message) => {
    if (message.kind === "words") {
      words = message.words;
      if (!parts) parts = build();
      parts.said.textContent = words.preparing;
    } else if (message.kind === "ready") {
      parts.said.textContent = "";
      root.dataset.ready = "true";
    } else if (message.kind === "score") {
      asked = 0;
      if (message.turn !== turn) return ask();
      scored = turn;
      showScore(message);
      clearTimeout(helpPause);
      helpPause = setTimeout(() => message.turn === turn && send("help"), HELP_PAUSE);
    } else if (message.kind === "help") {
      if (message.turn === turn) showHelp(message);
    } else if (message.kind === "said") {
      asked = 0;
      parts.said.textContent = message.said;
      parts.problem.textContent = message.problem;
    }
  }, () => {
    asked = 0;
    if (parts) parts.problem.textContent = words.silent;
  });

  function send(action) {
    link.send({ do: action, turn, text: parts ? parts.draft.value : "" }, action === "show" ? 0 : 8000);
  }

  // One draft at a time: a kernel that is slower than the fingers gets the newest text next, not every one.
  function ask() {
    if (asked || scored === turn) return;
    asked = turn;
    send("score");
  }

  function changed() {
    const now = parts.draft.value;
    follow(last, now);
    last = now;
    turn += 1;
    typed = performance.now();
    root.dataset.settled = "false";
    paint();
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE);
  }

  // Marks and changes that can be undone move along with the text around them, until the kernel has read it.
  function follow(before, now) {
    let start = 0;
    while (start < before.length && start < now.length && before[start] === now[start]) start += 1;
    let end = 0;
    while (end < before.length - start && end < now.length - start && before[before.length - 1 - end] === now[now.length - 1 - end]) end += 1;
    const stop = before.length - end;
    const by = now.length - before.length;
    const shift = (one) => (one.start >= stop ? { ...one, start: one.start + by, end: one.end + by } : one.end <= start ? one : null);
    marks = marks.map(shift).filter(Boolean);
    undoable = undoable.map(({ pieces, ...rest }) => ({ ...rest, pieces: pieces.map(shift) })).filter(({ pieces }) => pieces.every(Boolean));
    showUndo();
  }

  function build() {
    const p = {};
    const id = unique("draft");
    p.meters = make("div", { class: "tgw-meters" });
    p.note = make("p", { class: "tgw-hint" });
    p.back = make("div", { class: "tgw-back", "aria-hidden": "true" });
    p.draft = make("textarea", { id, rows: 7, autocomplete: "off", spellcheck: "false", "aria-describedby": id + "-privacy", oninput: changed,
      onscroll: () => (p.back.scrollTop = p.draft.scrollTop) });
    p.undo = make("button", { type: "button", hidden: true, onclick: undo });
    p.suggestions = make("ul", {});
    p.suggestionsHead = make("h4", { hidden: true }, words.suggestions);
    p.advice = make("ul", {});
    p.adviceHead = make("h4", { hidden: true }, words.advice_head);
    p.highlights = make("ul", {});
    p.highlightsHead = make("h4", { hidden: true }, words.highlights);
    p.said = make("p", { role: "status", class: "tgw-said" });
    p.problem = make("p", { role: "alert", class: "tgw-problem" });
    root.setAttribute("aria-label", words.title);
    root.setAttribute("lang", words.lang);
    root.append(
      make("header", {}, make("label", { for: id }, make("strong", {}, words.draft)), words.channel ? make("span", { class: "tgw-hint" }, words.channel) : null),
      make("div", { class: "tgw-paper" }, p.back, p.draft),
      make("p", { class: "tgw-hint", id: id + "-privacy" }, words.privacy),
      p.meters, p.note, p.problem, p.said, make("div", { class: "tgw-buttons" }, p.undo),
      p.suggestionsHead, p.suggestions, p.adviceHead, p.advice, p.highlightsHead, p.highlights);
    p.note.textContent = words.nothing;
    new ResizeObserver(() => (p.back.style.height = p.draft.offsetHeight + "px")).observe(p.draft);
    return p;
  }

  function paint() {
    const text = parts.draft.value;
    const pieces = [];
    let at = 0;
    for (const { start, end, side } of marks) {
      if (start < at || end > text.length) continue;
      pieces.push(text.slice(at, start), make("mark", { class: side }, text.slice(start, end)));
      at = end;
    }
    // A last line break is only a line where something follows it.
    parts.back.replaceChildren(...pieces, text.slice(at) + "\n");
    parts.back.scrollTop = parts.draft.scrollTop;
  }

  function showScore(message) {
    marks = message.marks;
    paint();
    parts.problem.textContent = "";
    parts.note.textContent = message.meters.length ? [message.meters.some((m) => m.low !== null) ? words.target : "", message.note].filter(Boolean).join(". ")
      : message.note || words.nothing;
    const rows = parts.meters.children;
    if (rows.length !== message.meters.length * 3) parts.meters.replaceChildren(...message.meters.flatMap(meterRow));
    message.meters.forEach((meter, i) => updateMeter(rows[3 * i], rows[3 * i + 1], rows[3 * i + 2], meter));
    parts.highlightsHead.hidden = message.listed.length === 0;
    parts.highlights.replaceChildren(...message.listed.map((i) => highlightRow(message.marks[i])));
    if (!message.meters.length) showHelp({ suggestions: [], advice: [] });
    root.dataset.delay = String(Math.round(performance.now() - typed));
    root.dataset.turn = String(message.turn);
    root.dataset.settled = "true";
  }

  function meterRow(meter) {
    return [make("span", {}), make("span", { class: "tgw-bar", role: "meter", "aria-valuemin": 0, "aria-valuemax": 100 }, make("b", {}), make("i", {})),
      make("span", { class: "tgw-number", "aria-hidden": "true" })];
  }

  function updateMeter(label, bar, number, meter) {
    label.textContent = meter.label;
    label.className = meter.kind === "value" ? "tgw-value" : "";
    bar.setAttribute("aria-label", meter.label);
    bar.setAttribute("aria-valuenow", Math.round(meter.score));
    bar.setAttribute("aria-valuetext", meter.told);
    bar.title = meter.told;
    bar.classList.toggle("tgw-outside", meter.inside === false);
    const [band, fillBar] = bar.children;
    band.hidden = meter.low === null;
    if (meter.low !== null) Object.assign(band.style, { left: meter.low + "%", width: meter.high - meter.low + "%" });
    fillBar.style.width = meter.score + "%";
    number.textContent = Math.round(meter.score) + (meter.inside === null ? "" : meter.inside ? " ✓" : " ✗");
  }

  function select(start, end) {
    parts.draft.focus();
    parts.draft.setSelectionRange(start, end);
  }

  function highlightRow({ start, end, side, why, found }) {
    return make("li", {},
      make("mark", { class: side }, found),
      make("span", { class: "tgw-why" }, why),
      make("button", { type: "button", class: "tgw-link", title: words.disagree_why, "aria-label": `${words.disagree}: ${found}. ${words.disagree_why}`,
        onclick: () => send("disagree") }, words.disagree),
    );
  }

  function showHelp({ suggestions, advice }) {
    parts.adviceHead.hidden = advice.length === 0;
    parts.advice.replaceChildren(...advice.map((line) => make("li", {}, line)));
    parts.suggestionsHead.hidden = suggestions.length === 0;
    parts.suggestions.replaceChildren(...suggestions.map((one) => make("li", {},
      make("span", {}, one.found, " → "),
      ...one.choices.map((choice) => make("button", { type: "button", "aria-label": fill(words.use, { text: choice.text, found: one.found }),
        onclick: () => use(one, choice) }, choice.text)),
      one.advice ? make("span", {}, fill(words.advice, { text: one.advice })) : null,
      one.note ? make("span", { class: "tgw-why" }, one.note) : null)));
    root.dataset.help = String(turn);
  }

  // Through the browser's own editing, so that Ctrl+Z takes it back too.
  function put(start, end, text) {
    select(start, end);
    const done = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
    if (!done) {
      parts.draft.setRangeText(text, start, end, "end");
      parts.draft.dispatchEvent(new Event("input"));
    }
  }

  function use(one, choice) {
    let by = 0;
    const pieces = choice.edits.map(([start, end, text]) => {
      const piece = { start: start + by, end: start + by + text.length, old: parts.draft.value.slice(start, end) };
      by += text.length - (end - start);
      return piece;
    });
    const kept = parts.draft.value;
    for (const [start, end, text] of [...choice.edits].reverse()) put(start, end, text);
    if (parts.draft.value === kept) return;
    undoable.push({ pieces, found: one.found });
    showUndo();
    parts.suggestionsHead.hidden = true;
    parts.suggestions.replaceChildren();
    parts.said.textContent = fill(words.used, { found: one.found, text: choice.text });
  }

  function undo() {
    const one = undoable.pop();
    if (!one) return;
    for (const { start, end, old } of [...one.pieces].reverse()) put(start, end, old);
    showUndo();
    parts.said.textContent = fill(words.undone, { found: one.found });
  }

  function showUndo() {
    const one = undoable.at(-1);
    parts.undo.hidden = !one;
    if (one) parts.undo.textContent = fill(words.undo, { found: one.found });
  }

  send("show");
  return () => {
    clearTimeout(pause);
    clearTimeout(helpPause);
    link.close();
  };
}

export default { render };
