// The sections of a tree's page. Those that are not seen are text; each is made when it is first asked for, and kept for the visit.
//
// The outcomes may stand apart, in a file that is asked for with the first answer (outcomes_apart.py): until it is there, an outcome is its
// beginning, with a link to the page that a browser without scripts has of it.
//
// The text stands in <noscript>. A page that in-site navigation brings was parsed where scripting counts as off, so there the same
// <noscript> is full of elements; and where this script came late, rescue.js has put them into the document. Both are turned back into text.

import { heldText, loadText } from "./lazy.js";

const SECTION = "<section ";
const END = "</section>";
const OUTCOMES = "MingluOutcomes"; // the global that holds their texts

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
    const text = (rest?.firstElementChild ? asWritten(rest.innerHTML) : rest?.textContent) || "";
    if (first && copied) first.remove();
    else if (first) this.made.set(first.id, first);
    /** the file of the outcomes; "" where they stand here */
    this.apart = page.getAttribute("data-outcomes") || "";
    /** the page of the outcomes for browsers without scripts */
    this.plainPage = page.getAttribute("data-page") || "";
    /** @type {Promise<string> | null} */
    this.coming = null;
    /** of all sections; of those that stand apart their beginnings */
    this.text = copied ? text : (first?.outerHTML || "") + text;
    /** of those that stand apart, once they are here */
    this.outcomes = "";
    /** @type {Map<string, [text: string, from: number, to: number]>} where each of them stands: the texts are long */
    this.places = new Map();
    this.find(this.text);
    const held = heldText(OUTCOMES, this.apart); // early.js has asked for it
    if (this.apart && held !== null) this.take(held);
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (first?.querySelectorAll("a[data-answer]") || []))
      if (this.plainPage && link.pathname.endsWith(`/${this.plainPage}`)) link.setAttribute("href", link.hash); // Material made it a full address
    /** Where the text stays, for copies. */
    this.place = document.createElement("noscript");
    this.place.textContent = this.text;
    rest?.replaceWith(this.place);
  }

  /** @param {string} text */
  find(text) {
    for (let at = text.indexOf(SECTION), end; at >= 0; at = text.indexOf(SECTION, end)) {
      end = text.indexOf(END, at) + END.length;
      this.places.set(idIn(text.slice(at, text.indexOf(">", at) + 1)), [text, at, end]);
    }
  }

  /**
   * All of the outcomes, once: false where they are here already. Rejects as `loadText` does.
   * @returns {Promise<boolean>}
   */
  async bringOutcomes() {
    if (!this.apart) return false;
    const coming = (this.coming = this.coming || loadText(`outcomes/${this.apart}`, OUTCOMES, this.apart));
    try {
      const text = await coming;
      if (!this.apart) return false; // asked for twice
      this.take(text);
    } catch (error) {
      this.coming = null;
      throw error;
    }
    return true;
  }

  /** @param {string} outcomes */
  take(outcomes) {
    [this.outcomes, this.apart] = [outcomes, ""];
    this.find(outcomes);
    for (const [id, [text]] of this.places) if (text === outcomes) this.made.delete(id);
  }

  /**
   * The section that has this id, or something with this id in it; of an outcome's, what stands in the given case only.
   * @param {string} id
   * @param {number} number of the case; 0 for all of them
   * @returns {HTMLElement | null}
   */
  get(id, number = 0) {
    const section = this.idOf(id);
    const key = number && !this.apart ? `${section} ${number}` : section;
    const made = this.made.get(key);
    if (made || !section) return made || null;
    const fresh = parsedElement(this.here(this.source(section)));
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

  /**
   * Links to the outcomes lead here: the page that they name is for browsers without scripts, and for what has only begun here.
   * @param {string} source
   */
  here(source) {
    return this.plainPage && !/^<section [^>]*?class="state apart"/.test(source) ? source.replaceAll(`href="${this.plainPage}#`, 'href="#') : source;
  }

  /** @param {string} id */
  source(id) {
    const place = this.places.get(id);
    if (place) return place[0].slice(place[1], place[2]);
    for (const text of /^[\w.:-]+$/.test(id) ? [this.outcomes, this.text] : []) {
      const at = text.indexOf(` id="${id}"`);
      if (at >= 0) return text.slice(text.lastIndexOf(SECTION, at), text.indexOf(END, at) + END.length);
    }
    return "";
  }

  /**
   * What stands at an entry of a list in the text, such as what an article says.
   * @param {string} id of the <li>
   */
  entry(id) {
    for (const text of /^[^"<>\s]+$/.test(id) ? [this.outcomes, this.text] : []) {
      const at = text.indexOf(`<li id="${id}"`);
      if (at >= 0) return parsedElement(text.slice(at, text.indexOf("</li>", at)));
    }
    return null;
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
    if (this.outcomes) for (const begun of rest.querySelectorAll(".apart")) begun.remove();
    rest.insertAdjacentHTML("beforeend", this.outcomes);
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

/**
 * Material makes full addresses of the links that it finds as elements: those to this page and to its neighbours as they were.
 * @param {string} html
 */
function asWritten(html) {
  const page = `${location.pathname.split("/").pop()}${location.search.replaceAll("&", "&amp;")}`;
  return html.replaceAll(`href="${new URL(".", location.href).href}`, 'href="').replaceAll(`href="${page}#`, 'href="#');
}

/** @param {string} source @returns {HTMLElement} */
function parsedElement(source) {
  const box = document.createElement("template");
  box.innerHTML = source;
  return document.adoptNode(/** @type {HTMLElement} */ (box.content.firstElementChild));
}
