// The browsers in which one is signed in; each can be signed out from here.
import { Monitor, Smartphone } from 'lucide-react';
import { Badge, Button, Card, ErrorState, RelativeTime, SkeletonRows, toast } from '../../../ui/index.ts';
import { type BrowserSession, endOtherSessions, endSession } from './auth-client.ts';
import { browserName } from './places.ts';
import { asProblem } from './useSubmit.ts';

type SessionsProps = {
  list: BrowserSession[] | undefined;
  failed: unknown;
  onRetry: () => void;
  onChanged: () => void;
};

export function Sessions({ list, failed, onRetry, onChanged }: SessionsProps) {
  const others = list?.filter((session) => !session.current).length ?? 0;
  const end = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      toast.show({ title: done, tone: 'good' });
    } catch (error) {
      toast.show({ title: 'That did not work', text: asProblem(error).message, tone: 'poor' });
    }
    onChanged();
  };
  return (
    <Card
      title="Where you are signed in"
      subtitle="Signing a browser out takes effect at once."
      actions={
        others > 0 && (
          <Button size="sm" onPress={() => void end(endOtherSessions, 'All other browsers are signed out')}>
            Sign out all others
          </Button>
        )
      }
    >
      {failed ? (
        <ErrorState title="The list could not be loaded" text={asProblem(failed).message} onRetry={onRetry} />
      ) : !list ? (
        <SkeletonRows rows={2} columns={2} />
      ) : (
        <ul className="divide-y divide-line">
          {list.map((session) => {
            const name = browserName(session.browser);
            const Icon = /iPhone|Android/.test(name) ? Smartphone : Monitor;
            return (
              <li key={session.id} className="flex items-center gap-3 py-2.5">
                <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
                <div className="min-w-0 flex-1">
                  <div className="flex flex-wrap items-center gap-2">
                    <span className="truncate">{name}</span>
                    {session.current && <Badge tone="accent">This browser</Badge>}
                  </div>
                  <div className="text-sm text-muted">
                    {session.address && <>from {session.address}, </>}signed in{' '}
                    <RelativeTime value={session.signedInAt} />
                  </div>
                </div>
                {!session.current && (
                  <Button
                    size="sm"
                    variant="quiet"
                    aria-label={`Sign out ${name}`}
                    onPress={() => void end(() => endSession(session.id), `${name} is signed out`)}
                  >
                    Sign out
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
