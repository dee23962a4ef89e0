import type { Person } from '../support/factory.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import type { Row, TestData } from './query-data.js';

const ONE_JOB = (fields: string) => `query ($id: ID!) { importJob(id: $id) { ${fields} } }`;

/** Imports that are done, each with as many stories. */
async function imports(
  data: TestData,
  jobs: number,
  storiesOfEach: number,
): Promise<readonly [GraphqlClient, { id: string }]> {
  const [client, { viewer }]: readonly [GraphqlClient, Person] = await data.person();
  const rows = await data.sql(
    `WITH job AS (
       INSERT INTO import_jobs (user_id, status, request, problems)
       SELECT $1, 'done', '{"isDryRun": false, "onExisting": "update"}', '[]' FROM generate_series(1, $2)
       RETURNING import_id
     ), made AS (
       INSERT INTO stories (slug, title, description, author_id, difficulty_level, category)
       SELECT 'imported-' || import_id || '-' || place, 'Imported', 'Imported.', $1, 'easy', 'test'
       FROM job, generate_series(1, $3) AS place RETURNING story_id, slug
     ), told AS (
       INSERT INTO import_stories (import_id, place, title, action, story_id, node_count, choice_count,
         problems, problem_count, report, changes)
       SELECT import_id, place, 'Imported', 'created', story_id, 1, 1, problems, $3,
         jsonb_build_object('isReachabilityKnown', true, 'links', links, 'constructs', constructs),
         jsonb_build_object('added', 0, 'removed', 0, 'changed', $3, 'moved', 0,
           'differences', differences, 'overwrites', overwrites)
       FROM job CROSS JOIN generate_series(1, $3) AS place
         JOIN made ON slug = 'imported-' || import_id || '-' || place,
         LATERAL (
           SELECT jsonb_agg(jsonb_build_object('code', 'OTHER', 'severity', 'warning', 'message', n)) AS problems,
             jsonb_agg(jsonb_build_object('place', at, 'source', '[[A]]', 'kind', 'literal',
               'target', 'A', 'isBroken', false)) AS links,
             jsonb_agg(jsonb_build_object('place', at, 'source', '<<x>>', 'name', '<<x>>',
               'outcome', 'kept')) AS constructs,
             jsonb_agg(jsonb_build_object('of', 'node', 'action', 'changed',
               'node', jsonb_build_object('id', n, 'key', n::text), 'fields', '[]'::jsonb)) AS differences,
             jsonb_agg(jsonb_build_object('nodeId', n, 'nodeKey', n::text, 'action', 'changed',
               'isRemoved', false, 'fields', '[]'::jsonb, 'editedAt', now(), 'userId', $1)) AS overwrites
           FROM generate_series(1, $3) AS n,
             jsonb_build_object('passage', 'P', 'line', 1, 'column', 1) AS at
         ) AS lists
     )
     SELECT import_id FROM job`,
    [viewer.userId, jobs, storiesOfEach],
  );
  return [client, { id: `imp_${(rows as { import_id: number }[])[0]!.import_id}` }];
}

const firstOf = ({ importJob }: any) => importJob.stories.nodes[0];

export const OF_IMPORTS: readonly Row[] = [
  {
    field: 'Query.importJobs',
    of: 'progress, stories and problems',
    query: `{ importJobs(first: 100) { totalCount nodes {
      progress storiesDone stories(first: 1) { nodes { story { title } } } problems(first: 1) { totalCount }
    } } }`,
    make: (data, size) => imports(data, size, 1),
    items: ({ importJobs }) => importJobs.nodes,
  },
  {
    field: 'ImportJob.stories',
    of: 'story',
    query: ONE_JOB('stories(first: 100) { totalCount nodes { title story { title } } }'),
    make: (data, size) => imports(data, 1, size),
    items: ({ importJob }) => importJob.stories.nodes,
  },
  {
    field: 'ImportJob.problems',
    of: 'message',
    query: ONE_JOB('problems(first: 100) { totalCount nodes { message } }'),
    make: (data, size) => imports(data, 1, size),
    items: ({ importJob }, size) => importJob.problems.nodes.slice(0, size),
  },
  {
    field: 'ImportedStory.problems',
    of: 'message',
    query: ONE_JOB('stories(first: 1) { nodes { problems(first: 100) { nodes { message } } } }'),
    make: (data, size) => imports(data, 1, size),
    items: (answer) => firstOf(answer).problems.nodes,
  },
  {
    field: 'FidelityReport.links',
    of: 'source',
    query: ONE_JOB(
      'stories(first: 1) { nodes { report { links(first: 100) { nodes { source } } } } }',
    ),
    make: (data, size) => imports(data, 1, size),
    items: (answer) => firstOf(answer).report.links.nodes,
  },
  {
    field: 'FidelityReport.constructs',
    of: 'source',
    query: ONE_JOB(
      'stories(first: 1) { nodes { report { constructs(first: 100) { nodes { source } } } } }',
    ),
    make: (data, size) => imports(data, 1, size),
    items: (answer) => firstOf(answer).report.constructs.nodes,
  },
  {
    field: 'ImportJob.stories',
    of: 'changes and overwrites',
    query: ONE_JOB(`stories(first: 100) { nodes {
      changes { changed differences(first: 1) { totalCount } }
      overwrites(first: 1) { nodes { editedBy { username } } }
    } }`),
    make: (data, size) => imports(data, 1, size),
    items: ({ importJob }) => importJob.stories.nodes,
  },
  {
    field: 'StoryComparison.differences',
    of: 'changes of an import',
    query: ONE_JOB(
      'stories(first: 1) { nodes { changes { differences(first: 100) { nodes { nodeKey } } } } }',
    ),
    make: (data, size) => imports(data, 1, size),
    items: (answer) => firstOf(answer).changes.differences.nodes,
  },
  {
    field: 'ImportedStory.overwrites',
    of: 'who edited it',
    query: ONE_JOB(
      'stories(first: 1) { nodes { overwrites(first: 100) { nodes { nodeKey editedBy { username } } } } }',
    ),
    make: (data, size) => imports(data, 1, size),
    items: (answer) => firstOf(answer).overwrites.nodes,
  },
];
