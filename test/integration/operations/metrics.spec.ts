import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { metrics } from '../../../src/operations/metrics.js';
import { startApp, type TestApp } from '../../support/app.js';

describe('/metrics', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    // They are of the whole process, in which other tests may have run.
    metrics.resetMetrics();
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const scrape = async () => (await fetch(`${talegraph.url}/metrics`)).text();
  /** The value of one series; undefined while there is none. */
  const valueOf = (text: string, series: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1);

  it('is in the text format of Prometheus', async () => {
    const response = await fetch(`${talegraph.url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    expect(text).toContain('# TYPE talegraph_graphql_operation_duration_seconds histogram\n');
    expect(text).toContain('# TYPE talegraph_graphql_errors_total counter\n');
    expect(text).toContain('# TYPE talegraph_process_cpu_seconds_total counter\n');
    for (const line of text.split('\n').filter((part) => part !== ''))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{.*\})? (\S+))$/);
  });

  it('times each operation by its kind and its first field', async () => {
    const { client, factory } = talegraph;
    const count = (kind: string, field: string) =>
      `talegraph_graphql_operation_duration_seconds_count{kind="${kind}",field="${field}"}`;
    const { token } = await factory.newReader();
    await client.get('{ renamed: stories { totalCount } storyCategories { name } }');
    await client.get('{ stories { totalCount } }');
    await client.as(token).get('mutation { logout }');
    const text = await scrape();
    expect(valueOf(text, count('query', 'stories'))).toBe('2');
    expect(valueOf(text, count('mutation', 'logout'))).toBe('1');
    expect(valueOf(text, count('query', 'storyCategories'))).toBeUndefined();
    expect(text).toMatch(
      /talegraph_graphql_operation_duration_seconds_bucket\{le="\+Inf",kind="query",field="stories"\} 2\n/,
    );
  });

  it('counts errors by their code', async () => {
    const { client } = talegraph;
    const count = (code: string) => `talegraph_graphql_errors_total{code="${code}"}`;
    await client.send('{ me { id } }');
    await client.send('{ one two three }');
    await client.send('{');
    const text = await scrape();
    expect(valueOf(text, count('UNAUTHENTICATED'))).toBe('1');
    expect(valueOf(text, count('GRAPHQL_VALIDATION_FAILED'))).toBe('3');
    expect(valueOf(text, count('GRAPHQL_PARSE_FAILED'))).toBe('1');
  });

  it('takes no label from what a client makes up', async () => {
    await talegraph.client.send('query MadeUpName { madeUpField }');
    await talegraph.client.send('query MadeUpName { madeUpAlias: storyCategories { name } }');
    expect(await scrape()).not.toMatch(/madeup/i);
  });

  it('tells nothing of a Redis where none is configured', async () => {
    expect(valueOf(await scrape(), 'talegraph_redis_up')).toBeUndefined();
  });

  it('counts as not found in memory only answers that are kept then', async () => {
    const { client, factory } = talegraph;
    const story = await factory.newStory(await factory.newAuthor());
    const { token } = await factory.newReader();
    const misses = async () =>
      Number(valueOf(await scrape(), 'talegraph_cache_misses{cache="answers"}'));
    const before = await misses();
    const read = () =>
      client.get('query ($id: ID!) { story(id: $id) { title } }', { id: story.id });
    await read();
    await read();
    await client.as(token).get('{ me { id } }');
    await client.as(token).get('mutation { logout }');
    expect((await misses()) - before).toBe(1);
  });
});
