import type { GraphqlClient } from '../../support/graphql-client.js';

const SIGNED_IN = `{
  accessToken refreshToken expiresIn
  user { id username email role timezone }
}`;

export const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) ${SIGNED_IN} }`;
export const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) ${SIGNED_IN} }`;
export const REFRESH = `mutation ($refreshToken: String!) { refreshTokens(refreshToken: $refreshToken) ${SIGNED_IN} }`;
export const COME_AS_GUEST = `mutation { continueAsGuest ${SIGNED_IN} }`;
export const ME = '{ me { id username email role timezone } }';

/** The password of every account that {@link registered} makes. */
export const PASSWORD = 'correct horse';

export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly email: string | null;
    readonly role: string;
    readonly timezone: string;
  };
}

/** Makes the account `username`, with the address `<username>@example.org`. */
export async function registered(client: GraphqlClient, username: string): Promise<SignedIn> {
  const input = { username, email: `${username}@example.org`, password: PASSWORD };
  const { register } = await client.get<{ register: SignedIn }>(REGISTER, { input });
  return register;
}

export async function loggedIn(
  client: GraphqlClient,
  identifier: string,
  password = PASSWORD,
): Promise<SignedIn> {
  const { login } = await client.get<{ login: SignedIn }>(LOGIN, {
    input: { identifier, password },
  });
  return login;
}

export async function refreshed(client: GraphqlClient, refreshToken: string): Promise<SignedIn> {
  const { refreshTokens } = await client.get<{ refreshTokens: SignedIn }>(REFRESH, {
    refreshToken,
  });
  return refreshTokens;
}
