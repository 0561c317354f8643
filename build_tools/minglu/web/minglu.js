// All that every page of the site may need, as one script (write/widget.py).

import { keepsAny } from "./keeping.js";
import { startMaps } from "./maps.js";
import { startOnDemand } from "./on-demand.js";

/** A line for the reader whose device keeps a case. */
class KeptCase extends HTMLElement {
  connectedCallback() {
    this.hidden = !keepsAny();
  }
}

if (!customElements.get("kept-case")) { // in-site navigation may run this script again
  startMaps();
  startOnDemand();
  customElements.define("kept-case", KeptCase);
}
