// All that a page of the site may need, as one script (write/widget.py).

import { startCiteCheck } from "./cite-check.js";
import { make } from "./elements.js";
import { keepsAny } from "./keeping.js";
import { loadScript } from "./lazy.js";
import { startMaps } from "./maps.js";
import { startWalks } from "./walk.js";

if (!customElements.get("tree-walk")) { // in-site navigation may run this script again
  startWalks();
  startMaps();
  startCiteCheck();
  whenMet("minglu-case", async (place) => {
    try {
      (await loadScript("act.js", "MingluAct")).showCase(place);
    } catch (error) {
      place.prepend(make("p", { className: "notice", role: "status" }, error instanceof Error ? error.message : String(error)));
    }
  });
  whenMet("kept-case", (place) => (place.hidden = !keepsAny()));
}

/**
 * Whenever an element of this name comes into a page.
 * @param {string} name
 * @param {(place: HTMLElement) => void} run
 */
function whenMet(name, run) {
  customElements.define(name, class extends HTMLElement {
    connectedCallback() {
      run(this);
    }
  });
}
