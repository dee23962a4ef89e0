import { append } from '../../../append.js';
import { opaque } from '../common/expression.js';
import { commentItem } from '../common/html.js';
import { DEEPEST, type Branch, type Code, type Goto, type Item } from '../common/tree.js';
import { assignments, expression } from './expressions.js';

/** Code between `<%` and `%>`, or what stands between two of them. */
export type Token =
  | (Code & { readonly kind: 'code'; readonly code: string })
  | { readonly kind: 'items'; readonly items: readonly Item[] };

type LinksIn = (code: string, offset: number) => readonly Goto[];

const IF = /^if\s*\(([^]*)\)\s*\{$/;
const ELSE_IF = /^\}\s*else\s+if\s*\(([^]*)\)\s*\{$/;
const ELSE = /^\}\s*else\s*\{$/;
const SHOW = /^(?:window\.)?story\.show\(\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\);?$/;

const COMMENT = /^(?:\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)$/;

const opens = (code: string) => code.endsWith('{') && !code.startsWith('}');
const goesOn = (code: string) => code.startsWith('}') && code.endsWith('{');
const closes = (code: string) => /^\}[\s);]*$/.test(code);

/** Puts code and what stands between together: conditions hold up to their closing braces. */
export class Statements {
  #position = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly linksIn: LinksIn,
  ) {}

  all(): Item[] {
    const items: Item[] = [];
    while (this.#position < this.tokens.length) {
      append(items, this.#until(0));
      const stray = this.tokens[this.#position];
      if (stray?.kind === 'code') {
        items.push({ ...stray, kind: 'code', name: '<% %>', why: 'It ends what nothing begins.' });
      }
      this.#position += 1;
    }
    return items;
  }

  /** The items up to what closes or goes on with a block. */
  #until(depth: number): Item[] {
    const items: Item[] = [];
    for (; this.#position < this.tokens.length; this.#position++) {
      const token = this.tokens[this.#position]!;
      if (token.kind === 'items') append(items, token.items);
      else if (closes(token.code) || goesOn(token.code)) return items;
      else if (opens(token.code) && depth < DEEPEST) items.push(this.#block(token, depth));
      else append(items, this.#statement(token));
    }
    return items;
  }

  #block(first: Token & { kind: 'code' }, depth: number): Item {
    const branches = [this.#branch(first, depth)];
    let token = this.tokens[this.#position];
    while (token?.kind === 'code' && goesOn(token.code)) {
      branches.push(this.#branch(token, depth));
      token = this.tokens[this.#position];
    }
    const end = token?.kind === 'code' ? token.source : '';
    const construct = { name: '<% { %>', offset: first.offset, source: first.source };
    if (IF.test(first.code) && end !== '') {
      return { kind: 'if', ...construct, name: '<% if %>', branches, end };
    }
    const body = branches.flatMap((branch) => branch.body);
    const why = end === '' ? 'It never ends.' : 'Only conditions are translated.';
    return { kind: 'group', ...construct, body, end, why };
  }

  #branch({ code, offset, source }: Token & { kind: 'code' }, depth: number): Branch {
    this.#position += 1;
    const body = this.#until(depth + 1);
    if (ELSE.test(code)) return { offset, source, body };
    const condition = (IF.exec(code) ?? ELSE_IF.exec(code))?.[1];
    const test = condition === undefined ? opaque('It is no condition.') : expression(condition);
    return { offset, source, body, test };
  }

  #statement({ code, offset, source }: Token & { kind: 'code' }): Item[] {
    const construct = { name: '<% %>', offset, source };
    if (COMMENT.test(code)) return [commentItem('<% %>', offset, source)];
    const shown = SHOW.exec(code);
    if (shown !== null) {
      const target = shown[1] ?? shown[2]!;
      return [{ kind: 'goto', offset, source, target, linkKind: 'macro' }];
    }
    const links = this.linksIn(code, offset + source.indexOf(code));
    if (links.length > 0 || code.endsWith('{')) {
      return [{ kind: 'code', ...construct, why: 'It is a script.' }, ...links];
    }
    return [{ kind: 'set', ...construct, changes: assignments(code) }];
  }
}
