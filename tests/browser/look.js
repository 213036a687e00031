// Everything on this page that is not drawn in our type, sizes and inks, each as a line.
(allowed) => {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
    .getContext("2d", { willReadFrequently: true });
  const painted = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const inks = allowed.map(painted);
  const known = new Map();
  const isOurs = (colour) => {
    if (!known.has(colour)) {
      const [red, green, blue, alpha] = painted(colour);
      const off = alpha < 250 ? 14 : 3; // what is translucent is rounded
      known.set(colour, alpha < 8 || inks.some((ink) =>
        [red, green, blue].every((part, at) => Math.abs(part - ink[at]) <= off)));
    }
    return known.get(colour);
  };
  const scale = [0, -1, 0, 1, 2, 3, 4, 5].map((step, at) => (at ? 16 * 1.2 ** step : 0));
  const found = new Set();
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest("svg, iframe, script, style, option") || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const name = `${element.localName}.${element.className}`.slice(0, 90);
    const hasWords = element.matches("input, select, textarea")
      || [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (hasWords && !style.fontFamily.includes("Material Symbols")) {
      const size = parseFloat(style.fontSize);
      if (!/^(system-ui|ui-monospace)/.test(style.fontFamily)) found.add(`${name} ${style.fontFamily}`);
      if (!scale.some((step) => Math.abs(step - size) < 0.2)) found.add(`${name} ${size}px`);
    }
    if (hasWords && !isOurs(style.color)) found.add(`${name} color ${style.color}`);
    if (!isOurs(style.backgroundColor)) found.add(`${name} background ${style.backgroundColor}`);
    for (const side of ["Top", "Right", "Bottom", "Left"]) {
      const colour = style[`border${side}Color`];
      if (parseFloat(style[`border${side}Width`]) && !isOurs(colour)) found.add(`${name} border ${colour}`);
    }
  }
  return [...found];
}
