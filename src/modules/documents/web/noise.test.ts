import { describe, expect, it } from 'vitest';
import { documentsWeb } from './index.ts';

const noise = documentsWeb.isNoise!;
const field = (name: string, after: string) => ({ field: name, before: null, after });

describe('what the timeline says of documents', () => {
  it('a new version is said once, and the first one by its document', () => {
    expect(noise({ what: 'document', action: 'update', changes: [field('current_number', '2')] })).toBe(true);
    expect(noise({ what: 'document_version', action: 'insert', changes: [field('number', '1')] })).toBe(true);
    expect(noise({ what: 'document_version', action: 'insert', changes: [field('number', '2')] })).toBe(false);
    expect(noise({ what: 'document', action: 'update', changes: [field('title', 'New')] })).toBe(false);
    expect(noise({ what: 'document', action: 'insert', changes: [field('title', 'New')] })).toBe(false);
  });
});
