// Small helps; every page works without them.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy).textContent;
  navigator.clipboard.writeText(text.trim()).then(() => { button.textContent = button.dataset.done; });
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});
// A second click on a button sends nothing twice while the answer to the first is under way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !event.submitter || form.method !== "post") return;
  if (event.timeStamp - Number(form.dataset.sent) < 3000) event.preventDefault();
  else form.dataset.sent = event.timeStamp;
});
document.querySelectorAll("[data-find]").forEach((field) => { field.hidden = false; });
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-find]")) return;
  const words = event.target.value.trim().toLowerCase();
  event.target.parentElement.querySelectorAll("details").forEach((group, number) => {
    const boxes = [...group.querySelectorAll("label")];
    boxes.forEach((box) => { box.hidden = !box.textContent.toLowerCase().includes(words); });
    group.hidden = boxes.every((box) => box.hidden);
    group.open = words ? !group.hidden : number === 0;
  });
});
// A slider and the number beside it are one value; the number is what is sent.
document.querySelectorAll("[data-slides]").forEach((slider) => { slider.hidden = false; });
document.addEventListener("input", (event) => {
  const slide = event.target.closest(".rt-slide");
  if (!slide) return;
  const slider = slide.querySelector("[data-slides]");
  const number = slide.querySelector("[data-official]");
  if (event.target === slider) number.value = slider.value;
  else slider.value = number.value;
  slide.classList.toggle("is-moved", Number(number.value) !== Number(number.dataset.official));
});
// A link to a folded part of the page opens it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const part = link && document.getElementById(link.hash.slice(1));
  if (part && part.matches("details")) part.open = true;
});
// A menu closes when somebody looks elsewhere.
document.addEventListener("click", (event) => {
  document.querySelectorAll("[data-menu][open]").forEach((menu) => { menu.open = menu.contains(event.target); });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("[data-menu][open]").forEach((menu) => {
    if (menu.contains(document.activeElement)) menu.firstElementChild.focus();
    menu.open = false;
  });
});
