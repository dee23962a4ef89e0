/** What the tests use of a library whose own declarations are out of reach of its `exports`. */
declare module 'extwee' {
  interface Story {
    readonly name: string;
    readonly IFID: string;
    readonly start: string;
    readonly format: string;
    readonly passages: readonly {
      readonly name: string;
      readonly tags: readonly string[];
      readonly metadata: { readonly position?: string };
      readonly text: string;
    }[];
    toTwee(): string;
    toTwine2HTML(): string;
    toJSON(): string;
  }

  export function parseTwee(text: string): Story;
  export function parseTwine2HTML(text: string): Story;
  export function parseTwine2ArchiveHTML(text: string): readonly Story[];
  export function parseJSON(text: string): Story;
}
