import { TypeGuards, Value, type PropertyAccessToken, type Template, type Token } from 'liquidjs';
import { BUILT_IN, isNamespace } from '../expressions/names.js';
import { LIQUID, type TextKind } from '../templates/liquid.js';
import { kindIn, memberMention, quotedMention, type Mentions } from './mention.js';

type Part = Token & { readonly content: unknown };

/**
 * What the Liquid of a text goes by, whether or not it is declared; names that the text assigns itself are left out.
 * @throws when it is no Liquid
 */
export function mentionsInTemplate(source: string, kind: TextKind): Mentions {
  const found: Mentions = { mentions: [], opaque: [] };
  const templates = LIQUID[kind].parse(source);
  const own = new Set(templates.flatMap(assignedIn));
  for (const template of templates) inTemplate(template, source, found);
  const mentions = found.mentions
    .filter(({ form, name }) => form !== 'bare' || !own.has(name))
    .sort((one, other) => one.at - other.at);
  return { mentions, opaque: found.opaque };
}

function inTemplate(template: Template, source: string, found: Mentions): void {
  const isPrinted = TypeGuards.isOutputToken(template.token);
  const values = [...(template.arguments?.() ?? [])];
  const [first] = values;
  // The cases of a case tag are compared with its value.
  const isCase = 'branches' in template && 'value' in template && template.value === first;
  const isOfProtagonist = isCase && first instanceof Value && isProtagonist(only(first));
  for (const value of isOfProtagonist ? values.slice(1) : values) {
    if (value instanceof Value) inValue(value, source, found, isPrinted);
    else if (isOfProtagonist) asKey(value, first, source, found);
    else inToken(value, source, found);
  }
  for (const child of childrenOf(template)) inTemplate(child, source, found);
}

/** A value with its filters. Its tokens stand in postfix order: operands before what joins them. */
function inValue(
  { initial, filters }: Value,
  source: string,
  found: Mentions,
  isPrinted: boolean,
): void {
  const operands: (Token | undefined)[] = [];
  const settled = new Set<Token>();
  for (const token of initial.postfix) {
    if (!TypeGuards.isOperatorToken(token)) {
      operands.push(token);
      continue;
    }
    const right = operands.pop();
    const left = token.operator === 'not' ? undefined : operands.pop();
    const key = ['==', '!='].includes(token.operator) && keyComparedIn(left, right);
    if (key) {
      found.mentions.push(quotedMention('protagonist', key.content, spanOf(key)));
      for (const each of [left, right]) settled.add(each!);
    }
    operands.push(undefined);
  }
  // Printed alone, a key is only shown.
  const shown = isPrinted && initial.postfix.length === 1 ? initial.postfix[0] : undefined;
  for (const token of initial.postfix) {
    if (settled.has(token) || (token === shown && isProtagonist(token))) continue;
    inToken(token, source, found);
  }
  for (const arg of filters.flatMap(({ args }) => args)) {
    inToken(Array.isArray(arg) ? arg[1] : arg, source, found);
  }
}

function inToken(token: Token | undefined, source: string, found: Mentions): void {
  if (token === undefined) return;
  if (TypeGuards.isRangeToken(token)) {
    for (const end of [token.lhs, token.rhs]) inToken(end, source, found);
  } else if (TypeGuards.isPropertyAccessToken(token)) inProperty(token, source, found);
}

function inProperty(
  token: PropertyAccessToken,
  source: string,
  { mentions, opaque }: Mentions,
): void {
  const [first, second] = token.props as unknown as readonly Part[];
  const name = first?.content;
  if (first === undefined || typeof name !== 'string') return;
  if (isNamespace(name)) {
    if (TypeGuards.isQuotedToken(second))
      mentions.push(quotedMention(kindIn(name), second.content, spanOf(second)));
    else if (TypeGuards.isWordToken(second))
      mentions.push(memberMention(name, second.content, source, second.end));
  } else if (name === 'protagonist') opaque.push(first.begin);
  else if (!(BUILT_IN as readonly string[]).includes(name)) {
    const { begin: at, end } = first;
    mentions.push({ kind: 'variable', name, form: 'bare', start: at, end, at });
  }
}

function asKey(token: Token, protagonist: Value, source: string, found: Mentions): void {
  if (TypeGuards.isQuotedToken(token)) {
    found.mentions.push(quotedMention('protagonist', token.content, spanOf(token)));
    return;
  }
  found.opaque.push(only(protagonist)!.begin);
  inToken(token, source, found);
}

function keyComparedIn(left: Token | undefined, right: Token | undefined) {
  if (isProtagonist(left) && TypeGuards.isQuotedToken(right)) return right;
  return isProtagonist(right) && TypeGuards.isQuotedToken(left) ? left : undefined;
}

/** The one token of a value that is nothing more. */
const only = ({ initial, filters }: Value): Token | undefined =>
  initial.postfix.length === 1 && filters.length === 0 ? initial.postfix[0] : undefined;

const isProtagonist = (token: Token | undefined): boolean =>
  TypeGuards.isPropertyAccessToken(token) &&
  token.props.length === 1 &&
  (token.props as unknown as readonly Part[])[0]!.content === 'protagonist';

const spanOf = ({ begin, end }: Token) => ({ start: begin, end });

/** Nothing is loaded from elsewhere, so that what a tag holds is there at once. */
const childrenOf = (template: Template): Template[] =>
  (template.children?.(false, true).next().value as Template[] | undefined) ?? [];

const assignedIn = (template: Template): string[] => [
  ...[...(template.localScope?.() ?? [])].map(({ content }) => content),
  ...childrenOf(template).flatMap(assignedIn),
];
