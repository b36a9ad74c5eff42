// The pooling stepper: a window walks over an image and keeps one number of each place.

import { choice, figure } from "./figure.js";
import { fitted, stepped } from "./pooling.js";
import { buildBoard, layout, paintBoard } from "./pool-board.js";
import { sentence } from "./pool-words.js";
import { Stepper } from "./stepper.js";

const FIELDS = ["image", "kernel_size", "stride", "kind", "position"];

const POOLING = {
  tag: "pooling-stepper",
  name: "Pooling stepper",
  refusal: "The window does not fit into this input: nothing was changed.",
  build: buildBoard,
  paint: paintBoard,
  chosen: (state) => state,
  fitted, stepped, layout, sentence, pickers,
};

function pickers(stepper) {
  const kinds = [["max", "max"], ["average", "average"]];
  const sizes = [1, 2, 3, 4].map((side) => [side, side]);
  const strides = [1, 2, 3].map((stride) => [stride, stride]);
  const set = (key) => (value) => stepper.change({ [key]: Number(value) });
  return {
    kind: choice("Rule", kinds, (kind) => stepper.change({ kind })),
    kernel_size: choice("Window", sizes, set("kernel_size")),
    stride: choice("Stride", strides, set("stride")),
  };
}

export default figure(POOLING.tag, FIELDS, (...home) => new Stepper(POOLING, ...home));
