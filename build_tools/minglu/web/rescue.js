{
  // Inside <tree-walk>: the sections that are text go back into the page where the widget does not come, or not soon. Later it takes over.
  // A page that in-site navigation brings has them as elements within <noscript>, where nobody sees them either.
  const walk = document.currentScript.parentElement;
  const putBack = () => {
    const text = walk.hasAttribute("ready") ? null : walk.querySelector("noscript");
    if (!text) return;
    const rest = document.createElement("div");
    rest.className = "rest";
    rest.innerHTML = text.firstElementChild ? text.innerHTML : text.textContent;
    text.replaceWith(rest);
    // So that what the address names is its target, as it would have been from the start.
    if (location.hash && !location.hash.includes("=")) location.replace(location.href);
  };
  const rescue = () => (window.customElements && customElements.get("tree-walk")) || putBack();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", rescue);
  else rescue();
  setTimeout(putBack, 4000);
}
