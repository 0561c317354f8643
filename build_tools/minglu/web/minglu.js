// All that a page of the site may need, as one script (write/widget.py).

import { startCiteCheck } from "./cite-check.js";
import { startMaps } from "./maps.js";
import { startWalks } from "./walk.js";

if (!customElements.get("tree-walk")) { // in-site navigation may run this script again
  startWalks();
  startMaps();
  startCiteCheck();
}
