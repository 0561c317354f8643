// The sections of a tree's page. Those that are not seen are text; each is made when it is first asked for, and kept for the visit.
//
// The text stands in <noscript>. A page that in-site navigation brings was parsed where scripting counts as off, so there the same
// <noscript> is full of elements; and where this script came late, rescue.js has put them into the document. Both are turned back into text.

const SECTION = "<section ";
const END = "</section>";

export class Sections {
  /**
   * @param {Element} page the custom element; what stands in it of other sections than the first becomes text
   * @param {boolean} copied the element is a copy of one that was in use, which shows any section
   */
  constructor(page, copied) {
    /** @type {Map<string, HTMLElement>} */
    this.made = new Map();
    const rest = page.querySelector(":scope > noscript, :scope > .rest");
    const first = /** @type {HTMLElement | null} */ (page.querySelector(":scope > .state"));
    const text = (rest?.firstElementChild ? rest.innerHTML : rest?.textContent) || "";
    if (first && copied) first.remove();
    else if (first) this.made.set(first.id, first);
    /** of all sections */
    this.text = copied ? text : (first?.outerHTML || "") + text;
    /** Where the text stays, for copies. */
    this.place = document.createElement("noscript");
    this.place.textContent = this.text;
    rest?.replaceWith(this.place);
  }

  /**
   * The section that has this id, or something with this id in it.
   * @param {string} id
   * @returns {HTMLElement | null}
   */
  get(id) {
    const made = this.made.get(id) || [...this.made.values()].find((section) => section.querySelector(`[id="${CSS.escape(id)}"]`));
    if (made) return made;
    const source = this.source(id);
    if (!source) return null;
    const box = document.createElement("template");
    box.innerHTML = source;
    const section = /** @type {HTMLElement} */ (box.content.firstElementChild);
    this.made.set(section.id, section);
    return document.adoptNode(section);
  }

  /** @param {string} id */
  source(id) {
    const at = /^[\w.:-]+$/.test(id) ? this.text.indexOf(` id="${id}"`) : -1;
    if (at < 0) return "";
    return this.text.slice(this.text.lastIndexOf(SECTION, at), this.text.indexOf(END, at) + END.length);
  }

  /**
   * What stands at an entry of a list in the text, such as what an article says.
   * @param {string} id of the <li>
   */
  entry(id) {
    const at = /^[\w.:-]+$/.test(id) ? this.text.indexOf(`<li id="${id}">`) : -1;
    const box = document.createElement("template");
    if (at >= 0) box.innerHTML = this.text.slice(at, this.text.indexOf("</li>", at));
    return /** @type {HTMLElement | null} */ (box.content.firstElementChild);
  }

  /** What a reader typed and ticked. */
  forget() {
    for (const section of this.made.values()) {
      for (const form of section.querySelectorAll("form.exact")) form.remove();
      for (const box of section.querySelectorAll("input")) box.checked = false;
    }
  }

  /** All of them are in the document as they were, for a page that has to do without the script. */
  putBack() {
    const rest = document.createElement("div");
    rest.className = "rest";
    rest.innerHTML = this.text;
    this.place.replaceWith(rest);
  }
}
