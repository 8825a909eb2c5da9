// What a reader can do besides sorting. Without script the page is complete, only without these.
"use strict";

function button(text, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

// A box that hides the rows without the words, at tables that do not fit a screen. Sorting replaces the tbody.
for (const table of document.querySelectorAll("table.sortable")) {
  if (table.tBodies[0].rows.length > 15) {
    const field = document.createElement("input");
    const count = document.createElement("output");
    field.type = "search";
    field.placeholder = "Filter rows";
    field.setAttribute("aria-label", "Filter rows");
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      const rows = [...table.tBodies[0].rows];
      for (const row of rows) {
        const text = [...row.cells].map(cell => cell.textContent).join(" ").toLowerCase();
        row.hidden = !words.every(word => text.includes(word));
      }
      count.textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length}`;
    });
    count.textContent = `${table.tBodies[0].rows.length} rows`;
    const bar = document.createElement("div");
    bar.className = "bar";
    bar.append(field, count);
    table.closest(".table").querySelector("h3").after(bar);
  }
}

// Files are made of what the page shows: nothing is embedded twice.
function save(name, address) {
  const link = document.createElement("a");
  link.download = name;
  link.href = address;
  link.click();
}

// A file is light, whatever the page is: without the style of ThemedSvg, and with the defaults of its variables.
function asSvg(image) {
  const [type, data] = image.src.split(",");
  const svg = atob(data).replace(/<style>.*?<\/style>/, "").replace(/var\(--c\d+,(rgb\([\d,]+\))\)/g, "$1");
  return `${type},${btoa(svg)}`;
}

async function asPng(image) {
  const light = new Image();
  light.src = asSvg(image);
  await light.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.getAttribute("width");
  canvas.height = 2 * image.getAttribute("height");
  canvas.getContext("2d").drawImage(light, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

for (const image of document.querySelectorAll("figure img")) {
  const name = image.dataset.name;
  const bar = document.createElement("span");
  bar.className = "downloads";
  bar.append(button("SVG", () => save(`${name}.svg`, asSvg(image))));
  bar.append(button("PNG", async () => save(`${name}.png`, await asPng(image))));
  image.parentNode.querySelector("figcaption").append(" ", bar);
}

// The clipboard's interface is missing, or forbidden, where a browser does not trust files.
async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}

for (const pre of document.querySelectorAll(".listing pre")) {
  const made = button("Copy", async () => {
    made.textContent = (await copy(pre)) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => (made.textContent = "Copy"), 2000);
  });
  pre.before(made);
}

// On paper nothing can be unfolded.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  unfolded.forEach(details => (details.open = true));
});
addEventListener("afterprint", () => unfolded.forEach(details => (details.open = false)));
