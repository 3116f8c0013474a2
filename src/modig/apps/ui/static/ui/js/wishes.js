// A slider beside each number: both say the same. Without scripts the number is enough.
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    for (const range of document.querySelectorAll("input[type=range][data-of]")) {
      const number = document.getElementById(range.dataset.of);
      if (!number) continue;
      range.hidden = false;
      range.addEventListener("input", () => {
        number.value = range.value;
      });
      number.addEventListener("input", () => {
        range.value = number.value;
      });
    }
  });
})();
