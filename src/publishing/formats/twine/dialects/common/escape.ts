/** Words as they are, where Markdown would read something into them. */
const escapeMarkdown = (text: string): string =>
  text
    .replaceAll(/[\\*_`[\]<>~]/g, '\\$&')
    .replaceAll(/\n[ \t]+/g, '\n')
    .replaceAll(/(^|\n)(#{1,6}(?=\s|$)|[-+=](?=[-+=\s]|$))/g, '$1\\$2')
    .replaceAll(/(^|\n)(\d{1,9})([.)])(?=\s|$)/g, '$1$2\\$3');

/** Brackets that Liquid would read, or that would be read together with what comes after them. */
const OPENING = /\{+%|\{{2,}|\{$/g;

/** Words as they are, where Liquid would read something into them. */
const escapeLiquid = (text: string): string =>
  text.replaceAll(OPENING, (brackets) => `{% raw %}${brackets}{% endraw %}`);

/** The same without Liquid: for Markdown. */
const breakLiquid = (text: string): string =>
  text.replaceAll(OPENING, (brackets) => [...brackets].join('\\'));

/** The same without Liquid and without Markdown. */
const spaceLiquid = (text: string): string =>
  text.replaceAll(OPENING, (brackets) => [...brackets].join(' '));

/** Code within a Liquid comment: readers see nothing of it. */
export const hiddenCode = (code: string): string => {
  const isPlain = !/\{[{%]|\{$/.test(code);
  if (isPlain) return `{% comment %}${code}{% endcomment %}`;
  const within = code.replaceAll(/\{%(?=-?\s*endraw)/g, '{ %');
  return `{% comment %}{% raw %}${within}{% endraw %}{% endcomment %}`;
};

/** How words are written. */
export interface Writing {
  /** Whether the source is Markdown already. */
  readonly isMarkdown: boolean;
  /** Whether there is no Liquid in it. */
  readonly isPlain: boolean;
}

/** Words of a passage as they are. @param isLabel whether they are words of a link, which have no Markdown */
export function escaped(text: string, isLabel: boolean, { isMarkdown, isPlain }: Writing): string {
  if (isPlain && isLabel) return spaceLiquid(text);
  const words = isLabel || isMarkdown ? text : escapeMarkdown(text);
  return isPlain ? breakLiquid(words) : escapeLiquid(words);
}

/** The words of a link in the text of a node, where their signs mean nothing either. */
export const labelInProse = (label: string, { isMarkdown }: Writing): string =>
  isMarkdown || label.includes('{%') || label.includes('{{') ? label : escapeMarkdown(label);
