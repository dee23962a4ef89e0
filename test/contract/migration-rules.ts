/** One text that a migration sends, which may hold several statements. */
export interface SentText {
  readonly sql: string;
  readonly inTransaction: boolean;
}

export interface SentMigration {
  /** Such as `AddStoryCover1795870000001`. One that begins with `Contract` drops what no serving release names any more. */
  readonly name: string;
  readonly sent: readonly SentText[];
}

/** A statement, with what is known when it runs. */
interface Step {
  readonly sql: string;
  readonly inTransaction: boolean;
  /** Tables that the migration has made before: nobody waits for them. */
  readonly made: ReadonlySet<string>;
  /** Tables of which it has validated a constraint before. */
  readonly validated: ReadonlySet<string>;
}

/** What in a migration keeps servers of the release before from going on meanwhile, as CONTRIBUTING.md has it. */
export function faultsOf({ name, sent }: SentMigration): string[] {
  const [made, validated] = [new Set<string>(), new Set<string>()];
  const isContract = name.startsWith('Contract');
  return sent
    .flatMap(({ sql, inTransaction }) =>
      statementsOf(sql).map((one) => ({ sql: one, inTransaction })),
    )
    .flatMap((statement) => {
      const found = [
        ...faultsOfIndex({ ...statement, made, validated }),
        ...faultsOfTable({ ...statement, made, validated }),
        ...(isContract ? [] : faultsOfContract({ ...statement, made, validated })),
      ];
      const table = tableOf(statement.sql, /^CREATE (?:\w+ )?TABLE (?:IF NOT EXISTS )?(\S+)/i);
      if (table !== undefined) made.add(table);
      if (/ VALIDATE CONSTRAINT /i.test(statement.sql)) validated.add(alteredBy(statement.sql)!);
      return found.map((fault) => `${fault}: ${statement.sql}`);
    });
}

function faultsOfIndex({ sql, inTransaction, made }: Step): string[] {
  const table = tableOf(sql, /^CREATE (?:UNIQUE )?INDEX .*?\bON (?:ONLY )?(\S+)/i);
  if (/^(?:CREATE|DROP|REINDEX|REFRESH)\b.* CONCURRENTLY\b/i.test(sql))
    return inTransaction ? ['CONCURRENTLY needs transaction = false'] : [];
  return table === undefined || made.has(table) ? [] : ['an index is made CONCURRENTLY'];
}

function faultsOfTable({ sql, made, validated }: Step): string[] {
  const table = alteredBy(sql);
  if (table === undefined || made.has(table)) return [];
  return actionsOf(sql).flatMap((action) => {
    if (/^ALTER (?:COLUMN )?\S+ (?:SET DATA )?TYPE /i.test(action))
      return ['a column keeps its type'];
    if (/ SET NOT NULL$/i.test(action) && !validated.has(table))
      return ['SET NOT NULL comes after a CHECK is validated'];
    const added = /^ADD (.*)$/i.exec(action)?.[1];
    if (added === undefined) return [];
    return CONSTRAINT.test(added) ? faultsOfConstraint(added) : faultsOfColumn(added);
  });
}

const CONSTRAINT = /^(?:CONSTRAINT|CHECK|FOREIGN|UNIQUE|PRIMARY|EXCLUDE)\b/i;

function faultsOfConstraint(added: string): string[] {
  if (/\b(?:CHECK|FOREIGN KEY)\b/i.test(added))
    return / NOT VALID$/i.test(added) ? [] : ['a constraint is added NOT VALID'];
  return / USING INDEX /i.test(added) ? [] : ['a key is added USING INDEX'];
}

/** What PostgreSQL works out for each row anew makes it write all of them. */
const WORKED_OUT = /\bGENERATED\b|\bDEFAULT (?!now\(\))\w+\(/i;

function faultsOfColumn(added: string): string[] {
  const isWithout = / NOT NULL\b/i.test(added) && !/ DEFAULT\b/i.test(added);
  return isWithout || WORKED_OUT.test(added)
    ? ['a new column is nullable or has a constant default']
    : [];
}

function faultsOfContract({ sql, made }: Step): string[] {
  const dropped = tableOf(sql, /^DROP (?:TABLE|(?:MATERIALIZED )?VIEW) (?:IF EXISTS )?(\S+)/i);
  if (dropped !== undefined && !made.has(dropped)) return ['only a Contract migration drops'];
  const table = alteredBy(sql);
  if (table === undefined || made.has(table)) return [];
  return actionsOf(sql).flatMap((action) => {
    if (/^DROP (?!CONSTRAINT\b)/i.test(action)) return ['only a Contract migration drops'];
    return /^RENAME (?!CONSTRAINT\b)/i.test(action) ? ['only a Contract migration renames'] : [];
  });
}

/** The table or view that a statement alters. */
const ALTER = /^ALTER (?:TABLE|(?:MATERIALIZED )?VIEW) (?:IF EXISTS )?(?:ONLY )?(\S+) /i;
const alteredBy = (sql: string) => tableOf(sql, ALTER);

const tableOf = (sql: string, pattern: RegExp): string | undefined =>
  pattern
    .exec(sql)?.[1]
    ?.replace(/\(.*$/, '')
    .replaceAll('"', '')
    .replace(/^public\./, '');

/** What an ALTER does, one by one. */
const actionsOf = (sql: string): string[] => split(sql.replace(ALTER, ''), ',');

/** Without comments and the insides of texts; of a DO block the statements in it, which may stand behind other words. */
function statementsOf(sql: string): string[] {
  const plain = sql
    .replace(/--.*$|\/\*[\s\S]*?\*\//gm, ' ')
    .replace(/\bDO\s+(\$\w*\$)([\s\S]*?)\1/gi, (_, __, body: string) =>
      body.replace(/\b(?:BEGIN|THEN|ELSE|LOOP|END)\b/gi, ';'),
    )
    .replace(/(\$\w*\$)[\s\S]*?\1|'(?:[^']|'')*'/g, "''")
    .replace(/\s+/g, ' ');
  return split(plain, ';');
}

/** Splits where no bracket is open, and leaves out what is empty. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let [depth, part] = [0, ''];
  for (const character of text + separator) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (character !== separator || depth !== 0) part += character;
    else {
      parts.push(part.trim());
      part = '';
    }
  }
  return parts.filter((each) => each !== '');
}
