// What the channels of a colour image are called.

export const CHANNELS = ["red", "green", "blue"];
