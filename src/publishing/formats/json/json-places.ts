import { findNodeAtLocation, parseTree, visit, type Node } from 'jsonc-parser';
import { offsetOf, placesIn, type FileProblem, type Path, type Place } from '../place.js';

/** Where things stand in a JSON text. The text is parsed for that only once something is looked for. */
export class JsonPlaces {
  #placeOf: ((offset: number) => Place) | undefined;
  #tree: Node | undefined;

  constructor(private readonly text: string) {}

  at(offset: number): Place {
    this.#placeOf ??= placesIn(this.text);
    return this.#placeOf(offset);
  }

  /** The place of a value, or of what would hold it where it is missing. @param within where in the value’s text */
  of(path: Path, within?: Place): Place | undefined {
    this.#tree ??= parseTree(this.text);
    if (this.#tree === undefined) return undefined;
    for (let length = path.length; length >= 0; length--) {
      const node = findNodeAtLocation(this.#tree, path.slice(0, length));
      if (node === undefined) continue;
      const isText = length === path.length && within !== undefined && node.type === 'string';
      return this.at(isText ? this.#offsetWithin(node, within) : node.offset);
    }
    return undefined;
  }

  #offsetWithin(node: Node, within: Place): number {
    const rest = offsetOf(node.value as string, within);
    const escapes = /\\u[0-9a-fA-F]{4}|\\.|[^\\]/gs;
    escapes.lastIndex = node.offset + 1;
    for (let i = 0; i < rest; i++) escapes.exec(this.text);
    return escapes.lastIndex;
  }
}

/** Fields that an object has twice: all but the last would be lost. */
export function repeatedFields(text: string, places: JsonPlaces): FileProblem[] {
  const problems: FileProblem[] = [];
  const fields: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => {
      fields.push(new Set());
    },
    onObjectProperty: (name, offset) => {
      const seen = fields.at(-1)!;
      if (seen.has(name)) {
        const message = `"${name}" is there twice; keep one`;
        problems.push({ severity: 'error', place: places.at(offset), message });
      }
      seen.add(name);
    },
    onObjectEnd: () => {
      fields.pop();
    },
  });
  return problems;
}
