import { present } from '../../present.js';
import type { DocumentChoice, DocumentNode } from '../../story-document.js';
import { parseTwineLink, TWINE_LINK } from '../dialects/common/twine-link.js';
import type { TwinePassage } from '../twine-story.js';
import { isBracketable } from './bracketed-link.js';
import { markedComment } from './marked-comment.js';
import type { TargetFormat } from './target-format.js';
import { writeText, type WritingText } from './text-writer.js';

/** What the passages of a story have in common. */
export interface WritingPassage extends WritingText {
  /** The name of the passage that a node is, by its key; undefined where there is no such node. */
  readonly nameOf: (key: string) => string | undefined;
}

/** The text of a node as a passage: its effects, its words, its choices as links, and what was left to be said. */
export function passageText(node: DocumentNode, name: string, to: WritingPassage): string {
  const { effects = [], choices = [], ending, endingKind, chapter, title, type } = node;
  const { said, unsaid } = setters(effects, to);
  const rest = {
    ...(title !== name && { title }),
    ...(type !== 'choice' && { type }),
    ...present({ ending, endingKind, chapter }),
    ...(unsaid.length > 0 && { effects: unsaid }),
  };
  return [
    said,
    writeText(node.content.trimEnd(), to),
    ...(choices.length > 0
      ? ['\n\n', choices.map((choice) => choiceText(choice, to)).join('\n')]
      : []),
    ...(Object.keys(rest).length > 0 ? ['\n\n', markedComment(rest, to.format)] : []),
  ].join('');
}

function choiceText(choice: DocumentChoice, to: WritingPassage): string {
  const { condition, effects = [], text, to: target, failTo, ...rules } = choice;
  const { code } = to.format;
  const open = condition === undefined ? undefined : to.rules?.condition(condition);
  const { said, unsaid } = setters(effects, to);
  const rest = {
    ...(condition !== undefined && open === undefined && { condition }),
    ...(unsaid.length > 0 && { effects: unsaid }),
    ...rules,
    ...present({ failTo: failTo === undefined ? undefined : (to.nameOf(failTo) ?? failTo) }),
  };
  const link = linkText(text, target === undefined ? undefined : to.nameOf(target), said, to);
  const whole = Object.keys(rest).length === 0 ? link : `${link} ${markedComment(rest, to.format)}`;
  return open === undefined || code === undefined ? whole : `${code.if(open)}${whole}${code.end}`;
}

/** A choice that leads nowhere is no link, but for one to a passage that the source has not either. */
function linkText(
  text: string,
  target: string | undefined,
  sets: string,
  to: WritingPassage,
): string {
  const label = linkLabel(text);
  const broken = target === undefined ? brokenLink(text, to) : undefined;
  if (broken !== undefined) return broken;
  if (target === undefined)
    return `${to.format.words(label)} ${markedComment({ choice: text }, to.format)}`;
  const isSame = label === text;
  const link =
    sets === '' ? plainLink(label, target, to.format) : to.format.code!.link(label, target, sets);
  return isSame ? link : `${link} ${markedComment({ text }, to.format)}`;
}

/** A link of the source with these words. */
const brokenLink = (text: string, { source = '', format }: WritingPassage): string | undefined =>
  [...source.matchAll(EVERY_LINK)].find(
    ([, inner]) => format.words(parseTwineLink(inner!).label) === format.words(text),
  )?.[0];

const EVERY_LINK = new RegExp(TWINE_LINK.source, 'g');

const plainLink = (label: string, target: string, { namedLink }: TargetFormat): string =>
  isBracketable(label, target) ? `[[${label}->${target}]]` : namedLink(label, target);

/** Words without what ends or parts a link. */
const linkLabel = (text: string): string =>
  text
    .replaceAll(/\{[{%][^]*?[}%]\}/g, '…')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[[\]]/g, (bracket) => (bracket === '[' ? '(' : ')'))
    .replaceAll('|', '/')
    .replaceAll(/->|<-/g, '–');

function setters(effects: NonNullable<DocumentNode['effects']>, { rules }: WritingPassage) {
  const written = effects.map((effect) => ({ effect, code: rules?.effect(effect) }));
  return {
    said: written.map(({ code }) => code ?? '').join(''),
    unsaid: written.flatMap(({ effect, code }) => (code === undefined ? [effect] : [])),
  };
}

/** A passage for a node, with its place and its tags as they are now. */
export const placed = (
  passage: Pick<TwinePassage, 'name' | 'text'> & Partial<TwinePassage>,
  { position, tags }: Pick<DocumentNode, 'position' | 'tags'>,
): TwinePassage => ({
  ...passage,
  tags:
    passage.tags ??
    (tags ?? []).map((tag) => tag.trim().replaceAll(/\s+/g, '-')).filter((tag) => tag !== ''),
  ...(position !== undefined && { position }),
});
