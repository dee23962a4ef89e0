import { BLOCKS } from './liquid.js';
import type { Tag } from './pieces.js';

/** What is wrong with a tag among the others, and where in the text. */
interface StructureFault {
  readonly message: string;
  readonly position: number;
}

interface Block {
  readonly name: string;
  hasElse: boolean;
}

const NAME = /^-?\s*([\w#]+)\s*([^]*)$/;

/** Tags that go by something. */
const NEEDS: Readonly<Record<string, string>> = {
  if: 'if needs a condition: {% if gold > 1 %}.',
  unless: 'unless needs a condition: {% unless gold > 1 %}.',
  elsif: 'elsif needs a condition: {% elsif gold > 1 %}.',
  case: 'case needs a value: {% case gold %}.',
  when: 'when needs a value: {% when 1 %}.',
};

/** Faults of tags that stand in the wrong order, with too much in them, or with nothing. Linear. @param tags those of a text */
export function structureFaults(tags: readonly Tag[]): StructureFault[] {
  const open: Block[] = [];
  return tags.flatMap(({ opener, inside, start }) => {
    const message =
      opener === '{'
        ? /^-?\s*$/.test(inside) && 'There is nothing in it to print.'
        : faultOf(inside, open);
    return message ? [{ message, position: start }] : [];
  });
}

/** @param open the blocks that the tag stands in, innermost last; it is opened or closed there */
function faultOf(inside: string, open: Block[]): string | undefined {
  const [, name = '', rest = ''] = NAME.exec(inside) ?? [];
  const block = open.at(-1);
  if (BLOCKS.includes(name)) open.push({ name, hasElse: false });
  if (rest.trim() === '' && Object.hasOwn(NEEDS, name)) return NEEDS[name];
  if (block === undefined) return undefined;
  if (name === `end${block.name}`) {
    open.pop();
    return rest.trim() === '' ? undefined : `Nothing may stand after ${name}.`;
  }
  if (name === 'elsif' || name === 'when')
    return block.hasElse ? `${name} must stand before else.` : undefined;
  if (name !== 'else') return undefined;
  if (/^if\b/.test(rest)) return 'Write elsif instead of else if.';
  if (rest.trim() !== '') return 'Nothing may stand after else.';
  if (block.hasElse) return 'There is an else before this one.';
  block.hasElse = true;
  return undefined;
}
