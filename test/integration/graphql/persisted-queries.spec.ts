import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { startApp, type TestApp } from '../../support/app.js';
import { postGraphql } from '../../support/http.js';

const QUERY = 'query ($first: Int!) { stories(first: $first) { nodes { id } } }';

const persisted = (query: string) => ({
  persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
});

describe('an automatic persisted query', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const variables = { first: 3 };

  it('is asked for once, and then known by its hash, also for GET', async () => {
    const extensions = persisted(QUERY);
    const unknown = await postGraphql(talegraph.url, { variables, extensions });
    expect(unknown.body.errors).toMatchObject([
      { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ]);
    const told = await postGraphql(talegraph.url, { query: QUERY, variables, extensions });
    expect(told.body).toEqual({ data: { stories: { nodes: [] } } });

    const byHash = await postGraphql(talegraph.url, { variables, extensions });
    expect(byHash.body).toEqual(told.body);
    const search = new URLSearchParams({
      variables: JSON.stringify(variables),
      extensions: JSON.stringify(extensions),
    });
    const got = await fetch(`${talegraph.url}/graphql?${search.toString()}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    expect(await got.json()).toEqual(told.body);
  });

  it('is answered by its hash the same, however often it is asked for', async () => {
    const query = 'query ($first: Int!) { stories(first: $first) { totalCount } }';
    const extensions = persisted(query);
    await postGraphql(talegraph.url, { query, variables, extensions });
    for (let i = 0; i < 3; i++) {
      const { body } = await postGraphql(talegraph.url, { variables, extensions });
      expect(body).toEqual({ data: { stories: { totalCount: 0 } } });
    }
  });

  it.each([null, false, 0, ''])('is not what has no hash: %j', async (persistedQuery) => {
    const extensions = { persistedQuery };
    for (let i = 0; i < 3; i++) {
      const sent = { query: '{ stories { totalCount } }', extensions };
      const isLeftOut = persistedQuery === null;
      expect((await postGraphql(talegraph.url, sent)).status).toBe(isLeftOut ? 200 : 400);
      const { status, body } = await postGraphql(talegraph.url, { extensions });
      expect(status).toBe(400);
      expect(body.errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    }
  });

  it('of another version, or without a hash, is refused also where the text is known', async () => {
    const { sha256Hash } = persisted(QUERY).persistedQuery;
    for (let i = 0; i < 3; i++) await postGraphql(talegraph.url, { query: QUERY, variables });
    for (const persistedQuery of [{ version: 2, sha256Hash }, { version: 1 }]) {
      for (const query of [QUERY, undefined]) {
        const sent = { query, variables, extensions: { persistedQuery } };
        expect((await postGraphql(talegraph.url, sent)).body.errors).toHaveLength(1);
      }
    }
  });

  it('is refused under the hash of another one, and under limits like any other', async () => {
    const { body, status } = await postGraphql(talegraph.url, {
      query: QUERY,
      variables,
      extensions: persisted('{ me { id } }'),
    });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);

    const deep = `{ stories { nodes ${'{ author '.repeat(14)} { id } ${'}'.repeat(14)} } }`;
    for (const query of [deep, undefined]) {
      const refused = await postGraphql(talegraph.url, { query, extensions: persisted(deep) });
      expect(refused.body.data).toBeUndefined();
      expect(refused.body.errors.length).toBeGreaterThan(0);
    }
  });

  const { sha256Hash } = persisted(QUERY).persistedQuery;
  const aboutHash =
    'extensions.persistedQuery.sha256Hash must be the SHA-256 of the text of the query in UTF-8, as 64 hexadecimal digits in lower case.';

  it.each([
    [
      'x',
      'extensions.persistedQuery must be an object: {"version": 1, "sha256Hash": "…"}. Leave it out to send the text alone.',
    ],
    [{ version: 2, sha256Hash }, 'extensions.persistedQuery.version must be the number 1.'],
    [{ version: '1', sha256Hash }, 'extensions.persistedQuery.version must be the number 1.'],
    [{ sha256Hash }, 'extensions.persistedQuery.version must be the number 1.'],
    [{ version: 1 }, aboutHash],
    [{ version: 1, sha256Hash: 5 }, aboutHash],
    [{ version: 1, sha256Hash: sha256Hash.toUpperCase() }, aboutHash],
  ])('is refused by its field when it is malformed: %j', async (persistedQuery, message) => {
    const logged = jest.spyOn(Logger.prototype, 'error');
    const extensions = { persistedQuery };
    const refused = { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] };
    for (const query of [QUERY, undefined]) {
      const posted = await postGraphql(talegraph.url, { query, variables, extensions });
      expect(posted).toMatchObject({ status: 400, body: refused });
      const search = new URLSearchParams({
        ...(query !== undefined && { query }),
        variables: JSON.stringify(variables),
        extensions: JSON.stringify(extensions),
      });
      const got = await fetch(`${talegraph.url}/graphql?${search.toString()}`, {
        headers: { 'apollo-require-preflight': 'true' },
      });
      expect({ status: got.status, body: await got.json() }).toEqual({
        status: 400,
        body: refused,
      });
    }
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  it('is as one left out when it is null', async () => {
    const extensions = { persistedQuery: null };
    const { body } = await postGraphql(talegraph.url, { query: QUERY, variables, extensions });
    expect(body).toEqual({ data: { stories: { nodes: [] } } });
  });
});
