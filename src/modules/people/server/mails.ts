// What we write to people about signing in. Pure: data in, mail out.
import type { Mail } from '../../../kernel/server/mail.ts';
import { INVITATION_DAYS } from './tokens.ts';

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c] ?? c);
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** A mail of paragraphs with, at most, one thing to do; the plain text says the same as the HTML. */
function letter(
  to: string,
  subject: string,
  before: string[],
  action: { label: string; url: string } | null,
  after: string[],
): Mail {
  const link = action ? [`${action.label}:\n${action.url}`] : [];
  const p = (text: string) => `<p style="margin:0 0 16px">${escaped(text)}</p>`;
  const button = action
    ? `<p style="margin:0 0 16px"><a href="${escaped(action.url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#1d4ed8;color:#ffffff;text-decoration:none">${escaped(action.label)}</a></p><p style="margin:0 0 16px;color:#57606a">Or open this address:<br>${escaped(action.url)}</p>`
    : '';
  return {
    to,
    subject: oneLine(subject),
    text: `${[...before, ...link, ...after].join('\n\n')}\n`,
    html: `<div style="font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif;max-width:520px;color:#1f2328">${before.map(p).join('')}${button}${after.map(p).join('')}</div>`,
  };
}

const under = (publicUrl: string, path: string) => `${publicUrl.replace(/\/+$/, '')}${path}`;

/** The secret stands after `#`: browsers do not send that part, so it reaches neither server logs nor referrers. */
export const invitationUrl = (publicUrl: string, token: string) =>
  under(publicUrl, `/invitation#token=${encodeURIComponent(token)}`);
export const passwordResetUrl = (publicUrl: string, token: string) =>
  under(publicUrl, `/reset-password#token=${encodeURIComponent(token)}`);

/** "Please join": sent when an admin invites somebody. */
export function invitationMail(about: { to: string; workspace: string; invitedBy: string; url: string }): Mail {
  const workspace = oneLine(about.workspace);
  return letter(
    about.to,
    `${oneLine(about.invitedBy)} invites you to ${workspace}`,
    [
      'Hello,',
      `${oneLine(about.invitedBy)} invites you to ${workspace} in OpenKAM, where the team looks after its key accounts.`,
    ],
    { label: 'Accept the invitation', url: about.url },
    [`The link works once, for ${INVITATION_DAYS} days. If you did not expect this, you can ignore this mail.`],
  );
}

/** The answer to "forgot password". */
export function passwordResetMail(about: { to: string; name: string; url: string; minutes: number }): Mail {
  return letter(
    about.to,
    'Choose a new password for OpenKAM',
    [`Hello ${oneLine(about.name)},`, 'somebody, we hope you, asked for a new password for OpenKAM.'],
    { label: 'Choose a new password', url: about.url },
    [
      `The link works once, for ${about.minutes} minutes. Setting a new password signs you out everywhere.`,
      'If it was not you, do nothing: your password stays as it is.',
    ],
  );
}

/** Tells the owner that the password is a new one, in case it was somebody else. */
export function passwordChangedMail(about: { to: string; name: string; publicUrl: string }): Mail {
  return letter(
    about.to,
    'Your OpenKAM password was changed',
    [
      `Hello ${oneLine(about.name)},`,
      'your OpenKAM password was just changed, and other browsers were signed out.',
      'If it was you, all is well. If not, choose a new password now and tell your administrator.',
    ],
    { label: 'Choose a new password', url: under(about.publicUrl, '/forgot-password') },
    [],
  );
}

/** Tells the owner that somebody took the second factor off, in case nobody asked for it. */
export function twoFactorResetMail(about: { to: string; name: string; by: string; publicUrl: string }): Mail {
  return letter(
    about.to,
    'Two-factor sign-in was switched off for you',
    [
      `Hello ${oneLine(about.name)},`,
      `${oneLine(about.by)} switched off your two-factor sign-in. Until you switch it on again, your password alone signs you in.`,
      'If you did not ask for this, choose a new password now and tell your administrator.',
    ],
    { label: 'Switch it on again', url: under(about.publicUrl, '/settings/security') },
    [],
  );
}
