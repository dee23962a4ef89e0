import { DefaultNamingStrategy, type Table, type View } from 'typeorm';
import { snakeCase } from 'typeorm/util/StringUtils.js';

/** Snake-case columns and readable constraint names, so that hand-written migrations and entities agree. */
export class SnakeCaseNaming extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined, prefixes: string[]): string {
    return [...prefixes.map(snakeCase), custom ?? snakeCase(property)].join('_');
  }

  override primaryKeyName(table: Table | string): string {
    return `${this.getTableName(table)}_pkey`;
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return `${this.getTableName(table)}_${columns.join('_')}_fkey`;
  }

  override indexName(table: Table | View | string, columns: string[]): string {
    return `${this.getTableName(table as Table)}_${columns.join('_')}_idx`;
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return `${this.getTableName(table)}_${columns.join('_')}_key`;
  }
}
