/** The most characters of what authors write for readers. */
export const LONGEST = {
  title: 200,
  content: 50_000,
  tag: 100,
  chapter: 100,
  text: 500,
  consequences: 2000,
  lockedText: 500,
} as const;
