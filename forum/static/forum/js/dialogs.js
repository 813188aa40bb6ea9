// A button with data-opens="id" opens that <dialog>; a press on the backdrop closes it. Escape and focus are the browser's.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    document.getElementById(opener.dataset.opens)?.showModal();
  } else if (event.target.matches("dialog[open]")) {
    const frame = event.target.getBoundingClientRect();
    const inside = event.clientX >= frame.left && event.clientX <= frame.right && event.clientY >= frame.top && event.clientY <= frame.bottom;
    if (!inside) event.target.close();
  }
});
