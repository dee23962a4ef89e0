/** Words as they are, where Markdown would read something into them. */
export const escapeMarkdown = (text: string): string =>
  text
    .replaceAll(/[\\*_`[\]<>~]/g, '\\$&')
    .replaceAll(/\n[ \t]+/g, '\n')
    .replaceAll(/(^|\n)(#{1,6}(?=\s|$)|[-+=](?=[-+=\s]|$))/g, '$1\\$2')
    .replaceAll(/(^|\n)(\d{1,9})([.)])(?=\s|$)/g, '$1$2\\$3');

/** Brackets that Liquid would read, or that would be read together with what comes after them. */
const OPENING = /\{+%|\{{2,}|\{$/g;

/** Words as they are, where Liquid would read something into them. */
export const escapeLiquid = (text: string): string =>
  text.replaceAll(OPENING, (brackets) => `{% raw %}${brackets}{% endraw %}`);

/** The same without Liquid: for Markdown. */
export const breakLiquid = (text: string): string =>
  text.replaceAll(OPENING, (brackets) => [...brackets].join('\\'));

/** The same without Liquid and without Markdown. */
export const spaceLiquid = (text: string): string =>
  text.replaceAll(OPENING, (brackets) => [...brackets].join(' '));

/** Code within a Liquid comment: readers see nothing of it. */
export const hiddenCode = (code: string): string => {
  const isPlain = !/\{[{%]|\{$/.test(code);
  if (isPlain) return `{% comment %}${code}{% endcomment %}`;
  const within = code.replaceAll(/\{%(?=-?\s*endraw)/g, '{ %');
  return `{% comment %}{% raw %}${within}{% endraw %}{% endcomment %}`;
};
