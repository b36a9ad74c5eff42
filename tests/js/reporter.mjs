// One line of JSON for each test: its file, its name, and why it failed.
export default async function* lines(events) {
  const printed = {};
  for await (const { type, data } of events) {
    if (type === "test:stderr") printed[data.file] = (printed[data.file] ?? "") + data.message;
    if (type !== "test:pass" && type !== "test:fail") continue;
    const { file, name, details: { error } } = data;
    if (file === name && !error) continue; // a file without a test passes as one
    const why = error && `${error.cause?.stack ?? error.cause ?? error}\n${printed[file] ?? ""}`;
    yield `${JSON.stringify({ file, name, why })}\n`;
  }
}
