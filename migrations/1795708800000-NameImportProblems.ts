import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Problems that were kept before each had a code. */
export class NameImportProblems1795708800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(inAll(`'{"code": "OTHER"}' || problem`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(inAll(`problem - '{code,fix,nodeKey,passage}'::text[]`));
  }
}

const inAll = (changed: string): string =>
  ['import_jobs', 'import_stories']
    .map(
      (table) =>
        `UPDATE ${table} SET problems = (
           SELECT jsonb_agg(${changed} ORDER BY place)
           FROM jsonb_array_elements(problems) WITH ORDINALITY AS each (problem, place)
         ) WHERE problems <> '[]';`,
    )
    .join('\n');
