import { REGISTERED, SIGNED_IN, type TableRow } from './access-answers.js';

/** Of a browser. */
const KEY =
  'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM';

/** What users are told, and how. */
export const OF_NOTIFICATIONS: readonly TableRow[] = [
  ['notifications', '', { call: () => '{ notifications { totalCount } }', answers: SIGNED_IN }],
  ['unreadNotifications', '', { call: () => '{ unreadNotifications }', answers: SIGNED_IN }],
  [
    'markNotificationsRead',
    '',
    { call: () => 'mutation { markNotificationsRead(all: true) }', answers: SIGNED_IN },
  ],
  ['pushPublicKey', '', { call: () => '{ pushPublicKey }', answers: REGISTERED }],
  [
    'subscribePush',
    '',
    {
      call: ({ unique }) =>
        `mutation { subscribePush(input: { endpoint: "https://push.example.net/${unique}", p256dh: "${KEY}", auth: "tBHItJI5svbpez7KI4CCXg" }) }`,
      answers: REGISTERED,
    },
  ],
  [
    'unsubscribePush',
    'that there is not',
    {
      call: () => 'mutation { unsubscribePush(endpoint: "https://push.example.net/none") }',
      answers: REGISTERED,
    },
  ],
  [
    'notificationPreferences',
    '',
    { call: () => '{ notificationPreferences { kinds { kind } } }', answers: REGISTERED },
  ],
  [
    'updateNotificationPreferences',
    '',
    {
      call: () =>
        'mutation { updateNotificationPreferences(input: { kinds: [{ kind: REPLY, push: false }] }) { kinds { push } } }',
      answers: REGISTERED,
    },
  ],
];
