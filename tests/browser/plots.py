"""Plots on a page of the book: readable, in the colours of the page, never turned."""

# A text is held against the ground of its figure and the shapes that were drawn before it there.
LOOK = """() => {
  const wrong = [], rgba = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const over = (top, share, below) => below.map((v, i) => share * top[i] + (1 - share) * v);
  const ground = (node) => {
    for (let e = node; e; e = e.parentElement) {
      const c = rgba(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const article = document.querySelector(".bd-article");
  for (const e of article.querySelectorAll("img, .cc-drawing, .cc-drawing svg")) {
    const { filter, backgroundColor } = getComputedStyle(e);
    if (filter !== "none") wrong.push(`${e.className.baseVal ?? e.className} has filter ${filter}`);
    if (e.matches(".cc-drawing svg, .cc-drawing") && e.parentElement.matches("figure *") &&
        rgba(backgroundColor)[3] !== 0) wrong.push("a drawing lies on a ground of its own");
  }
  for (const drawing of article.querySelectorAll(".cc-drawing")) {
    const room = drawing.getBoundingClientRect();
    for (const svg of drawing.querySelectorAll(".cc-row > svg")) {
      const box = svg.getBoundingClientRect();
      if (!box.width) continue;
      if (box.right > room.right + 1 || box.left < room.left - 1) wrong.push("a panel sticks out");
      const scale = svg.getScreenCTM().a, shapes = [...svg.querySelectorAll("path, image")];
      for (const text of svg.querySelectorAll("text")) {
        const style = getComputedStyle(text), said = text.textContent;
        const size = parseFloat(style.fontSize) * scale;
        if (size < 11.9) wrong.push(`"${said}" has ${size.toFixed(1)} pixels`);
        const { x, y, width, height } = text.getBBox();
        const middle = new DOMPoint(x + width / 2, y + height / 2);
        let below = ground(drawing), onImage = false;
        for (const shape of shapes) {
          if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
          if (shape.tagName === "image") {
            const b = shape.getBBox();
            onImage ||= b.x < middle.x && middle.x < b.x + b.width &&
              b.y < middle.y && middle.y < b.y + b.height;
          } else {
            const look = getComputedStyle(shape);
            if (look.fill !== "none" && shape.isPointInFill(middle))
              below = over(rgba(look.fill), Number(look.fillOpacity), below);
          }
        }
        const seen = contrast(rgba(style.fill), below);
        if (!onImage && seen < 4.5) wrong.push(`"${said}" has contrast ${seen.toFixed(2)}`);
      }
    }
  }
  return wrong;
}"""


def unreadable(page):
    """What is wrong with the plots of an open page, as it looks now; a text for each fault."""
    return page.evaluate(LOOK)
