// Numbers that a figure carries with it, out of the text of a module `NAME.stored.js`.

const TYPES = { int8: Int8Array, uint8: Uint8Array, int32: Int32Array, float32: Float32Array };

/** The stored arrays by name: `{ shape, data }` each, where `data` is a flat typed array. */
export function unpack(stored) {
  return Object.fromEntries(
    Object.entries(stored).map(([name, { dtype, shape, base64 }]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      return [name, { shape, data: new TYPES[dtype](bytes.buffer) }];
    }),
  );
}
