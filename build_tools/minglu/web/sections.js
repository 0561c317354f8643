// The sections of a tree's page. Those that are not seen are text; each is made when it is first asked for, and kept for the visit.
//
// The outcomes may stand apart, in a file that is asked for with the first answer (outcomes_apart.py): until it is there, an outcome is its
// beginning, with a link to the page that a browser without scripts has of it.
//
// The text stands in <noscript>. A page that in-site navigation brings was parsed where scripting counts as off, so there the same
// <noscript> is full of elements; and where this script came late, rescue.js has put them into the document. Both are turned back into text.

import { loadText } from "./lazy.js";

const SECTION = "<section ";
const END = "</section>";
const BEGINNING = '<section class="state apart"';

export class Sections {
  /**
   * @param {Element} page the custom element; what stands in it of other sections than the first becomes text
   * @param {boolean} copied the element is a copy of one that was in use, which shows any section
   */
  constructor(page, copied) {
    /** @type {Map<string, HTMLElement>} */
    this.made = new Map();
    const rest = page.querySelector(":scope > noscript, :scope > .rest");
    page.querySelector(":scope > .notice")?.remove(); // rescue.js has said that this script did not come
    const first = /** @type {HTMLElement | null} */ (page.querySelector(":scope > .state"));
    const text = (rest?.firstElementChild ? rest.innerHTML : rest?.textContent) || "";
    if (first && copied) first.remove();
    else if (first) this.made.set(first.id, first);
    /** the file of the outcomes; "" where they stand here */
    this.apart = page.getAttribute("data-outcomes") || "";
    this.plainPage = page.getAttribute("data-page") || "";
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (first?.querySelectorAll("a[data-answer]") || []))
      if (this.plainPage && link.pathname.endsWith(`/${this.plainPage}`)) link.setAttribute("href", link.hash); // Material made it a full address
    /** Where the text stays, for copies. */
    this.place = document.createElement("noscript");
    /** @type {Map<string, [number, number]>} where each section stands in the text, which is long */
    this.places = new Map();
    /** of all sections */
    this.text = "";
    this.take(this.here(copied ? text : (first?.outerHTML || "") + text));
    rest?.replaceWith(this.place);
  }

  /**
   * Links to the outcomes lead here: the page that the tree's page names for them is for browsers without scripts.
   * @param {string} text
   */
  here(text) {
    return this.plainPage ? text.replaceAll(`href="${this.plainPage}#`, 'href="#') : text;
  }

  /** @param {string} text */
  take(text) {
    this.text = text;
    this.places.clear();
    for (let at = text.indexOf(SECTION), end; at >= 0; at = text.indexOf(SECTION, end)) {
      end = text.indexOf(END, at) + END.length;
      this.places.set(idIn(text.slice(at, text.indexOf(">", at) + 1)), [at, end]);
    }
    this.place.textContent = text;
  }

  /**
   * Whether there is the beginning only of the section that has this id, or something with this id in it.
   * @param {string | null} id
   */
  hasBeginningOf(id) {
    return Boolean(this.apart && id !== null && this.source(id).startsWith(BEGINNING));
  }

  /**
   * All of the outcomes, once: false where they are here already. Rejects as `loadText` does.
   * @returns {Promise<boolean>}
   */
  async bringOutcomes() {
    if (!this.apart) return false;
    const text = await loadText(`outcomes/${this.apart}`, "MingluOutcomes", this.apart);
    if (!this.apart) return false; // two asked
    this.apart = "";
    const begun = [...this.places].filter(([, place]) => this.text.startsWith(BEGINNING, place[0]));
    for (const [id] of begun) this.made.delete(id);
    const kept = [...this.places.values()].filter(([at]) => !this.text.startsWith(BEGINNING, at)).map((place) => this.text.slice(...place));
    this.take([...kept, text].join("\n"));
    return true;
  }

  /**
   * The section that has this id, or something with this id in it; of an outcome's, what stands in the given case only.
   * @param {string} id
   * @param {number} number of the case; 0 for all of them
   * @returns {HTMLElement | null}
   */
  get(id, number = 0) {
    const section = this.idOf(id);
    const key = number && !this.hasBeginningOf(section) ? `${section} ${number}` : section;
    const made = this.made.get(key);
    if (made || !section) return made || null;
    const fresh = parsedElement(this.source(section));
    for (const other of number ? fresh.querySelectorAll(`.at, [data-in]:not([data-in~="${number}"])`) : []) other.remove();
    if (number) fresh.dataset.now = String(number);
    this.made.set(key, fresh);
    return fresh;
  }

  /**
   * The id of the section in which something stands; "" where nothing has this id.
   * @param {string} id
   */
  idOf(id) {
    return this.places.has(id) || this.made.has(id) ? id : idIn(this.source(id));
  }

  /** @param {string} id */
  source(id) {
    const place = this.places.get(id);
    if (place) return this.text.slice(...place);
    const at = /^[\w.:-]+$/.test(id) ? this.text.indexOf(` id="${id}"`) : -1;
    if (at < 0) return "";
    return this.text.slice(this.text.lastIndexOf(SECTION, at), this.text.indexOf(END, at) + END.length);
  }

  /**
   * What stands at an entry of a list in the text, such as what an article says.
   * @param {string} id of the <li>
   */
  entry(id) {
    const at = /^[^"<>\s]+$/.test(id) ? this.text.indexOf(`<li id="${id}"`) : -1;
    return at < 0 ? null : parsedElement(this.text.slice(at, this.text.indexOf("</li>", at)));
  }

  /** What a reader typed; what they ticked goes with their answers (walk.js). */
  forget() {
    for (const section of this.made.values()) for (const form of section.querySelectorAll("form.exact")) form.remove();
  }

  /** All of them are in the document as they were, for a page that has to do without the script. */
  putBack() {
    const rest = document.createElement("div");
    rest.className = "rest";
    rest.innerHTML = this.text;
    this.place.replaceWith(rest);
  }
}

/**
 * The id of the section that the source begins with.
 * @param {string} source
 */
function idIn(source) {
  return /^<section [^>]*?\bid="([^"]*)"/.exec(source)?.[1] || "";
}

/** @param {string} source @returns {HTMLElement} */
function parsedElement(source) {
  const box = document.createElement("template");
  box.innerHTML = source;
  return document.adoptNode(/** @type {HTMLElement} */ (box.content.firstElementChild));
}
