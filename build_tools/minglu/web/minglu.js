// All that every page of the site may need, as one script (write/widget.py).

import { startOnDemand } from "./on-demand.js";
import { readStore, STORES } from "./stores.js";

/** A line for the reader whose device keeps a case. What stands in it is read where the line leads. */
class KeptCase extends HTMLElement {
  connectedCallback() {
    this.hidden = !STORES.some(readStore);
  }
}

if (!customElements.get("kept-case")) { // in-site navigation may run this script again
  startOnDemand();
  customElements.define("kept-case", KeptCase);
}
