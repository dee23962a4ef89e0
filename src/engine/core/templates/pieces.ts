/** What is worked out somewhere in a text: the inside of an output, or what a tag goes by. */
export interface Piece {
  /** Where its tag or output is opened. */
  readonly open: number;
  /** Where it begins itself. */
  readonly start: number;
  readonly source: string;
  /** The name that it is assigned to, where it is. */
  readonly assigns: string | undefined;
}

const TAG = /^-?\s*(if|elsif|unless|case|assign|comment|raw)\b/;

/** All that is worked out in a text, whether or not it is Liquid; comments and raw text are left out. Linear. */
export function piecesOf(text: string): Piece[] {
  const found: Piece[] = [];
  const [first, ...parts] = text.split(/\{([{%])/);
  let start = first!.length;
  let hidden: string | undefined;
  for (let i = 0; i < parts.length; i += 2) {
    const [opener, part] = [parts[i], parts[i + 1]!];
    const inside = /^[^]*?(?=-?[%}]\})/.exec(part)?.[0];
    const piece = inside === undefined ? undefined : pieceOf(inside, start, opener === '%');
    if (hidden !== undefined) {
      if (opener === '%' && new RegExp(`^-?\\s*end${hidden}\\b`).test(part)) hidden = undefined;
    } else if (typeof piece === 'string') hidden = piece;
    else if (piece !== undefined) found.push(piece);
    start += 2 + part.length;
  }
  return found;
}

/** @returns the name of a tag whose content is not Liquid, or undefined where nothing is worked out */
function pieceOf(inside: string, open: number, isTag: boolean): Piece | string | undefined {
  if (!isTag) return at(inside, open, /^-?/.exec(inside)![0].length);
  const [head = '', tag] = TAG.exec(inside) ?? [];
  if (tag === undefined || tag === 'comment' || tag === 'raw') return tag;
  if (tag !== 'assign') return at(inside, open, head.length);
  const target = /^\s*([\w-]+)\s*=(?!=)/.exec(inside.slice(head.length));
  if (target === null) return undefined;
  return at(inside, open, head.length + target[0].length, target[1]);
}

const at = (inside: string, open: number, length: number, assigns?: string): Piece => ({
  open,
  start: open + 2 + length,
  source: inside.slice(length),
  assigns,
});
