// Elements that few pages have: the script of one is loaded when a page shows it.

import { make, whenWhole } from "./elements.js";
import { loadScript } from "./lazy.js";

/** @type {Record<string, [string, string]>} element → its script and the function that this sets, which opens the element */
const LATER = {
  "minglu-case": ["case-page.js", "MingluCasePage"], "cite-check": ["cite-check.js", "MingluCiteCheck"], "law-calculators": ["calculators.js", "MingluCalculators"],
  "minglu-papers": ["papers.js", "MingluPapersPage"], "tree-map": ["maps.js", "MingluMap"],
};

/** Once a visit. */
export function startOnDemand() {
  whenWhole(() => Object.keys(LATER).forEach((name) => customElements.define(name, class extends Later {})));
}

/** What stands in it without a script stays until its own has come. */
class Later extends HTMLElement {
  connectedCallback() {
    loadScript(...LATER[this.localName]).then((open) => this.isConnected && open(this), (error) => {
      const again = make("button", { type: "button", className: "copy" }, "重试");
      const says = make("p", { className: "notice", role: "status" }, `${error.message} `, again);
      again.onclick = () => (says.remove(), this.connectedCallback());
      this.prepend(says);
    });
  }
}
