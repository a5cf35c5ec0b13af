// What stands in place of a page: while it loads, when it broke, when there is none.
import { Compass } from 'lucide-react';
import { Problem } from '../../kernel/contract/problem.ts';
import { Button, EmptyState, ErrorState, SkeletonRows } from '../../ui/index.ts';

export const Waiting = () => (
  <div className="p-6" aria-busy="true">
    <SkeletonRows rows={8} columns={4} />
  </div>
);

export function Failed({ error, reset }: { error: Error; reset?: () => void }) {
  const text =
    error instanceof Problem ? error.message : 'This page could not be shown. Reload it; nothing you entered is lost.';
  return (
    <div className="p-6">
      <ErrorState title="This did not work" text={text} onRetry={() => (reset ? reset() : window.location.reload())} />
    </div>
  );
}

export const NotFound = () => (
  <div className="p-6">
    <EmptyState
      icon={<Compass />}
      title="There is no such page"
      text="The link may be old, or the page may have moved."
      actions={
        <Button href="/" variant="primary">
          Go to the portfolio
        </Button>
      }
    />
  </div>
);
