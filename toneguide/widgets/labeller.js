// The labeller: one post at a time, by keyboard or mouse.

const QUESTIONS = ["corporate", "warmth"];

function render({ model, el }) {
  const root = make("section", { class: "tgw tgw-labeller" });
  el.append(root);
  keepKeys(root);
  let state = null;
  let parts = null;
  let waiting = true;
  const view = unique(Math.random().toString(36).slice(2));
  let turn = 0;

  const link = talk(model, (message) => {
    if (message.kind !== "state") return;
    // Fast fingers are ahead of the kernel: only the answer to the last thing done is the truth by now.
    if (message.view === view && message.turn !== turn) return;
    state = message;
    if (message.view === view) setWaiting(false);
    if (parts === null) parts = build();
    show();
  }, () => {
    setWaiting(false);
    if (parts) parts.problem.textContent = state.words.silent;
    else root.textContent = "…";
  });

  function send(action, fields = {}) {
    turn += 1;
    link.send({ do: action, view, turn, key: state?.key ?? "", ...fields });
  }

  function setWaiting(now) {
    waiting = now;
    root.setAttribute("aria-busy", String(now));
  }

  // Posts change under these: nothing is answered before the next one is there to read.
  function move(action, fields = {}) {
    if (waiting) return;
    setWaiting(true);
    send(action, fields);
  }

  function rate(question, rating) {
    if (waiting || !state.post) return;
    state.answers[question] = rating;
    mark();
    send("rate", { question, rating });
    const next = QUESTIONS.find((name) => !state.answers[name]);
    if (next) focusQuestion(next);
    else (parts.values.querySelector("input") ?? parts.next).focus();
  }

  function focusQuestion(name) {
    const inputs = [...parts[name].querySelectorAll("input")];
    (inputs.find((input) => input.checked) ?? inputs[0]).focus();
  }

  function scale(question) {
    const words = state.words;
    const name = unique(question);
    const points = [1, 2, 3, 4, 5].map((rating) =>
      make("label", { title: words.points[rating - 1] },
        make("input", {
          type: "radio", name, value: rating, "aria-label": `${rating}: ${words.points[rating - 1]}`,
          onchange: () => rate(question, rating),
        }),
        make("span", { "aria-hidden": "true" }, String(rating))));
    return make("fieldset", { "data-question": question },
      make("legend", {}, words[question]),
      make("span", { class: "tgw-end", "aria-hidden": "true" }, words.points[0]),
      make("span", { class: "tgw-points" }, ...points),
      make("span", { class: "tgw-end", "aria-hidden": "true" }, words.points[4]));
  }

  function build() {
    const words = state.words;
    const p = {};
    p.count = make("span", { class: "tgw-count" });
    p.progress = make("progress", { "aria-label": words.progress });
    p.rater = make("input", { type: "text", size: 10, maxlength: 60, autocomplete: "off", spellcheck: "false", onchange: () => {
      if (p.rater.value.trim()) move("rater", { rater: p.rater.value.trim() });
      else p.rater.value = state.rater;
    } });
    p.meta = make("p", { class: "tgw-meta" });
    p.text = make("p", { class: "tgw-text" });
    p.post = make("article", { tabindex: "-1", class: "tgw-post" }, p.meta, p.text);
    p.corporate = scale("corporate");
    p.warmth = scale("warmth");
    p.values = make("fieldset", { class: "tgw-values" }, make("legend", {}, words.values), ...state.values.map((value) =>
      make("label", {}, make("input", { type: "checkbox", value, onchange: (event) => {
        if (!waiting) send("tick", { value, on: event.target.checked });
      } }), make("span", {}, value))));
    p.values.hidden = state.values.length === 0;
    p.next = make("button", { type: "button", class: "tgw-main", onclick: () => move("next") }, words.next);
    p.skip = make("button", { type: "button", onclick: () => move("skip") }, words.skip);
    p.undo = make("button", { type: "button", onclick: () => move("undo") }, words.undo);
    p.said = make("p", { role: "status", class: "tgw-said" });
    p.problem = make("p", { role: "alert", class: "tgw-problem" });
    p.questions = make("div", {}, p.corporate, p.warmth, p.values);
    root.setAttribute("aria-label", words.title);
    root.setAttribute("lang", words.lang);
    root.append(
      make("header", {}, p.count, p.progress, make("label", { class: "tgw-rater" }, words.rater, " ", p.rater)),
      p.post, p.questions,
      make("div", { class: "tgw-buttons" }, p.next, p.skip, p.undo),
      p.problem, p.said, make("p", { class: "tgw-hint" }, words.keys));
    return p;
  }

  function mark() {
    for (const question of QUESTIONS)
      for (const input of parts[question].querySelectorAll("input")) input.checked = Number(input.value) === state.answers[question];
    for (const input of parts.values.querySelectorAll("input")) input.checked = state.ticked.includes(input.value);
  }

  function show() {
    const words = state.words;
    const { done, total, skipped } = state;
    parts.count.textContent = fill(words.count, { done, total }) + (skipped ? " " + fill(words.skipped, { n: skipped }) : "");
    parts.progress.max = total;
    parts.progress.value = done;
    parts.rater.value = state.rater;
    parts.undo.disabled = !state.undo;
    parts.problem.textContent = state.problem;
    parts.said.textContent = state.said;
    const post = state.post;
    parts.questions.hidden = parts.next.hidden = parts.skip.hidden = !post;
    parts.meta.textContent = post ? [post.channel, post.language].filter(Boolean).join(" · ") : "";
    parts.text.textContent = post ? post.text : words.finished;
    if (post?.language) parts.text.setAttribute("lang", post.language);
    else parts.text.removeAttribute("lang");
    parts.post.setAttribute("aria-label", post ? fill(words.post, { n: Math.min(done + 1, total), total }) : words.finished);
    mark();
    if (state.view !== view) return;
    if (state.focus === "post") parts.post.focus({ preventScroll: true });
    else if (state.focus && parts[state.focus]) focusQuestion(state.focus);
  }

  root.addEventListener("keydown", (event) => {
    if (!parts || event.ctrlKey || event.metaKey || event.altKey || event.target === parts.rater) return;
    const digit = /^[1-5]$/.test(event.key) ? Number(event.key) : 0;
    if (digit) {
      event.preventDefault();
      const within = event.target.closest("fieldset")?.dataset.question;
      const question = within ?? QUESTIONS.find((name) => !state.answers[name]);
      if (question) rate(question, digit);
    } else if (event.key === "Enter" && event.target.tagName !== "BUTTON") {
      event.preventDefault();
      move("next");
    } else if (event.key === "Backspace") {
      event.preventDefault();
      move("undo");
    }
  });

  send("show");
  return () => link.close();
}

export default { render };
