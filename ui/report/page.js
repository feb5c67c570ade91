"use strict";
(() => {
  const list = document.querySelector(".rows");
  const tools = document.querySelector(".tools");
  if (!list || !tools) return;
  const rows = [...list.querySelectorAll("details.row")];
  const written = rows.slice();
  const search = tools.querySelector("input");
  const states = [...tools.querySelectorAll("button[data-state]")];
  const slowest = tools.querySelector("#slowest");
  const said = document.querySelector("#said");
  let state = "";
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let seen = 0;
    for (const row of rows) {
      const text = row.querySelector("summary").textContent.toLowerCase();
      const fits = (state === "" || row.dataset.state === state) && words.every((word) => text.includes(word));
      row.hidden = !fits;
      if (fits) seen++;
    }
    said.textContent = seen === rows.length ? "" : seen + " of " + rows.length + " shown";
  };
  for (const button of states) {
    button.addEventListener("click", () => {
      state = button.dataset.state;
      for (const other of states) other.setAttribute("aria-pressed", String(other === button));
      show();
    });
  }
  search.addEventListener("input", show);
  slowest.addEventListener("click", () => {
    const sorted = slowest.getAttribute("aria-pressed") !== "true";
    slowest.setAttribute("aria-pressed", String(sorted));
    list.append(...(sorted ? rows.slice().sort((a, b) => b.dataset.time - a.dataset.time) : written));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
  tools.hidden = false;
})();
