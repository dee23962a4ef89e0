import { answers, EVERYONE, REGISTERED, type Answer, type TableRow } from './access-answers.js';

const WRONG_TOKEN = answers(
  ...(Array(6).fill('BAD_USER_INPUT') as [Answer, Answer, Answer, Answer, Answer, Answer]),
);

/** The operations that go with mails to the address of an account. */
export const OF_ADDRESSES: readonly TableRow[] = [
  [
    'requestEmailConfirmation',
    '',
    { call: () => 'mutation { requestEmailConfirmation }', answers: REGISTERED },
  ],
  [
    'confirmEmail',
    'with no such token',
    { call: () => 'mutation { confirmEmail(token: "made up") }', answers: WRONG_TOKEN },
  ],
  [
    'requestPasswordReset',
    '',
    {
      call: (w) => `mutation { requestPasswordReset(email: "${w.unique}@example.org") }`,
      answers: EVERYONE,
    },
  ],
  [
    'resetPassword',
    'with no such token',
    {
      call: () => 'mutation { resetPassword(token: "made up", newPassword: "long enough") }',
      answers: WRONG_TOKEN,
    },
  ],
];
