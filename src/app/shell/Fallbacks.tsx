// What stands in place of a page: while it loads, when it broke.
import { Problem } from '../../kernel/contract/problem.ts';
import { ErrorState, Logo, SkeletonRows } from '../../ui/index.ts';

export const Waiting = () => (
  <div className="p-4 md:p-6" aria-busy="true">
    <SkeletonRows rows={8} columns={4} />
  </div>
);

/** Before anybody knows who is there: the frame's place is kept, so that nothing jumps. */
export const Starting = () => (
  <div className="grid h-dvh place-items-center bg-canvas" aria-busy="true">
    <span className="animate-pulse opacity-60">
      <Logo />
    </span>
    <span role="status" className="sr-only">
      Loading
    </span>
  </div>
);

export function Failed({ error, reset }: { error: unknown; reset?: () => void }) {
  const isProblem = error instanceof Problem;
  // A page that was replaced on the server since this window opened: only loading it anew helps.
  const isOld = !isProblem && /dynamically imported module|module script/i.test(String(error));
  const text = isProblem
    ? error.message
    : isOld
      ? 'OpenKAM was updated. Reload to go on; nothing you entered is lost.'
      : 'This page could not be shown. Reload it; nothing you entered is lost.';
  return (
    <div className="p-6">
      <ErrorState
        title={isOld ? 'There is a new version' : 'This did not work'}
        text={text}
        onRetry={() => (reset && isProblem ? reset() : window.location.reload())}
      />
    </div>
  );
}
