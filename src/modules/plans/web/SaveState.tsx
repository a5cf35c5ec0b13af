// Where the typed text is: on its way, saved, or kept in this browser until the server can be reached.
import { CircleAlert, CloudCheck, CloudOff } from 'lucide-react';
import { Button, cx, Spinner, useFormatSettings } from '../../../ui/index.ts';
import { usePlan } from './usePlan.tsx';

export function SaveState() {
  const { desk, view, canEdit } = usePlan();
  const settings = useFormatSettings();
  if (!canEdit) return <p className="text-sm text-muted">You can read this plan</p>;
  const { state, savedAt, problem } = view;
  const time = savedAt
    ? new Intl.DateTimeFormat(settings.locale, {
        hour: '2-digit',
        minute: '2-digit',
        timeZone: settings.timeZone,
      }).format(new Date(savedAt))
    : null;
  return (
    <div
      role="status"
      aria-label="Saving"
      className="flex min-w-0 items-center gap-1.5 text-sm text-muted [&_svg]:size-4 [&_svg]:shrink-0"
    >
      {(state === 'saving' || state === 'unsaved') && (
        <>
          <Spinner size={14} />
          Saving…
        </>
      )}
      {state === 'saved' && (
        <>
          <CloudCheck aria-hidden="true" className="text-good" />
          {time ? `Saved ${time}` : 'All saved'}
        </>
      )}
      {(state === 'unreachable' || state === 'refused') && (
        <>
          {state === 'refused' ? <CircleAlert aria-hidden="true" /> : <CloudOff aria-hidden="true" />}
          <span className={cx('min-w-0', state === 'refused' ? 'text-poor-text' : 'text-watch-text')}>
            {state === 'unreachable'
              ? 'Offline – kept in this browser'
              : `Not saved, kept in this browser: ${problem?.fields?.[0]?.message ?? problem?.message ?? ''}`}
          </span>
          <Button size="sm" variant="quiet" onPress={() => void desk.flush()}>
            Try now
          </Button>
        </>
      )}
    </div>
  );
}
