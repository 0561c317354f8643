// What readers take away, as a script of its own: loaded when the first of it is asked for (write/widget.py).

import { documentElements, printDocument } from "./documents.js";
import { loadScript } from "./lazy.js";
import { fillableLetter } from "./letters.js";
import { qrElement } from "./qr.js";
import { printPage } from "./sheet.js";
import { shareBox } from "./share-box.js";
import { OUT_OF_APP, isInApp, saveFile } from "./saving.js";
import { documentFile } from "./word-file.js";

Reflect.set(window, "MingluAct", {
  OUT_OF_APP, documentElements, documentFile, isInApp, letter: fillableLetter, loadScript, printDocument, printPage, qrElement, saveFile, shareBox,
});
