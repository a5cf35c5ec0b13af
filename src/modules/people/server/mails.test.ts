import { describe, expect, it } from 'vitest';
import { invitationMail, invitationUrl, passwordChangedMail, passwordResetMail, passwordResetUrl } from './mails.ts';
import { hashToken, newToken } from './tokens.ts';

describe('mails about signing in', () => {
  it('carry the secret behind the #, which browsers keep to themselves', () => {
    const { token } = newToken();
    expect(new URL(invitationUrl('https://kam.example.com/', token))).toMatchObject({
      pathname: '/invitation',
      search: '',
      hash: `#token=${token}`,
    });
    expect(new URL(passwordResetUrl('https://kam.example.com/app', token))).toMatchObject({
      pathname: '/app/reset-password',
      search: '',
    });
  });

  it('say the same in plain text and in HTML', () => {
    const mails = [
      invitationMail({
        to: 'a@example.com',
        workspace: 'Acme',
        invitedBy: 'Mia',
        url: 'https://k.example/invitation#token=t',
      }),
      passwordResetMail({
        to: 'a@example.com',
        name: 'Mia',
        url: 'https://k.example/reset-password#token=t',
        minutes: 30,
      }),
      passwordChangedMail({ to: 'a@example.com', name: 'Mia', publicUrl: 'https://k.example/' }),
    ];
    for (const mail of mails) {
      const words = (text: string) => text.replace(/<[^>]*>/g, ' ').match(/[\p{L}\d]+/gu) ?? [];
      const inHtml = new Set(words((mail.html ?? '').replace(/&#39;/g, "'").replace(/&quot;/g, '"')));
      expect(words(mail.text).filter((word) => !inHtml.has(word))).toEqual([]);
      expect(mail.text).toMatch(/https:\/\/k\.example\//);
    }
  });

  it('show names as names, never as markup or further headers', () => {
    const mail = invitationMail({
      to: 'a@example.com',
      workspace: 'Acme <img src=x onerror=alert(1)>',
      invitedBy: 'Mia\r\nBcc: all@example.com',
      url: 'https://k.example/invitation#token=t',
    });
    expect(mail.html).not.toContain('<img');
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});

describe('secrets for links', () => {
  it('are long, never twice the same, and stored as a hash that does not give them back', () => {
    const made = Array.from({ length: 100 }, newToken);
    expect(new Set(made.map((m) => m.token)).size).toBe(100);
    for (const { token, hash } of made) {
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      expect(hash).toBe(hashToken(token));
      expect(hash).not.toContain(token);
    }
  });
});
