// The site that this script runs on: what write/in_site.py says of it, and the addresses of its files.

/** @typedef {{ python?: boolean, engine?: string, minutes?: number, addresses?: Record<string, string | null>, files?: Record<string, string> }} SiteFacts */

// Read once: where `src` is relative, in-site navigation makes it another address.
const script = /** @type {HTMLScriptElement | null} */ (globalThis.document?.currentScript ?? null)?.src;

/** @returns {SiteFacts} */
export function siteFacts() {
  return Reflect.get(globalThis, "MingluSite") || {};
}

/** The site's root, wherever the site stands. */
export function siteRoot() {
  return new URL("../../", script || document.baseURI);
}

/**
 * A page by the place that `write` gives it, such as `law/x.html`; null where the site leaves it out.
 * @param {string} place
 */
export function pageAddress(place) {
  const { addresses = {} } = siteFacts();
  const address = place in addresses ? addresses[place] : place;
  return address === null ? null : new URL(address, siteRoot());
}

/** The name of this very script; "" where it is not known. */
export function scriptName() {
  return script ? new URL(script).pathname.split("/").pop() || "" : "";
}

/**
 * A file of ours, by its plain name or by the one that carries the hash of what is in it.
 * @param {string} name
 */
export function fileAddress(name) {
  return new URL(`assets/minglu/${siteFacts().files?.[name] ?? name}`, siteRoot());
}

/**
 * Whether the site has a file of those that it may be without.
 * @param {string} name
 */
export function siteHas(name) {
  const { files } = siteFacts();
  return !files || name in files;
}
