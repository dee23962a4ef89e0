import { setTimeout } from 'node:timers/promises';
import type { GraphqlClient } from './graphql-client.js';

const IMPORT = `mutation ($input: ImportStoriesInput!) { importStories(input: $input) { id status } }`;

const LOOK = `query ($id: ID!) {
  importJob(id: $id) {
    id status phase progress dryRun storiesTotal storiesDone error finishedAt
    stories(first: 100) {
      nodes {
        title action nodes choices problemCount story { id slug title }
        problems { nodes { severity message line column } }
        report { isReachabilityKnown links { totalCount } constructs { totalCount } }
      }
    }
    problems(first: 100) {
      totalCount nodes { code severity message fix line column storyTitle nodeKey passage }
    }
  }
}`;

/** Asks for an import until it is done. */
export async function waitForImport(client: GraphqlClient, id: string): Promise<any> {
  for (;;) {
    const { importJob } = await client.get(LOOK, { id });
    if (importJob.finishedAt !== null) return importJob;
    await setTimeout(100);
  }
}

/** Imports a file as any client does. @returns the import once it is done */
export async function importFile(
  client: GraphqlClient,
  content: string | undefined,
  options: object = {},
): Promise<any> {
  const { importStories } = await client.get(IMPORT, { input: { content, ...options } });
  return waitForImport(client, importStories.id);
}

/** What became of each story: title, action, and how many nodes and choices it has. */
export const outcomes = (job: any): unknown[][] =>
  job.stories.nodes.map(({ title, action, nodes, choices }: any) => [
    title,
    action,
    nodes,
    choices,
  ]);

/** Every problem in a line. */
export const problemsIn = (job: any): string[] =>
  job.problems.nodes.map(
    ({ severity, message, line, column, storyTitle }: any) =>
      `${storyTitle ?? 'file'} ${line}:${column} ${severity} ${message}`,
  );
