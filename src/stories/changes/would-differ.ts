import { isDeepStrictEqual } from 'node:util';

/** Whether `changes` would make a row different. Columns that they leave undefined stay as they are. */
export const wouldDiffer = <Row extends object>(row: Row, changes: Partial<Row>): boolean =>
  Object.entries(changes).some(
    ([name, value]) =>
      value !== undefined && !isDeepStrictEqual(plain(value), plain(row[name as keyof Row])),
  );

/** Without classes, as jsonb keeps it. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
