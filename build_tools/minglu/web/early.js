{
  // At the beginning of <tree-walk>, behind the link to the widget's script: whoever comes by a link that holds answers, or names a place,
  // will see an outcome. Its file, which rescue.js runs beside the widget, is on its way while the page still is.
  const { previousElementSibling, parentElement } = document.currentScript;
  const { outcomes } = parentElement.dataset;
  if (location.hash && outcomes) {
    const link = previousElementSibling.cloneNode();
    link.href = new URL(`outcomes/${outcomes}`, link.href);
    link.onload = link.onerror = () => link.remove();
    document.head.append(link);
  }
}
