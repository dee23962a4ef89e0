import { answers, SIGNED_IN, type TableRow } from './access-answers.js';

const WRONG = answers(
  'UNAUTHENTICATED',
  ...(['BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT'] as const),
  'BAD_USER_INPUT',
);

/** The operations on what is kept of the viewer. */
export const OF_PRIVACY: readonly TableRow[] = [
  ['dataExports', '', { call: () => '{ dataExports { status } }', answers: SIGNED_IN }],
  [
    'requestDataExport',
    '',
    { call: () => 'mutation { requestDataExport { status } }', answers: SIGNED_IN },
  ],
  [
    'deleteAccount',
    'by a name that is not the viewer’s',
    {
      call: () => 'mutation { deleteAccount(input: { username: "somebody else" }) }',
      answers: WRONG,
    },
  ],
];
