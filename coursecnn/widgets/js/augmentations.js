// Changes of an image by the definitions of `coursecnn.augment`, and where they take a box. An image
// is { channels, height, width, pixels }: bytes, channel after channel, as in a tensor.

/** The steps in their order; rotating, scaling and shifting read the image once, all together. */
export const STEPS = [
  "flip", "rotate", "scale", "shift", "brightness", "contrast", "saturation", "hue", "blur", "noise",
  "cutout", "mixup",
];

/** What leaves an image as it is. */
export const NEUTRAL = {
  flip: "none", angle: 0, scale: 1, right: 0, down: 0, brightness: 1, contrast: 1, saturation: 1,
  hue: 0, blur: 0, noise: 0, cutout: 0, mixup: 0,
};

const BLUR_KERNEL = 9; // pixels, as `blur(…, kernel_size=9)`
const GREY = [0.2989, 0.587, 0.114];

function like(image, pixels) {
  return { ...image, pixels };
}

/** A new image whose pixels are computed one by one: `at(index, channel, row, column)`. */
function each(image, at) {
  const { channels, height, width } = image;
  const pixels = new Uint8Array(channels * height * width);
  let index = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1, index += 1) {
        pixels[index] = at(index, channel, row, column);
      }
    }
  }
  return like(image, pixels);
}

function clamped(value) {
  return Math.min(Math.max(value, 0), 255);
}

// --- where things are ---

/** Mirrored left to right ("horizontal") or top to bottom ("vertical"). */
export function flip(image, direction) {
  const { height, width, pixels } = image;
  if (direction === "none") return image;
  return each(image, (index, channel, row, column) => {
    const [y, x] = direction === "vertical" ? [height - 1 - row, column] : [row, width - 1 - column];
    return pixels[(channel * height + y) * width + x];
  });
}

/** Rotated counter-clockwise by degrees and scaled about the centre, then moved by pixels. */
export function affine(image, { angle = 0, scale = 1, down = 0, right = 0 }) {
  const { height, width, pixels } = image;
  const [cos, sin] = [Math.cos(turned(angle)) / scale, Math.sin(turned(angle)) / scale];
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  return each(image, (index, channel, row, column) => {
    const [y, x] = [row - middleY - down, column - middleX - right];
    const plane = channel * height * width;
    return bilinear(pixels, plane, height, width, cos * y - sin * x + middleY, cos * x + sin * y + middleX);
  });
}

function turned(angle) {
  return (-angle * Math.PI) / 180;
}

/** The four nearest pixels, mixed; zero beyond the border. */
function bilinear(pixels, plane, height, width, y, x) {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [below, beside] = [y - top, x - left];
  const read = (row, column) =>
    row < 0 || row >= height || column < 0 || column >= width
      ? 0 : pixels[plane + row * width + column];
  const upper = read(top, left) * (1 - beside) + read(top, left + 1) * beside;
  const lower = read(top + 1, left) * (1 - beside) + read(top + 1, left + 1) * beside;
  return Math.round(upper * (1 - below) + lower * below);
}

/**
 * Where a box goes, as [top, left, bottom, right] in pixels from the upper left corner: its four
 * corners as [row, column], and the upright box around them within the image, null if none is left.
 */
export function moved([top, left, bottom, right], parameters, [height, width]) {
  const corners = [[top, left], [top, right], [bottom, right], [bottom, left]].map((corner) =>
    movedPoint(corner, parameters, [height, width]),
  );
  const [rows, columns] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
  const box = [
    Math.max(Math.min(...rows), 0), Math.max(Math.min(...columns), 0),
    Math.min(Math.max(...rows), height), Math.min(Math.max(...columns), width),
  ];
  return { corners, box: box[0] < box[2] && box[1] < box[3] ? box : null };
}

function movedPoint([row, column], { flip: direction, angle, scale, down, right }, [height, width]) {
  const y = (direction === "vertical" ? height - row : row) - height / 2;
  const x = (direction === "horizontal" ? width - column : column) - width / 2;
  const [cos, sin] = [Math.cos(turned(angle)) * scale, Math.sin(turned(angle)) * scale];
  return [cos * y + sin * x + height / 2 + down, cos * x - sin * y + width / 2 + right];
}

// --- light and colour: fractions are cut off, as the library does ---

/** Multiplied. */
export function brightness(image, factor) {
  return each(image, (index) => clamped(image.pixels[index] * factor));
}

/** Stretched away from the mean grey. */
export function contrast(image, factor) {
  const greys = grey(image);
  const mean = greys.reduce((sum, value) => sum + value, 0) / greys.length;
  return each(image, (index) => clamped(image.pixels[index] * factor + mean * (1 - factor)));
}

/** Stretched away from each pixel's own grey. */
export function saturation(image, factor) {
  if (image.channels === 1) return image;
  const greys = grey(image);
  const own = (index) => greys[index % greys.length];
  return each(image, (index) => clamped(image.pixels[index] * factor + own(index) * (1 - factor)));
}

/** How bright each pixel looks, in whole numbers. */
function grey({ channels, pixels }) {
  if (channels === 1) return Array.from(pixels);
  const size = pixels.length / 3;
  const [red, green, blue] = GREY;
  return Array.from({ length: size }, (_, index) => {
    const [r, g, b] = [pixels[index], pixels[index + size], pixels[index + 2 * size]];
    return Math.floor(red * r + green * g + blue * b);
  });
}

/** The colour circle turned by a share of a full turn; hue, saturation and value of A. R. Smith. */
export function hue(image, turn) {
  if (image.channels === 1) return image;
  const size = image.height * image.width;
  const pixels = new Uint8Array(3 * size);
  for (let index = 0; index < size; index += 1) {
    const [angle, chroma, value] = toHsv(
      image.pixels[index] / 255, image.pixels[index + size] / 255, image.pixels[index + 2 * size] / 255,
    );
    const shares = toRgb((angle + turn + 1) % 1, chroma, value);
    for (let channel = 0; channel < 3; channel += 1) {
      pixels[channel * size + index] = Math.min(Math.max(shares[channel], 0), 1) * 255.999;
    }
  }
  return like(image, pixels);
}

function toHsv(red, green, blue) {
  const value = Math.max(red, green, blue);
  const spread = value - Math.min(red, green, blue);
  if (spread === 0) return [0, 0, value];
  const sixths =
    value === red ? (green - blue) / spread
    : value === green ? 2 + (blue - red) / spread
    : 4 + (red - green) / spread;
  return [(sixths / 6 + 1) % 1, spread / value, value];
}

function toRgb(angle, chroma, value) {
  const sixth = Math.floor(6 * angle);
  const part = chroma * (6 * angle - sixth);
  const [lowest, falling, rising] = [(1 - chroma) * value, (1 - part) * value, (1 - chroma + part) * value];
  switch (sixth % 6) {
    case 0: return [value, rising, lowest];
    case 1: return [falling, value, lowest];
    case 2: return [lowest, value, rising];
    case 3: return [lowest, falling, value];
    case 4: return [rising, lowest, value];
    default: return [value, lowest, falling];
  }
}

// --- sharpness, noise, holes, and a second image ---

/** Averaged under a bell curve so many pixels wide; borders are reflected. */
export function blur(image, sigma, kernelSize = BLUR_KERNEL) {
  const { height, width, pixels } = image;
  const weights = bell(sigma, kernelSize);
  // The bell of two dimensions is a product: along the rows first, then along the columns.
  const along = new Float64Array(pixels.length);
  for (let index = 0; index < pixels.length; index += 1) {
    const column = index % width;
    along[index] = mean(pixels, weights, column, width, index - column, 1);
  }
  return each(image, (index, channel, row) =>
    Math.round(mean(along, weights, row, height, index - row * width, width)),
  );
}

/** The weighted mean around a place on a line, which starts somewhere and goes on in steps. */
function mean(values, weights, place, size, start, step) {
  const first = place - (weights.length - 1) / 2;
  let sum = 0;
  for (let tap = 0; tap < weights.length; tap += 1) {
    sum += weights[tap] * values[start + step * reflected(first + tap, size)];
  }
  return sum;
}

function bell(sigma, kernelSize) {
  const reach = (kernelSize - 1) / 2;
  const heights = Array.from({ length: kernelSize }, (_, tap) =>
    Math.exp(-((tap - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = heights.reduce((a, b) => a + b);
  return heights.map((height) => height / total);
}

function reflected(place, size) {
  return place < 0 ? -place : place >= size ? 2 * (size - 1) - place : place;
}

/** Noise of so large a standard deviation, as a share of 255; `normal` has a number for each byte. */
export function noise(image, sigma, normal) {
  const added = (index) => Math.trunc(normal[index] * sigma * 255);
  return each(image, (index) => clamped(image.pixels[index] + added(index)));
}

/** A black square with its upper left corner at [row, column], which may lie outside. */
export function cutout(image, [top, left], size) {
  const inside = (place, first) => place >= first && place < first + size;
  return each(image, (index, channel, row, column) =>
    inside(row, top) && inside(column, left) ? 0 : image.pixels[index],
  );
}

/** Laid over a partner, of which so large a share is seen. */
export function mixup(image, partner, lent) {
  return each(image, (index) =>
    Math.round(partner.pixels[index] * lent + image.pixels[index] * (1 - lent)),
  );
}

// --- the chain, and random draws of it ---

/**
 * An image after all steps that change something. `centre` is that of the hole, as [row, column];
 * `normal()` gives the numbers of the noise.
 */
export function augmented(image, parameters, { partner, centre, normal }) {
  const { angle, scale, down, right } = parameters;
  const isMoved = ["angle", "scale", "down", "right"].some((name) => parameters[name] !== NEUTRAL[name]);
  const corner = centre.map((place) => place - Math.floor(parameters.cutout / 2));
  const changes = [
    ["flip", (now, value) => flip(now, value)],
    isMoved ? ["scale", (now) => affine(now, { angle, scale, down, right }), true] : null,
    ["brightness", brightness],
    ["contrast", contrast],
    ["saturation", saturation],
    ["hue", hue],
    ["blur", (now, value) => blur(now, value)],
    ["noise", (now, value) => noise(now, value, normal())],
    ["cutout", (now, value) => cutout(now, corner, value)],
    ["mixup", (now, value) => mixup(now, partner, value)],
  ].filter((change) => change !== null && (change[2] || parameters[change[0]] !== NEUTRAL[change[0]]));
  return changes.reduce((now, [name, change]) => change(now, parameters[name]), image);
}

/**
 * The parameters of one random draw at given strengths, and the centre of its hole. A flip comes in
 * half of the draws; the others are drawn evenly, as far to one side of what changes nothing as to
 * the other. Each draw takes the same numbers from `random`, whatever the strengths are.
 */
export function drawn(strengths, random, [height, width]) {
  const evenly = (name, least = -Infinity) => {
    const [middle, reach] = [NEUTRAL[name], Math.abs(strengths[name] - NEUTRAL[name])];
    const low = Math.max(least, middle - reach);
    return low + (middle + reach - low) * random();
  };
  const upTo = (name) => strengths[name] * random();
  const parameters = {
    flip: random() < 0.5 ? strengths.flip : "none",
    angle: evenly("angle"),
    scale: evenly("scale"),
    right: Math.round(evenly("right")),
    down: Math.round(evenly("down")),
    brightness: evenly("brightness", 0),
    contrast: evenly("contrast", 0),
    saturation: evenly("saturation", 0),
    hue: evenly("hue"),
    blur: upTo("blur"),
    noise: strengths.noise,
    cutout: strengths.cutout,
    mixup: upTo("mixup"),
  };
  return { parameters, centre: [height, width].map((size) => Math.floor(size * random())) };
}

/** A generator of numbers from 0 to 1, the same for the same seed: mulberry32 of T. Ettinger. */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many numbers from the standard normal distribution (G. Box and M. Muller, 1958). */
export function normals(count, random) {
  const numbers = new Float64Array(count);
  for (let index = 0; index < count; index += 2) {
    const length = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    numbers[index] = length * Math.cos(angle);
    if (index + 1 < count) numbers[index + 1] = length * Math.sin(angle);
  }
  return numbers;
}
