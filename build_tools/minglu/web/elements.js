// Elements of the document, made in one line.

/**
 * @param {string} tag
 * @param {Record<string, any>} properties of the element, or else attributes
 * @param {(Node | string)[]} children
 * @returns {any}
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) Reflect.set(element, name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * Once what stands in the document is whole: this script may run while a page is still on its way.
 * @param {() => void} run
 */
export function whenWhole(run) {
  if (document.readyState !== "loading") run();
  else document.addEventListener("DOMContentLoaded", run, { once: true });
}
