/** What a benchmark is told on its command line; it ends with a word about what was wrong there. */
import { exit } from 'node:process';
import { parseArgs } from 'node:util';

/**
 * @param usage what it may be told, as `--help` says it
 * @param options those of `parseArgs`, with `number: true` for numbers above 0
 * @returns their values, and what ends the program with a message
 */
export function optionsFrom(usage, options) {
  const fail = (message) => {
    console.error(`${message}\n\n${usage}`);
    exit(1);
  };
  let values;
  try {
    ({ values } = parseArgs({ options: { ...options, help: { type: 'boolean' } } }));
  } catch (error) {
    fail(error.message);
  }
  if (values.help) {
    console.log(usage);
    exit(0);
  }
  for (const [name, { number }] of Object.entries(options)) {
    if (!number || values[name] === undefined) continue;
    const given = values[name];
    values[name] = Number(given);
    if (!(values[name] > 0)) fail(`--${name} takes a number above 0, and not "${given}".`);
  }
  return { ...values, fail };
}
