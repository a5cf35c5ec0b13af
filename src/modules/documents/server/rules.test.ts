// What a file is, judged by its content; how it may be shown.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showingOf, shownAs, tagsFrom, titleFrom, typeOf } from './rules.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the type of a file', () => {
  it('follows the content, whatever the name claims', () => {
    expect(typeOf(bytes('%PDF-1.7\n…'), 'quote.txt')).toBe('application/pdf');
    expect(typeOf(bytes('<html><script>alert(1)</script>'), 'photo.png')).toBe('text/html');
    expect(typeOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'page.html')).toBe('image/png');
    expect(typeOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'x')).toBe('image/jpeg');
    expect(typeOf(bytes('GIF89a…'), 'x')).toBe('image/gif');
    expect(typeOf(bytes('RIFF0000WEBPVP8 '), 'x')).toBe('image/webp');
    expect(typeOf(bytes('PK\u0003\u0004 [Content_Types].xml … xl/workbook.xml'), 'x.docx')).toContain('spreadsheetml');
    expect(typeOf(bytes('PK\u0003\u0004 other'), 'x.docx')).toBe('application/zip');
  });

  it('tells text from bytes, and text that a browser could run from text that it cannot', () => {
    expect(typeOf(bytes('Notes of the call\n'), 'notes')).toBe('text/plain');
    expect(typeOf(bytes('name,arr\nAcme,1\n'), 'list.csv')).toBe('text/csv');
    expect(typeOf(new Uint8Array([1, 2, 3, 0]), 'notes.txt')).toBe('application/octet-stream');
    expect(typeOf(new Uint8Array([0xff, 0xfe, 0x41, 0x00]), 'utf16.txt')).toBe('application/octet-stream');
    expect(typeOf(bytes('  \uFEFF <!DOCTYPE html>'), 'a.txt')).toBe('text/html');
    expect(typeOf(bytes('<?xml version="1.0"?><svg onload="x">'), 'a.txt')).toBe('image/svg+xml');
    expect(typeOf(bytes('hello'), 'a.svg')).toBe('image/svg+xml');
    expect(typeOf(bytes('hello'), 'a.html')).toBe('text/html');
  });

  it('does not mistake a character cut at the end of the look for bytes', () => {
    expect(typeOf(bytes('Zoë').slice(0, 3), 'a.txt')).toBe('text/plain');
  });

  it('is never one that a browser runs when it may be shown, for any content and name', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 20 }), (content, name) => {
        const type = typeOf(content, name);
        if (showingOf(type) !== 'none')
          expect(shownAs(type)).toMatch(/^(application\/pdf|image\/(png|jpeg|gif|webp)|text\/plain; charset=utf-8)$/);
      }),
    );
  });

  it('is downloaded only, for everything that could do harm', () => {
    for (const type of ['text/html', 'image/svg+xml', 'application/xml', 'application/octet-stream', 'message/rfc822'])
      expect(showingOf(type)).toBe('none');
  });
});

describe('titles and tags', () => {
  it('come from what was typed, tidied', () => {
    expect(titleFrom('Master_agreement 2026.pdf')).toBe('Master agreement 2026');
    expect(titleFrom('.pdf')).toBe('.pdf');
    expect(tagsFrom(' legal, Legal ,, price list')).toEqual(['legal', 'price list']);
  });
});
