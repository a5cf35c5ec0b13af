// better-auth's refusals as problems with sentences that a person can act on. Pure.
import { Problem } from '../../../kernel/contract/problem.ts';

const SENTENCES: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: 'The e-mail address or the password is not right.',
  INVALID_EMAIL: 'This is not an e-mail address.',
  INVALID_PASSWORD: 'The password is not right.',
  PASSWORD_TOO_SHORT: 'Use at least 10 characters.',
  PASSWORD_TOO_LONG: 'Use at most 128 characters.',
  INVALID_TOKEN: 'This link was used already or has expired. Ask for a new one.',
  INVALID_CODE: 'This code is not right. Codes change every 30 seconds: try the current one.',
  INVALID_BACKUP_CODE: 'This backup code is not right, or was used already.',
  INVALID_TWO_FACTOR_COOKIE: 'The sign-in took too long. Start again with your password.',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'Too many wrong codes. Start again with your password.',
  ACCOUNT_TEMPORARILY_LOCKED: 'Too many wrong codes. Wait 15 minutes and try again.',
  TOO_MANY_SIGN_INS:
    'Too many tries with this e-mail address. Wait a while, or choose a new password by "Forgot password".',
  TOTP_ALREADY_ENABLED: 'Two-factor sign-in is already on.',
  TWO_FACTOR_NOT_ENABLED: 'Two-factor sign-in is not on.',
  SESSION_NOT_FRESH: 'For your safety, sign in again before you do this.',
  SESSION_NOT_FOUND: 'This browser is signed out already.',
  INVALID_ORIGIN:
    'OpenKAM does not know the web address you opened it by. Open it by its public address, or have the administrator set OPENKAM_PUBLIC_URL to this one.',
  MISSING_OR_NULL_ORIGIN: 'Your browser did not say which page this request came from, so it was refused.',
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: 'This sign-in came from another web site, so it was refused.',
  PASSKEY_NOT_FOUND: 'OpenKAM does not know this passkey. Sign in another way, then add it under Security.',
  PASSKEY_NOT_VERIFIED: 'Your device did not check that it is you. Unlock it with a PIN, finger or face and try again.',
  AUTHENTICATION_FAILED: 'The passkey was not accepted.',
  CHALLENGE_NOT_FOUND: 'That took too long. Try again.',
  FAILED_TO_VERIFY_REGISTRATION: 'The passkey could not be added. Try again.',
  YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY: 'The passkey could not be added: somebody else is signed in now.',
};

const BY_STATUS: Record<number, [code: string, title: string]> = {
  400: ['bad_request', 'The request was not understood.'],
  401: ['signed_out', 'Please sign in.'],
  403: ['forbidden', 'This is not allowed.'],
  404: ['not_found', 'There is nothing here.'],
  413: ['too_large', 'The request is too large.'],
  429: ['too_many_requests', 'Too many tries. Wait a minute and try again.'],
};

/** A refusal of better-auth (status and its JSON body, if any) as we say it. Unknown texts never reach the person. */
export function refusal(status: number, body: unknown): Problem {
  const code = body && typeof body === 'object' && 'code' in body && typeof body.code === 'string' ? body.code : '';
  const sentence = SENTENCES[code];
  if (sentence) return new Problem(status, code.toLowerCase(), sentence);
  const [commonCode, title] = BY_STATUS[status] ?? ['unexpected', 'Something went wrong on the server.'];
  return new Problem(status, commonCode, title);
}
