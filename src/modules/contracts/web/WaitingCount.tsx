// How many approvals wait for the member: told to the navigation.
import { useEffect } from 'react';
import { useCall } from '../../../kernel/web/queries.ts';
import { listApprovals } from '../api-offers.ts';

export default function WaitingCount({ onCount }: { onCount: (count: number) => void }) {
  const waiting = useCall(listApprovals, { query: { box: 'forMe', limit: 100 } }, { staleTime: 60_000 });
  const count = waiting.data?.items.length;
  useEffect(() => {
    if (count !== undefined) onCount(count);
  }, [count, onCount]);
  return null;
}
