// What stands in the place of content that could not be loaded.
import { CloudAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';

export type ErrorStateProps = {
  title?: string;
  /** What happened and what to do, in the reader's words. */
  text?: ReactNode;
  onRetry?: () => void;
  /** Number of the request, for whoever looks into the log. */
  requestId?: string;
  actions?: ReactNode;
  size?: 'sm' | 'md';
};

export function ErrorState({
  title = 'This could not be loaded',
  text,
  onRetry,
  requestId,
  actions,
  size,
}: ErrorStateProps) {
  return (
    <div role="alert">
      <EmptyState
        icon={<CloudAlert />}
        title={title}
        size={size}
        text={
          <>
            {text}
            {requestId && <div className="mt-2 font-mono text-xs text-faint">Request {requestId}</div>}
          </>
        }
        actions={
          (onRetry || actions) && (
            <>
              {onRetry && <Button onPress={onRetry}>Try again</Button>}
              {actions}
            </>
          )
        }
      />
    </div>
  );
}
