// The picture of a tree and its outline: the way of the reader who comes from the tree's page is lit up. The custom element `<tree-map>`.
// Needs fragment.js before it.
//
// The way stands in the fragment: the answers on it, in their order, and the node that it has come to.

(function () {
  "use strict";
  if (customElements.get("tree-map")) return; // in-site navigation may run this script again

  const { read, write, at } = window.MingluFragment;

  class TreeMap extends HTMLElement {
    connectedCallback() {
      this.addEventListener("click", (event) => this.clicked(event));
      for (const type of ["mouseover", "focusin"]) this.addEventListener(type, ({ target }) => this.near(target.closest("svg .node")));
      this.light();
      const [start, here] = [this.querySelector("svg .node"), [...this.querySelectorAll("svg .node.on")].pop()];
      this.bring(here || start);
      // Material scrolls to where the page before was, when it has put this one in place.
      if (here) this.top = window.document$ ? window.document$.subscribe(() => scrollTo(0, 0)) : scrollTo(0, 0);
    }

    disconnectedCallback() {
      if (this.top) this.top.unsubscribe();
    }

    light() {
      const { answers, version } = read(location.hash);
      if (!answers || !answers.size) return;
      const path = [...answers];
      const walk = this.querySelector(".back a").getAttribute("href").split("#")[0]; // the tree's page
      const nodes = [...path.map(([question]) => question), at(location.hash)].filter((id) => id && this.all(`[data-node="${id}"]`).length);
      nodes.forEach((id, step) => {
        for (const edge of this.all(`[data-from="${nodes[step - 1]}"][data-to="${id}"]`)) edge.classList.add("on");
        for (const node of this.all(`[data-node="${id}"]`)) {
          node.classList.add("on");
          const link = node.closest("a") || node.querySelector("a");
          const to = `${walk}${write(version || this.getAttribute("version"), path.filter(([question]) => question !== id))}`;
          if (node === link) link.href.baseVal = to;
          else link.href = to;
          if (node === link) link.setAttribute("aria-label", `${link.getAttribute("aria-label")}（你走过）`);
          if (step === nodes.length - 1) link.setAttribute("aria-current", "step");
        }
      });
      if (nodes.length) this.querySelector("#legend").append(` 粗线是你走过的，共 ${path.length} 步；点走过的框，回到那一步。`);
    }

    all(selector) {
      return this.querySelectorAll(selector);
    }

    /** The start, or where the reader stands, in the middle of the box. */
    bring(node) {
      const box = this.querySelector(".map");
      const [inner, outer] = [node.getBoundingClientRect(), box.getBoundingClientRect()];
      box.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
      box.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
    }

    /** What leads to a node and away from it. */
    near(node) {
      for (const edge of this.all(".near")) edge.classList.remove("near");
      if (node) for (const edge of this.all(`[data-from="${node.dataset.node}"], [data-to="${node.dataset.node}"]`)) edge.classList.add("near");
    }

    /** Material follows only links of HTML in place; one of the picture would load the page anew, and Python with it. */
    clicked(event) {
      const link = event.target.closest("svg a");
      if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const stand_in = document.createElement("a");
      stand_in.href = link.href.baseVal;
      document.body.append(stand_in);
      stand_in.click();
      stand_in.remove();
      event.preventDefault(); // last: what throws above leaves the link to the browser
    }
  }

  customElements.define("tree-map", TreeMap);
})();
