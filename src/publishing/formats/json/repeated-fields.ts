import { visit } from 'jsonc-parser';

/** Fields that an object of a JSON text has twice: all but the last would be lost. Where each stands again. */
export function repeatedFields(text: string): { readonly name: string; readonly offset: number }[] {
  const repeated: { name: string; offset: number }[] = [];
  const fields: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => {
      fields.push(new Set());
    },
    onObjectProperty: (name, offset) => {
      const seen = fields.at(-1)!;
      if (seen.has(name)) repeated.push({ name, offset });
      seen.add(name);
    },
    onObjectEnd: () => {
      fields.pop();
    },
  });
  return repeated;
}
