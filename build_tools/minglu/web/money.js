// Sums of money as readers type them and as the engine takes them, `4999.00` (engine/money.py has the same rules). Never a float.

const MONEY = /^¥?(\d{1,8}|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?(?:元|块|块钱)?$/;
const MOST_CENTS = 1_000_000_000;

/**
 * ￥４９９９, 4,999.00, 1，999.9 元 → 4999.00; "" for what cannot be read, is nothing, or is more than ten million.
 * @param {string} text
 */
export function moneyOf(text) {
  const plain = text.normalize("NFKC").replace(/\s/g, "").replace(/、/g, ",").replace(/。/g, ".");
  const [, yuan, cents = ""] = MONEY.exec(plain) || [];
  if (yuan === undefined) return "";
  const sum = `${yuan.replace(/,/g, "").replace(/^0+(?=\d)/, "")}.${cents.padEnd(2, "0")}`;
  const all = centsOf(sum);
  return all >= 1 && all <= MOST_CENTS ? sum : "";
}

/**
 * Of `4999.00`, a whole number.
 * @param {string} sum
 */
export function centsOf(sum) {
  return Number(sum.replace(".", ""));
}

/**
 * `4999.00` → 4,999.00 元.
 * @param {string} sum
 */
export function moneyShown(sum) {
  const [yuan, cents] = sum.split(".");
  return `${yuan.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents} 元`;
}
