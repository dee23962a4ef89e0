import { REGISTERED, SIGNED_IN, type TableRow } from './access-answers.js';

/** What users are told, and how. */
export const OF_NOTIFICATIONS: readonly TableRow[] = [
  ['notifications', '', { call: () => '{ notifications { totalCount } }', answers: SIGNED_IN }],
  ['unreadNotifications', '', { call: () => '{ unreadNotifications }', answers: SIGNED_IN }],
  [
    'markNotificationsRead',
    '',
    { call: () => 'mutation { markNotificationsRead(all: true) }', answers: SIGNED_IN },
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
