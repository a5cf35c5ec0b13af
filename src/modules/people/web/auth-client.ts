// Talks to /api/auth/*: everything about signing in, without a library in the first script. Refusals arrive as Problems.
import { Problem, type ProblemDocument } from '../../../kernel/contract/problem.ts';

const OFFLINE = 'OpenKAM cannot be reached. Check your connection and try again.';

async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/auth${path}`, {
      method,
      credentials: 'same-origin',
      ...(method === 'POST'
        ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }
        : {}),
    });
  } catch {
    throw new Problem(0, 'offline', OFFLINE);
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const problem = answer as Partial<ProblemDocument> | null;
  // The signed-in app listens, and lets one sign in again over the page.
  if (problem?.code === 'signed_out') window.dispatchEvent(new Event('openkam:signed-out'));
  throw new Problem(
    response.status,
    problem?.code ?? 'unexpected',
    problem?.title ?? 'Something went wrong on the server. Try again.',
  );
}

export type SignInStep = 'signed-in' | 'second-step';

export async function signIn(email: string, password: string): Promise<SignInStep> {
  const answer = await ask<{ twoFactorRedirect?: boolean }>('POST', '/sign-in/email', { email, password });
  return answer.twoFactorRedirect ? 'second-step' : 'signed-in';
}
export const signOut = () => ask<unknown>('POST', '/sign-out');

/** The six digits of the authenticator app; also proves it right after setting it up. */
export const sendCode = (code: string, trustDevice = false) =>
  ask<unknown>('POST', '/two-factor/verify-totp', { code, trustDevice });
export const sendBackupCode = (code: string) => ask<unknown>('POST', '/two-factor/verify-backup-code', { code });

export const requestPasswordReset = (email: string) => ask<unknown>('POST', '/request-password-reset', { email });
export const resetPassword = (token: string, newPassword: string) =>
  ask<unknown>('POST', '/reset-password', { token, newPassword });
export const changePassword = (currentPassword: string, newPassword: string) =>
  ask<unknown>('POST', '/change-password', { currentPassword, newPassword, revokeOtherSessions: true });

export type SignedInUser = { email: string; name: string; twoFactorEnabled: boolean };
/** Who is signed in, or null. Asking also renews the session, once a day. */
export async function signedInUser(): Promise<SignedInUser | null> {
  const answer = await ask<{ user: { email: string; name: string; twoFactorEnabled?: boolean | null } } | null>(
    'GET',
    '/get-session',
  );
  return (
    answer && {
      email: answer.user.email,
      name: answer.user.name,
      twoFactorEnabled: answer.user.twoFactorEnabled === true,
    }
  );
}

export type BrowserSession = {
  id: string;
  current: boolean;
  address: string | null;
  browser: string | null;
  signedInAt: string;
  lastSeenAt: string;
};
export const sessions = async () => (await ask<{ items: BrowserSession[] }>('GET', '/sessions')).items;
export const endSession = (id: string) => ask<unknown>('POST', '/sessions/end', { id });
export const endOtherSessions = () => ask<unknown>('POST', '/revoke-other-sessions');

export const startTwoFactor = (password: string) =>
  ask<{ totpURI: string; backupCodes: string[] }>('POST', '/two-factor/enable', { password });
export const stopTwoFactor = (password: string) => ask<unknown>('POST', '/two-factor/disable', { password });
export const newBackupCodes = async (password: string) =>
  (await ask<{ backupCodes: string[] }>('POST', '/two-factor/generate-backup-codes', { password })).backupCodes;

export type Passkey = { id: string; name?: string | null; createdAt?: string | null };
export const passkeys = () => ask<Passkey[]>('GET', '/passkey/list-user-passkeys');
export const removePasskey = (id: string) => ask<unknown>('POST', '/passkey/delete-passkey', { id });

/** Passkeys need a secure page with a name: browsers refuse them on bare addresses such as 127.0.0.1. */
export const passkeysWork = (page: { hostname: string } = location, secure: boolean = isSecureContext): boolean =>
  secure && typeof PublicKeyCredential !== 'undefined' && !/^[\d.]+$|^\[/.test(page.hostname);

/** The device's own window closed without a passkey: not an error. */
export class PasskeyCancelled extends Error {}

async function withDevice<T>(work: (device: typeof import('@simplewebauthn/browser')) => Promise<T>): Promise<T> {
  const device = await import('@simplewebauthn/browser');
  try {
    return await work(device);
  } catch (error) {
    if (!(error instanceof Error) || error instanceof Problem) throw error;
    if (error.name === 'NotAllowedError' || error.name === 'AbortError') throw new PasskeyCancelled();
    if (error.name === 'InvalidStateError')
      throw new Problem(0, 'passkey_known', 'This device has a passkey for OpenKAM already.');
    throw new Problem(0, 'passkey_failed', 'Your browser could not use a passkey here.');
  }
}

export const addPasskey = (name: string) =>
  withDevice(async (device) => {
    type Options = Parameters<typeof device.startRegistration>[0]['optionsJSON'];
    const optionsJSON = await ask<Options>('GET', '/passkey/generate-register-options');
    const response = await device.startRegistration({ optionsJSON });
    return ask<Passkey>('POST', '/passkey/verify-registration', { response, name });
  });

export const signInWithPasskey = () =>
  withDevice(async (device) => {
    type Options = Parameters<typeof device.startAuthentication>[0]['optionsJSON'];
    const optionsJSON = await ask<Options>('GET', '/passkey/generate-authenticate-options');
    const response = await device.startAuthentication({
      optionsJSON: { ...optionsJSON, userVerification: 'required' },
    });
    await ask<unknown>('POST', '/passkey/verify-authentication', { response });
  });

/** Renews the session while the app is open, so that whoever works every day never signs in again. Stop it with the answer. */
export function keepSignedIn(): () => void {
  const renew = () => void signedInUser().catch(() => {});
  renew();
  const timer = setInterval(renew, 12 * 60 * 60 * 1000);
  return () => clearInterval(timer);
}
