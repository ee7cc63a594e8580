// What both widgets share: making elements, and talking with the kernel.

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

const fill = (words, fields) => words.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

let count = 0;
const unique = (name) => `tgw-${name}-${++count}`;

// Messages carry what people type; nothing of it becomes state of the widget, which a notebook could keep.
const talk = (model, onAnswer, onSilence) => {
  let timer = null;
  const listen = (message) => {
    clearTimeout(timer);
    timer = null;
    onAnswer(message);
  };
  model.on("msg:custom", listen);
  return {
    send(message, patience = 8000) {
      try {
        model.send(message);
      } catch {
        onSilence();
        return;
      }
      if (timer === null && patience) timer = setTimeout(() => ((timer = null), onSilence()), patience);
    },
    close() {
      clearTimeout(timer);
      model.off("msg:custom", listen);
    },
  };
};

// JupyterLab would take keys for commands of its own.
const keepKeys = (root) => {
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const kind of ["keydown", "keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
};
