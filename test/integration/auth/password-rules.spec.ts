import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { loggedIn, REGISTER } from './accounts.js';

describe('the password of a new account', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it.each([
    ['7 characters', 'a'.repeat(7)],
    ['7 emoji, though they are 28 bytes', '🦊'.repeat(7)],
    ['73 bytes', 'a'.repeat(73)],
    ['19 emoji, as they are 76 bytes', '🦊'.repeat(19)],
    ['37 two-byte letters, as they are 74 bytes', 'é'.repeat(37)],
  ])('is refused with %s', async (_, password) => {
    const { client, database } = talegraph;
    const before = await fingerprint(database);
    const { extensions } = await client.fail(REGISTER, {
      input: { username: 'somebody', email: 'somebody@example.org', password },
    });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path: 'input.password',
          message: 'must have 8 characters or more, and at most 72 bytes',
        },
      ],
    });
    expect(await fingerprint(database)).toEqual(before);
  });

  it.each([
    ['8 characters', 'eight', 'a'.repeat(8)],
    ['8 emoji', 'emoji-8', '🦊'.repeat(8)],
    ['72 bytes', 'bytes-72', 'a'.repeat(72)],
    ['18 emoji, which are 72 bytes', 'emoji-18', '🦊'.repeat(18)],
    ['white space around it, which counts', 'spaces', '  spaces  '],
  ])('may have %s', async (_, username, password) => {
    const { client } = talegraph;
    const { register } = await client.get(REGISTER, {
      input: { username, email: `${username}@example.org`, password },
    });
    expect((await loggedIn(client, username, password)).user).toEqual(register.user);
  });
});
