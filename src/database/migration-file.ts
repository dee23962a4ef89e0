/** The name and text of a new migration that runs `up`, and `down` to take it back. */
export function newMigrationFile(
  name: string,
  timestamp: number,
  { up, down }: { readonly up: readonly string[]; readonly down: readonly string[] },
): { file: string; source: string } {
  if (!/^[A-Z][A-Za-z0-9]+$/.test(name)) {
    throw new Error(
      'The name of a migration must be a verb and a noun in PascalCase, such as AddStoryCover.',
    );
  }
  const body = (statements: readonly string[]) =>
    statements.map((sql) => `    await runner.query(${JSON.stringify(sql)});`).join('\n');
  return {
    file: `${timestamp}-${name}.ts`,
    source: `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${name}${timestamp} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
${body(up)}
  }

  async down(runner: QueryRunner): Promise<void> {
${body(down)}
  }
}
`,
  };
}
