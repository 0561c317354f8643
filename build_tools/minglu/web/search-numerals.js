// Numbers as people write them in a query: 24, 二十四, 两次.

/**
 * @param {string} written 24, 二十四 or 一百零五
 * @returns {number} 0 for what is none
 */
export function numberOf(written) {
  if (/^\d+$/.test(written)) return written.length < 5 ? Number(written) : 0;
  let [sum, digit] = [0, 0];
  for (const sign of written) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[sign];
    if (unit) [sum, digit] = [sum + (digit || 1) * unit, 0];
    else digit = "零一二三四五六七八九".indexOf(sign);
  }
  return sum + digit;
}

/**
 * 7天 is 七天, 7日 and 七日 too.
 * @param {string} number
 * @param {string} unit
 */
export function measures(number, unit) {
  if (!number) return [];
  const value = numberOf(number.replace("两", "二"));
  const numbers = new Set([number, String(value), chinese(value), ...(value === 2 ? ["两"] : [])]);
  const units = unit === "天" || unit === "日" ? ["天", "日"] : unit === "月" ? ["月", "个月"] : [unit];
  return [...numbers].flatMap((one) => units.map((other) => one + other));
}

/** @param {number} value */
function chinese(value) {
  const written = [...String(value).padStart(4, "0")].map((digit, place) => (digit === "0" ? "零" : "零一二三四五六七八九"[Number(digit)] + "千百十 "[place].trim())).join("");
  return written.replace(/零+/g, "零").replace(/^零|零$/g, "").replace(/^一十/, "十");
}
