// An answer that PostgreSQL has written as JSON already: it goes out as it is, without being taken apart and put together again.

export class ReadyJson {
  readonly text: string;
  /** Of the row that the answer is, for its ETag. */
  readonly version: number | undefined;
  constructor(text: string, version?: number) {
    this.text = text;
    this.version = version;
  }
}

/** A list whose items are JSON texts. */
export const listInJson = (items: readonly string[], nextCursor: string | null): ReadyJson =>
  new ReadyJson(`{"items":[${items.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`);
