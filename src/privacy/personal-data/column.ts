/** A column that refers to people: what a person is given of its rows, and what an erasure does to them. */
export interface PersonalData {
  readonly table: string;
  readonly column: string;
  /**
   * A section of a data export: its name, and a query for its rows, one object each, of the user `$1`. Left out where
   * another section tells the same.
   */
  readonly exported?: { readonly section: string; readonly rows: string };
  /**
   * Whether the rows of the user are deleted, by which statement about the user `$1` else what they say of them goes, or
   * why they stay, under a name that says nothing of them.
   */
  readonly erased: 'deleted' | { readonly by: string } | { readonly stays: string };
}

/** Why what somebody did together with others stays. */
export const WORK = { stays: 'It is the work of others too, who see that somebody did it.' };
/** Why what was counted stays. */
export const FIGURES = { stays: 'The figures of stories are made of it; it holds numbers alone.' };

/** The title of the story that a row of a table is about. */
export const titleOf = (table: string) =>
  `(SELECT title FROM stories AS story WHERE story.story_id = ${table}.story_id)`;
