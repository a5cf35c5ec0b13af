// What the pages of this room ask the public API.
import { Problem } from '../../../kernel/contract/problem.ts';
import type { AnswerOf, BodyOf } from '../../../kernel/contract/route.ts';
import { call } from '../../../kernel/web/call.ts';
import * as api from '../api.ts';

export const setupNeeded = async (): Promise<boolean> => (await call(api.setupState, {})).needed;
export const createFirstWorkspace = (body: BodyOf<typeof api.setupCreate>) => call(api.setupCreate, { body });

/** Whether the one who is signed in belongs to a workspace. */
export async function isMember(): Promise<boolean> {
  try {
    await call(api.me, {});
    return true;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return false;
    throw error;
  }
}

export type Invitation = AnswerOf<typeof api.invitationState>;
export const lookAtInvitation = (token: string): Promise<Invitation> => call(api.invitationState, { body: { token } });
export const acceptInvitation = (body: BodyOf<typeof api.acceptInvitation>) => call(api.acceptInvitation, { body });
