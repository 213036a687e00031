// Draws the charts of a report. Without this file, or when a chart fails, its table stays open.
"use strict";

const look = { font: getComputedStyle(document.body).fontFamily };

const options = {
  mode: "vega-lite",
  renderer: "svg", // follows the colours of the page, and prints sharply
  ast: true, // expressions are interpreted: the page allows no eval
  defaultStyle: false,
  actions: false,
  tooltip: false,
  config: look,
};

async function draw(figure) {
  const spec = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const place = figure.querySelector(".chart");
  place.hidden = false;
  try {
    await vegaEmbed(place, spec, options);
    nameForReaders(place, spec.description);
    figure.querySelector("details").open = false;
  } catch (error) {
    place.hidden = true;
    console.error(error);
  }
}

// To those who hear the page a chart is one picture with a sentence; the table has every number.
function nameForReaders(place, description) {
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", description);
  place.querySelector("svg").setAttribute("aria-hidden", "true");
}

document.querySelectorAll("figure.drawn").forEach(draw);

// On paper nobody can open a table.
const opened = new Set();

addEventListener("beforeprint", () => {
  for (const table of document.querySelectorAll("details:not([open])")) {
    opened.add(table);
    table.open = true;
  }
});

addEventListener("afterprint", () => {
  for (const table of opened) table.open = false;
  opened.clear();
});
