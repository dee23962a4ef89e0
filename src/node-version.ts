/** The oldest Node.js that the server and its commands run on: the one that the project brings. */
export const NEEDED_NODE = 24;

/**
 * Ends the process, with status 1 and a message, on an older Node.js than Talegraph needs.
 * @param ways commands that start the same thing on the Node.js that the project brings
 */
export function refuseOlderNode(...ways: readonly string[]): void {
  const { node } = process.versions;
  if (Number.parseInt(node) >= NEEDED_NODE) return;
  process.stderr.write(
    `Talegraph needs Node.js ${NEEDED_NODE} or newer, and this is ${node}. ` +
      `The project brings one that fits; use it by "${ways.join('" or "')}".\n`,
  );
  process.exit(1);
}
