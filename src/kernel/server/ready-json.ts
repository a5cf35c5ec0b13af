// An answer that PostgreSQL has written as JSON already: it goes out as it is, without being taken apart and put together again.

export class ReadyJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A list whose items are JSON texts. */
export const listInJson = (items: readonly string[], nextCursor: string | null): ReadyJson =>
  new ReadyJson(`{"items":[${items.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`);
