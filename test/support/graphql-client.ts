export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
}

export interface GraphqlResponse<Data> {
  readonly status: number;
  readonly data: Data | null | undefined;
  readonly errors: readonly GraphqlError[];
}

/** Speaks to the server over HTTP, as any client does. */
export class GraphqlClient {
  constructor(
    private readonly url: string,
    private readonly accessToken?: string,
    private readonly address?: string,
  ) {}

  /** The same client, signed in. */
  as(accessToken: string | undefined): GraphqlClient {
    return new GraphqlClient(this.url, accessToken, this.address);
  }

  /** The same client behind a proxy, which tells its address. */
  from(address: string): GraphqlClient {
    return new GraphqlClient(this.url, this.accessToken, address);
  }

  /** The whole answer, errors and all. */
  async send<Data = any>(query: string, variables: object = {}): Promise<GraphqlResponse<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.accessToken !== undefined && { authorization: `Bearer ${this.accessToken}` }),
        ...(this.address !== undefined && { 'x-forwarded-for': this.address }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { data?: Data; errors?: GraphqlError[] };
    return { status: response.status, data: body.data, errors: body.errors ?? [] };
  }

  /** The data. @throws when there is any error */
  async get<Data = any>(query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await this.send<Data>(query, variables);
    if (errors.length > 0) throw new Error(`${JSON.stringify(errors)}\nof ${query}`);
    return data as Data;
  }

  /** The single error. @throws when there is none, or several */
  async fail(query: string, variables: object = {}): Promise<GraphqlError> {
    const { errors, data } = await this.send(query, variables);
    const [error] = errors;
    if (error === undefined || errors.length > 1) {
      throw new Error(`Expected one error, got ${JSON.stringify({ errors, data })}\nof ${query}`);
    }
    return error;
  }
}
