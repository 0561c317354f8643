// All that every page of the site may need, as one script (write/widget.py).

import { startMaps } from "./maps.js";
import { startOnDemand } from "./on-demand.js";
import { startWalks } from "./walk.js";

if (!customElements.get("tree-walk")) { // in-site navigation may run this script again
  startWalks();
  startMaps();
  startOnDemand();
}
