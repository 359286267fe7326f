// Elements made by hand: text always goes in as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

export function el(tag, options = {}, ...children) {
  return fill(document.createElement(tag), options, children);
}

export function svg(tag, options = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), options, children);
}

function fill(node, { className, text, ...attributes }, children) {
  if (className) {
    node.setAttribute('class', className);
  }
  if (text !== undefined) {
    node.textContent = text;
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children);
  return node;
}

/** Touches the page only where something changed: a selection or a screen reader is not disturbed each second. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function setHidden(node, hidden) {
  if (node.hidden !== hidden) {
    node.hidden = hidden;
  }
}

export function setData(node, name, value) {
  if (node.dataset[name] !== value) {
    node.dataset[name] = value;
  }
}

const shown = new WeakMap();

/** Builds the children anew, but only when what they show changed. */
export function renderIfChanged(node, content, build) {
  const key = JSON.stringify(content);
  if (shown.get(node) !== key) {
    shown.set(node, key);
    node.replaceChildren(...build(content));
  }
}

/** Brings the children into that order, moving only those that are out of place. */
export function setOrder(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) {
    if (!wanted.has(child)) {
      child.remove();
    }
  }
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) {
      parent.insertBefore(node, parent.children[index] ?? null);
    }
  });
}
