import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { EXECUTORS, startApp, type TestApp } from '../support/app.js';

/** The audit's requests carry no cookies and come from no browser page, so they pass the CSRF check by this header. */
const asNoBrowserForm: typeof fetch = (input, init) =>
  fetch(input, {
    ...init,
    headers: { 'apollo-require-preflight': 'true', ...(init?.headers as Record<string, string>) },
  });

describe.each(EXECUTORS)('GraphQL over HTTP (%s)', (executor) => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp({ GRAPHQL_EXECUTOR: executor });
  });
  afterAll(() => talegraph.close());

  it.each(serverAudits({ url: '', fetchFn: fetch }).map(({ id, name }) => [id, name]))(
    '%s %s',
    async (id) => {
      const audits = serverAudits({ url: `${talegraph.url}/graphql`, fetchFn: asNoBrowserForm });
      const result = await audits.find((audit) => audit.id === id)!.fn();
      // A notice is about a MAY; a MUST is an error, a SHOULD a warning.
      expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toMatch(
        /^(ok|notice)/,
      );
    },
  );
});
