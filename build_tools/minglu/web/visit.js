// The walks of this visit: tree → the fragment last walked. On window, as two scripts share them (minglu.js and act.js).

/** @returns {Map<string, string>} */
export function walksOfVisit() {
  if (!Reflect.has(window, "MingluWalks")) Reflect.set(window, "MingluWalks", new Map());
  return Reflect.get(window, "MingluWalks");
}
