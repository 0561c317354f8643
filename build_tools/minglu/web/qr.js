// A text → its QR code, drawn in the page.

import { actStyle } from "./act-style.js";
import { loadScript } from "./lazy.js";

const QUIET = 4; // modules of white around it, which scanners ask for
const SVG = "http://www.w3.org/2000/svg";

/**
 * Dark on white in dark mode too. Level M, for long texts L; null for a text that no code holds (2,953 bytes).
 * Rejects with an Error whose message is one sentence for the reader.
 * @param {string} text
 * @param {string} label what it is, for those who do not see it
 * @returns {Promise<SVGSVGElement | null>}
 */
export async function qrElement(text, label = "二维码") {
  actStyle();
  /** @type {any} */
  const encoder = await loadScript("qrcode.js", "qrcode");
  encoder.stringToBytes = encoder.stringToBytesFuncs["UTF-8"];
  const code = encoded(encoder, text, "M") || encoded(encoder, text, "L");
  return code && drawn(code, label);
}

/** @param {any} encoder @param {string} text @param {string} level */
function encoded(encoder, text, level) {
  try {
    const code = encoder(0, level);
    code.addData(text);
    code.make();
    return code;
  } catch { // it throws where the text is too long
    return null;
  }
}

/** @param {any} code @param {string} label */
function drawn(code, label) {
  const count = code.getModuleCount();
  const size = count + 2 * QUIET;
  const element = document.createElementNS(SVG, "svg");
  const shown = { class: "qr", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" };
  for (const [name, value] of Object.entries(shown)) element.setAttribute(name, value);
  let dark = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) dark += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  element.append(filledPath(`M0 0h${size}v${size}h-${size}z`, "#fff"), filledPath(dark, "#000"));
  return element;
}

/** @param {string} d @param {string} fill */
function filledPath(d, fill) {
  const element = document.createElementNS(SVG, "path");
  element.setAttribute("d", d);
  element.setAttribute("fill", fill);
  return element;
}
