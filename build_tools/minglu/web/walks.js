// The walks as one script (write/widget.py), which the pages of trees load themselves (rescue.js).

import { startWalks } from "./walk.js";

if (!customElements.get("tree-walk")) startWalks(); // a page that came while it was on its way loads it, too
