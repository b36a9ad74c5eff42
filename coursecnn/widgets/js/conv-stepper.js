// The convolution stepper: a kernel walks over an image, and each product is spelled out.

import { fitted, stepped } from "./convolution.js";
import { buildBoard, layout, paintBoard } from "./conv-board.js";
import { sentence } from "./conv-words.js";
import { choice, figure } from "./figure.js";
import { Stepper } from "./stepper.js";

const FIELDS = ["image", "kernel", "kernels", "position", "stride", "padding", "flip", "controls"];

const CONVOLUTION = {
  tag: "conv-stepper",
  name: "Convolution stepper",
  refusal: "The kernel does not fit into this input: nothing was changed.",
  build: buildBoard,
  paint: paintBoard,
  fitted, stepped, layout, sentence, pickers, chosen,
};

function pickers(stepper) {
  const { kernels, controls } = stepper.initial;
  const named = Object.keys(kernels).map((name) => [name, name]);
  const numbers = (values) => values.map((value) => [value, value]);
  const rules = [["", "cross-correlation"], ["turned", "convolution (kernel turned)"]];
  const set = (key) => (value) => stepper.change({ [key]: Number(value) });
  const of = (name) => ({ kernel: stepper.state.image.map(() => kernels[name]) });
  const pick = (name) => stepper.change(name === "" ? {} : of(name));
  const all = {
    kernel: ["Kernel", [...named, ["", "your own"]], pick],
    stride: ["Stride", numbers([1, 2, 3]), set("stride")],
    padding: ["Padding", numbers([0, 1, 2]), set("padding")],
    flip: ["Rule", rules, (value) => stepper.change({ flip: value !== "" })],
  };
  return Object.fromEntries(controls.map((name) => [name, choice(...all[name])]));
}

function chosen({ kernel, kernels, stride, padding, flip }) {
  const isShown = (preset) => kernel.every((c) => JSON.stringify(c) === JSON.stringify(preset));
  const name = Object.keys(kernels).find((each) => isShown(kernels[each])) ?? "";
  return { kernel: name, stride, padding, flip: flip ? "turned" : "" };
}

export default figure(CONVOLUTION.tag, FIELDS, (...home) => new Stepper(CONVOLUTION, ...home));
