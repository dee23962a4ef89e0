import { describe, expect, it } from '@jest/globals';
import { newMigrationFile } from './migration-file.js';

const NOTHING = { up: [], down: [] };

describe('a new migration file', () => {
  it('runs the statements up, and down again in the order given', () => {
    const { file, source } = newMigrationFile('AddStoryCover', 1_800_000_000_000, {
      up: ['ALTER TABLE "stories" ADD "cover" text', `UPDATE stories SET cover = 'none'`],
      down: ['ALTER TABLE "stories" DROP COLUMN "cover"'],
    });
    expect(file).toBe('1800000000000-AddStoryCover.ts');
    expect(source).toBe(`import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddStoryCover1800000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE \\"stories\\" ADD \\"cover\\" text");
    await runner.query("UPDATE stories SET cover = 'none'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE \\"stories\\" DROP COLUMN \\"cover\\"");
  }
}
`);
  });

  it('keeps line ends, backslashes and dollars of SQL as they are', () => {
    const sql = 'CREATE FUNCTION f() RETURNS text\nRETURN $$a\\b`${c}`$$';
    const { source } = newMigrationFile('AddFunction', 1, { up: [sql], down: [] });
    const [, literal] = /runner\.query\((".*")\);/.exec(source) ?? [];
    expect(JSON.parse(literal!)).toBe(sql);
  });

  it.each(['AddStoryCover', 'Add2', 'Ab'])('may be called %s', (name) => {
    expect(newMigrationFile(name, 7, NOTHING).file).toBe(`7-${name}.ts`);
  });

  it.each([
    '',
    'A',
    'addStoryCover',
    'Add Story',
    'Add-Story',
    '../Escape',
    'Add_Story',
    'Añadir',
    'A\n',
  ])('may not be called %j', (name) => {
    expect(() => newMigrationFile(name, 7, NOTHING)).toThrow(
      'The name of a migration must be a verb and a noun in PascalCase, such as AddStoryCover.',
    );
  });
});
