import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { UserService } from '../../../src/auth/users/user.service.js';
import { startApp, type TestApp } from '../../support/app.js';

let talegraph: TestApp;
beforeAll(async () => {
  talegraph = await startApp();
});
afterAll(() => talegraph.close());

it('leaves an administrator when all are made ordinary users at once', async () => {
  const { factory, app, database } = talegraph;
  const admins = [await factory.newAdmin(), await factory.newAdmin(), await factory.newAdmin()];
  const outcomes = await Promise.allSettled(
    admins.map(({ username }) => app.get(UserService).demote(username)),
  );
  const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refusals).toMatchObject([{ code: 'CONFLICT' }]);
  expect(await database.query(`SELECT FROM users WHERE role = 'admin'`)).toHaveLength(1);
});
