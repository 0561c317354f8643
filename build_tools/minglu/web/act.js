// What readers take away, as a script of its own: loaded when the first of it is asked for (write/widget.py).

import { showCase } from "./case-page.js";
import { documentElements, printDocument } from "./documents.js";
import { loadScript } from "./lazy.js";
import { qrElement } from "./qr.js";
import { OUT_OF_APP, isInApp, saveFile } from "./saving.js";
import { documentFile } from "./word-file.js";

Reflect.set(window, "MingluAct", { OUT_OF_APP, documentElements, documentFile, isInApp, loadScript, printDocument, qrElement, saveFile, showCase });
