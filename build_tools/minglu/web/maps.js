// The picture of a tree and its outline: the way of the reader who comes from the tree's page is lit up. The custom element `<tree-map>`.
//
// The way stands in the fragment: the answers on it, in their order, and the node that it has come to.

import { nodeOnMap, readAddress, writeAddress } from "./address.js";

class TreeMap {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    host.addEventListener("click", (event) => this.clicked(event));
    for (const type of ["mouseover", "focusin"])
      host.addEventListener(type, ({ target }) => this.near(target instanceof Element ? target.closest("svg .node") : null));
    this.light();
    const [start, here] = [host.querySelector("svg .node"), [...host.querySelectorAll("svg .node.on")].pop()];
    const middle = here || start;
    if (middle) this.bring(middle);
    if (here) this.toTop();
  }

  /** Material scrolls to where the page before was, when it has put this one in place. */
  toTop() {
    scrollTo(0, 0);
    const pages = Reflect.get(window, "document$");
    const put = pages?.subscribe(() => (this.host.isConnected ? scrollTo(0, 0) : put?.unsubscribe()));
  }

  light() {
    const link = readAddress(location.hash);
    if (link.kind !== "walk" || !link.answers.size) return;
    const path = [...link.answers];
    const version = link.version || this.host.getAttribute("version") || "";
    const walk = this.host.querySelector(".back a")?.getAttribute("href")?.split("#")[0]; // the tree's page
    const isHere = (/** @type {string | null} */ id) => id && this.all(`[data-node="${id}"]`).length > 0;
    const steps = path.filter(([question]) => isHere(question)).length; // the other answers are for other trees
    const nodes = [...path.map(([question]) => question), nodeOnMap(location.hash)].filter(isHere);
    nodes.forEach((id, step) => {
      for (const edge of this.all(`[data-from="${nodes[step - 1]}"][data-to="${id}"]`)) edge.classList.add("on");
      for (const node of this.all(`[data-node="${id}"]`)) {
        node.classList.add("on");
        const link = node.closest("a") || node.querySelector("a");
        link?.setAttribute(hrefOf(link), `${walk}${writeAddress(version, path.filter(([question]) => question !== id))}`);
        if (node === link) link.setAttribute("aria-label", `${link.getAttribute("aria-label")}（你走过）`);
        if (step === nodes.length - 1) link?.setAttribute("aria-current", "step");
      }
    });
    if (nodes.length) this.host.querySelector("#legend")?.append(` 粗线是你走过的，共 ${steps} 步；点走过的框，回到那一步。`);
  }

  /** @param {string} selector */
  all(selector) {
    return this.host.querySelectorAll(selector);
  }

  /**
   * The start, or where the reader stands, in the middle of the box.
   * @param {Element} node
   */
  bring(node) {
    const box = this.host.querySelector(".map");
    if (!box) return;
    const [inner, outer] = [node.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
    box.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
  }

  /**
   * What leads to a node and away from it.
   * @param {Element | null} node
   */
  near(node) {
    for (const edge of this.all(".near")) edge.classList.remove("near");
    const id = node?.getAttribute("data-node");
    if (id) for (const edge of this.all(`[data-from="${id}"], [data-to="${id}"]`)) edge.classList.add("near");
  }

  /**
   * Material follows only links of HTML in place; one of the picture would load the page anew, and Python with it.
   * @param {MouseEvent} event
   */
  clicked(event) {
    const link = event.target instanceof Element && event.target.closest("svg a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const stand_in = document.createElement("a");
    stand_in.href = link.getAttribute(hrefOf(link)) || "";
    document.body.append(stand_in);
    stand_in.click();
    stand_in.remove();
    event.preventDefault(); // last: what throws above leaves the link to the browser
  }
}

/**
 * The attribute that leads on: in a picture it has a prefix.
 * @param {Element} link
 */
function hrefOf(link) {
  return link.hasAttribute("xlink:href") ? "xlink:href" : "href";
}

Reflect.set(window, "MingluMap", (/** @type {HTMLElement} */ host) => new TreeMap(host));
