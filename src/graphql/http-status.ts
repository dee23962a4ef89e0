import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import { ErrorCode } from './error-code.js';

const OK = 200;
const BAD_REQUEST = 400;
const FAULT = 500;

/**
 * The status of answers to documents and variables that do not fit: 4xx for clients that know
 * `application/graphql-response+json`, and 200 instead of 400 for those that read `application/json`.
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
export const statusByMediaType: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ request, response }) {
        // What Apollo takes for a fault of its own is one of the client all the same.
        if (response.http.status === FAULT && isBadRequest(response.body))
          response.http.status = BAD_REQUEST;
        const accept = request.http?.headers.get('accept') ?? '';
        const isLegacy = !accept.includes('application/graphql-response+json');
        if (isLegacy && response.http.status === BAD_REQUEST) response.http.status = OK;
        return Promise.resolve();
      },
    }),
};

const isBadRequest = (body: GraphQLResponse['body']): boolean =>
  body.kind === 'single' &&
  body.singleResult.errors?.[0]?.extensions?.code === ErrorCode.BAD_REQUEST;
