/** Columns whose names the API does not use. */
const NAMES: Readonly<Record<string, string>> = {
  node_key: 'key',
  node_title: 'title',
  node_type: 'type',
  is_starting_node: 'isStart',
  choice_text: 'text',
  timing: 'afterSeconds',
};

/** What follows from other columns, or says where a row is and not what it is like. */
const UNTOLD = new Set([
  ...['node_id', 'story_id', 'choice_id', 'from_node_id', 'choice_letter'],
  ...['is_ending_node', 'deleted_at'],
]);

/** What the API calls a column of a draft; undefined for one that it does not tell of. */
export const fieldName = (column: string): string | undefined =>
  UNTOLD.has(column)
    ? undefined
    : (NAMES[column] ??
      column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
