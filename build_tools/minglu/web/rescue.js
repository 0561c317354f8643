{
  // Inside <tree-walk>: the sections that are text go back into the page where the widget does not come, or not soon. Later it takes over.
  const walk = document.currentScript.parentElement;
  const putBack = () => {
    const text = walk.hasAttribute("ready") ? null : walk.querySelector("noscript");
    if (!text || text.firstElementChild) return;
    const rest = document.createElement("div");
    rest.className = "rest";
    rest.innerHTML = text.textContent;
    text.replaceWith(rest);
    // So that what the address names is its target, as it would have been from the start.
    if (location.hash && !location.hash.includes("=")) location.replace(location.href);
  };
  const missing = () => !(window.customElements && customElements.get("tree-walk"));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => missing() && putBack());
  setTimeout(putBack, 4000);
}
