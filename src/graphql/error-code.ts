import { registerEnumType } from '@nestjs/graphql';

/** Every value that `extensions.code` of an error can have. Clients branch on it; it never changes its meaning. */
export enum ErrorCode {
  UNAUTHENTICATED = 'UNAUTHENTICATED',
  FORBIDDEN = 'FORBIDDEN',
  NOT_FOUND = 'NOT_FOUND',
  CONFLICT = 'CONFLICT',
  BAD_USER_INPUT = 'BAD_USER_INPUT',
  RATE_LIMITED = 'RATE_LIMITED',
  TOO_LARGE = 'TOO_LARGE',
  STORY_INVALID = 'STORY_INVALID',
  STORY_NOT_READ = 'STORY_NOT_READ',
  PLAYTHROUGH_ENDED = 'PLAYTHROUGH_ENDED',
  CHOICE_LOCKED = 'CHOICE_LOCKED',
  SUGGESTIONS_FAILED = 'SUGGESTIONS_FAILED',
  QUERY_TOO_COMPLEX = 'QUERY_TOO_COMPLEX',
  GRAPHQL_PARSE_FAILED = 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED = 'GRAPHQL_VALIDATION_FAILED',
  OPERATION_RESOLUTION_FAILURE = 'OPERATION_RESOLUTION_FAILURE',
  PERSISTED_QUERY_NOT_FOUND = 'PERSISTED_QUERY_NOT_FOUND',
  BAD_REQUEST = 'BAD_REQUEST',
  SERVICE_UNAVAILABLE = 'SERVICE_UNAVAILABLE',
  INTERNAL_SERVER_ERROR = 'INTERNAL_SERVER_ERROR',
}

registerEnumType(ErrorCode, {
  name: 'ErrorCode',
  description: 'Every value that `extensions.code` of an error can have.',
  valuesMap: {
    UNAUTHENTICATED: {
      description: 'No access token was sent, or it has expired: sign in or refresh.',
    },
    FORBIDDEN: { description: 'The signed-in user may not do this.' },
    NOT_FOUND: { description: 'There is no such thing, or the signed-in user may not know of it.' },
    CONFLICT: {
      description:
        'The state has moved on, or a unique name is taken. `extensions.current` shows what is there now.',
    },
    BAD_USER_INPUT: {
      description: 'Some input is wrong. `extensions.fields` names each field and what it must be.',
    },
    RATE_LIMITED: { description: 'Too many attempts. Wait `extensions.retryAfter` seconds.' },
    TOO_LARGE: {
      description:
        'What was asked for takes more time or memory than one task may. Split the story or the file.',
    },
    STORY_INVALID: {
      description: 'The story has structural errors. `extensions.findings` lists all of them.',
    },
    STORY_NOT_READ: {
      description:
        'The story has to be read further before that. `extensions.needed` says how far.',
    },
    CHOICE_LOCKED: {
      description:
        'The choice is closed now: its condition is false, or its puzzle takes no more answers. The message says the author’s reason.',
    },
    PLAYTHROUGH_ENDED: { description: 'The playthrough has reached an ending; start a new one.' },
    SUGGESTIONS_FAILED: {
      description:
        'The language model that proposes texts did not answer as it should. Ask without texts, or again later.',
    },
    QUERY_TOO_COMPLEX: { description: 'The operation asks for more than one request may.' },
    GRAPHQL_PARSE_FAILED: { description: 'The document is not GraphQL, or is too long.' },
    GRAPHQL_VALIDATION_FAILED: {
      description: 'The document does not fit the schema, or is nested too deeply.',
    },
    OPERATION_RESOLUTION_FAILURE: { description: 'No operation of the document was selected.' },
    PERSISTED_QUERY_NOT_FOUND: { description: 'Send the query text together with its hash once.' },
    BAD_REQUEST: { description: 'The HTTP request is not a GraphQL request.' },
    SERVICE_UNAVAILABLE: {
      description: 'The database or the storage is away for a moment. Try again shortly.',
    },
    INTERNAL_SERVER_ERROR: {
      description: 'A fault of ours; it has been logged under the x-request-id of the response.',
    },
  },
});
