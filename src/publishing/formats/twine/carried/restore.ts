import { isDeepStrictEqual } from 'node:util';
import type { Fault } from '../../place.js';
import type { DocumentNode, DocumentSchema, StoryDocument } from '../../story-document.js';
import { warning, type PassageProblem, type Translation } from '../dialects/common/story.js';
import type { FidelityReport } from '../fidelity.js';
import { merged } from './merge.js';
import type { Carried, CarriedNode, CarriedPassage } from './carried.js';

/**
 * Gives a translation back what its story carries: nodes whose passages are as they were written are what they were;
 * those that were changed since are what their code says, with what their comments still say, and with a warning for
 * each rule that is in neither.
 */
export function restored(
  { document, report, problems }: Translation,
  carried: Carried,
  passages: ReadonlyMap<number, CarriedPassage>,
): Translation {
  const { schema, ...details } = document;
  const { story } = details.twine!;
  const index = new Map(document.twine!.nodes.map((key, i) => [key, i]));
  const keys = new Set(index.keys());
  const found: PassageProblem[] = [];
  const nodes = document.nodes.map((node): DocumentNode => {
    const i = index.get(node.key)!;
    const passage = passages.get(i);
    if (passage === undefined) return node;
    const { name, text, tags } = story.passages[i]!;
    const warn = (message: string) =>
      found.push(warning(lost(message), i, { passage: name, line: 1, column: 1 }));
    const before = asCarried(node, passage.entry, tags);
    return withTargets(
      passage.isIntact ? before : merged(node, before, passage.entry, text, warn),
      keys,
      warn,
    );
  });
  for (const entry of goneFrom(carried, passages)) {
    const message = `The passage ${entry.passage} is gone, and what Talegraph knew of it.`;
    found.push(warning(lost(message)));
  }
  const intact = new Set(
    [...passages].flatMap(([i, { isIntact }]) => (isIntact ? [story.passages[i]!.name] : [])),
  );
  return {
    document: {
      ...details,
      ...carried.story,
      ...schemaOf(schema, carried.story.schema, nodes),
      nodes,
    },
    report: reportOf(report, intact),
    problems: [...problems.filter(({ place }) => !intact.has(place?.passage ?? '')), ...found],
  };
}

const lost = (message: string): Fault => ({ code: 'LOST_RULE', message });

function asCarried(node: DocumentNode, entry: CarriedNode, tags: readonly string[]): DocumentNode {
  const { is = {}, without = [] } = entry;
  const isTagged = entry.tags !== undefined && isDeepStrictEqual(entry.tags, tags);
  const left = new Set<string>(without);
  if (!isTagged) left.delete('tags');
  const rest = Object.fromEntries(Object.entries(node).filter(([field]) => !left.has(field)));
  const { tags: carriedTags, ...others } = is;
  return {
    ...(rest as DocumentNode),
    ...(others as Partial<DocumentNode>),
    ...(isTagged && carriedTags !== undefined && { tags: carriedTags }),
  };
}

/** Without ways to nodes whose passages are gone. */
function withTargets(
  node: DocumentNode,
  keys: ReadonlySet<string | null>,
  warn: (message: string) => void,
): DocumentNode {
  const isGone = (key: string | undefined) => key !== undefined && !keys.has(key);
  if (!node.choices?.some(({ to, failTo }) => isGone(to) || isGone(failTo))) return node;
  return {
    ...node,
    choices: node.choices.map(({ to, failTo, ...choice }) => {
      if (isGone(to) || isGone(failTo)) {
        warn(`The choice “${choice.text}” leads to a passage that is gone: it leads nowhere now.`);
      }
      return {
        ...choice,
        ...(to !== undefined && !isGone(to) && { to }),
        ...(failTo !== undefined && !isGone(failTo) && { failTo }),
      };
    }),
  };
}

const goneFrom = (
  { nodes }: Carried,
  passages: ReadonlyMap<number, CarriedPassage>,
): CarriedNode[] => {
  const here = new Set([...passages.values()].map(({ entry }) => entry));
  return nodes.filter((entry) => !here.has(entry));
};

/** What is declared, and what the code of other passages needs beside it. */
function schemaOf(
  read: DocumentSchema = {},
  schema: DocumentSchema | undefined,
  nodes: readonly DocumentNode[],
): Pick<StoryDocument, 'schema'> {
  const declared = new Set(schema?.variables?.map(({ name }) => name));
  const said = JSON.stringify(
    nodes.map(({ content, effects, choices }) => [content, effects, choices]),
  );
  const words = new Set(said.match(/\w+/g));
  const others = (read.variables ?? []).filter(
    ({ name }) => !declared.has(name) && words.has(name),
  );
  if (others.length === 0) return schema === undefined ? {} : { schema };
  return { schema: { ...schema, variables: [...(schema?.variables ?? []), ...others] } };
}

/** What stands in passages that are as Talegraph wrote them does the same as before. */
function reportOf(report: FidelityReport, intact: ReadonlySet<string>): FidelityReport {
  const told = <T extends FidelityReport['links' | 'constructs'][number]>(record: T): T => {
    if (!intact.has(record.place.passage)) return record;
    const { note: _, ...rest } = record;
    return { ...(rest as T), outcome: 'mapped' };
  };
  return { ...report, links: report.links.map(told), constructs: report.constructs.map(told) };
}
