// The kernel's form submission, for which a closed passkey prompt is no failure.
import { type Submit, useSubmit as useAnySubmit } from '../../../kernel/web/submit.ts';
import { PasskeyCancelled } from './auth-client.ts';

export const useSubmit = <A extends unknown[]>(work: (...args: A) => Promise<unknown>): Submit<A> =>
  useAnySubmit(work, (error) => error instanceof PasskeyCancelled);

export { asProblem, type Submit } from '../../../kernel/web/submit.ts';
