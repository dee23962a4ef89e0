import type { ApolloServerPlugin } from '@apollo/server';

const OK = 200;
const BAD_REQUEST = 400;

/**
 * The status of answers to documents and variables that do not fit: 4xx for clients that know
 * `application/graphql-response+json`, and 200 instead of 400 for those that read `application/json`.
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
export const statusByMediaType: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ request, response }) {
        const accept = request.http?.headers.get('accept') ?? '';
        const isLegacy = !accept.includes('application/graphql-response+json');
        if (isLegacy && response.http.status === BAD_REQUEST) response.http.status = OK;
        return Promise.resolve();
      },
    }),
};
