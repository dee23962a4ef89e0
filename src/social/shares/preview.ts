/** What may be told to everybody of a share. */
export interface Preview {
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly category: string;
  /** As a BCP 47 tag. */
  readonly language: string;
  readonly slug: string;
  /** The key of the story's cover, where it has one. */
  readonly cover: string | undefined;
  /** The ending that is shared: its name, or null where that would give it away. */
  readonly ending: { readonly name: string | null } | undefined;
}

/** One line that says what is shared. */
export const headline = ({ title, ending }: Preview): string => {
  if (ending === undefined) return title;
  return ending.name === null ? `An ending of ${title}` : `${ending.name} – an ending of ${title}`;
};

/** At most so many characters, with an ellipsis where some are left out; all white space is one space. */
export function shortened(text: string, most: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= most
    ? line
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
