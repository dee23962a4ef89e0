const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** A text as HTML has it, in attributes too. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (it) => ENTITIES[it]!);
