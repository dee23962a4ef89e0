import { ALLOWED, markdown } from '../publishing/formats/markdown.js';

/**
 * An author's Markdown as elements. They are copied, one by one and only those allowed, from a document in which nothing
 * runs or loads: the same list that the server holds its HTML to.
 */
export function prose(text: string): DocumentFragment {
  const inert = new DOMParser().parseFromString(markdown.render(text), 'text/html');
  const fragment = document.createDocumentFragment();
  copyChildren(inert.body, fragment);
  return fragment;
}

function copyChildren(from: Node, into: Node): void {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) into.appendChild(new Text(child.nodeValue ?? ''));
    else if (child instanceof Element) copyElement(child, into);
  }
}

/** What is not allowed gives way to what it holds. */
function copyElement(from: Element, into: Node): void {
  const tag = from.localName;
  if (!ALLOWED.tags.includes(tag)) {
    copyChildren(from, into);
    return;
  }
  const made = document.createElement(tag);
  for (const name of ALLOWED.attributes[tag] ?? []) {
    const value = from.getAttribute(name);
    if (value !== null && (name !== 'href' || isWebLink(value))) made.setAttribute(name, value);
  }
  if (tag === 'a') {
    made.setAttribute('rel', ALLOWED.linkRel);
    // The story stays open behind it.
    made.setAttribute('target', '_blank');
  }
  copyChildren(from, made);
  into.appendChild(made);
}

const isWebLink = (href: string) =>
  URL.canParse(href) && ALLOWED.schemes.includes(new URL(href).protocol.slice(0, -1));
