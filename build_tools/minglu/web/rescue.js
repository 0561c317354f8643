{
  // Last inside <tree-walk>, when all of it is there: loads the widget's script, once a visit. The page has asked for it from its beginning,
  // with a link: Material, which runs the scripts of pages that it brings, would wait for one that does not come, and not run this.
  //
  // Where the widget does not come, or not soon, the sections that are text go back into the page; later it takes over. A page that in-site
  // navigation brings has them as elements within <noscript>, where nobody sees them either. What is tapped meanwhile is noted for the
  // widget, which finds no answers in the address.
  const walk = document.currentScript.parentElement;
  const putBack = (tap) => {
    const text = walk.hasAttribute("ready") ? null : walk.querySelector("noscript");
    if (!text) return;
    const rest = document.createElement("div");
    rest.className = "rest";
    rest.innerHTML = text.firstElementChild ? text.innerHTML : text.textContent;
    text.replaceWith(rest);
    if (!tap) tell();
    // So that what the address names is its target, as it would have been from the start.
    if (location.hash && !location.hash.includes("=")) location.replace(location.href);
  };
  const tell = () => {
    const says = document.createElement("p");
    says.className = "notice";
    says.append("这一页的程序没有加载成功，下面的链接照常可用。", Object.assign(document.createElement("a"), { href: location.href, textContent: "重试" }));
    says.lastChild.onclick = () => location.reload();
    walk.prepend(says);
  };
  const tapped = ({ target }) => {
    if (walk.hasAttribute("ready")) return;
    const link = target.closest("a[data-answer]");
    const taps = (window.MingluTaps = window.MingluTaps || []);
    if (link) taps.push([walk.getAttribute("tree"), link.dataset.question, link.dataset.answer]);
    putBack(true);
  };
  const runs = () => window.customElements && customElements.get("tree-walk");
  walk.addEventListener("click", tapped, true); // before its link leads to what is still text; the script may only be slow
  setTimeout(putBack, 4000);
  if (!runs()) {
    const script = document.createElement("script");
    script.onload = script.onerror = () => {
      script.remove();
      if (!runs()) putBack();
    };
    script.src = walk.querySelector("link").href;
    document.head.append(script);
  }
}
