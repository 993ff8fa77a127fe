/** An HTTP request as it arrived, from a socket or from an in-process client. */
export interface WireRequest {
  method: string;
  /** As it was sent, percent-encoded, without the query. */
  path: string;
  /** As it was sent, without "?". */
  query: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Null: longer than any service takes, so that nobody read it. */
  body: Buffer | null;
  sourceIp: string;
}

/** A request whose body was read. */
export type ReadRequest = WireRequest & { body: Buffer };

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}
