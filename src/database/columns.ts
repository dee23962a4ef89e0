import { getMetadataArgsStorage } from 'typeorm';
import { SnakeCaseNaming } from './naming.js';

type EntityClass<Row> = new () => Row;

const naming = new SnakeCaseNaming();

const columnsOf = (entity: EntityClass<unknown>) =>
  getMetadataArgsStorage()
    .filterColumns(entity)
    .filter(({ options }) => options.select !== false);

/**
 * The columns of an entity as a SELECT list, each under the name of its property: what a statement answers by it is
 * like the entity, without TypeORM's work on every row.
 * @param only which of them; all when left out
 */
export const selectList = <Row>(
  entity: EntityClass<Row>,
  alias: string,
  only?: ReadonlySet<keyof Row>,
): string =>
  columnsOf(entity)
    .filter(({ propertyName }) => only?.has(propertyName as keyof Row) ?? true)
    .map(({ propertyName, options }) => {
      const column = naming.columnName(propertyName, options.name, []);
      return `${alias}.${column} AS "${propertyName}"`;
    })
    .join(', ');

/** Makes rows of {@link selectList} that came as JSON what they are as columns: dates are no text. */
export function fromJson<Row>(entity: EntityClass<Row>): (row: Row) => Row {
  const dates = columnsOf(entity)
    .filter(({ options }) => options.type === 'timestamptz')
    .map(({ propertyName }) => propertyName);
  return (row) => {
    const columns = row as Record<string, unknown>;
    for (const date of dates) {
      const text = columns[date];
      if (typeof text === 'string') columns[date] = new Date(text);
    }
    return row;
  };
}
