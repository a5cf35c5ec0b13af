// What is done with an opportunity: moved at once on the screen, put back when the server refuses, taken back with Undo.
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../../../kernel/web/call.ts';
import { refresh } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { toast } from '../../../ui/index.ts';
import { getBoard, type Opportunity, type Stage, updateOpportunity } from '../api.ts';
import { archiveOpportunity, reopenOpportunity, restoreOpportunity } from '../api-closing.ts';

export const REFRESHES = ['pipeline.', 'forecast.', 'insights.'];

export function useOpportunityVerbs() {
  const client = useQueryClient();
  return useMemo(() => {
    const again = () => refresh(client, REFRESHES);
    const refused = (title: string, error: unknown) =>
      void toast.show({ title, text: asProblem(error).message, tone: 'poor' });
    const move = async (o: Opportunity, stage: Stage, isUndo = false): Promise<void> => {
      await client.cancelQueries({ queryKey: [getBoard.id] });
      const before = client.getQueriesData({ queryKey: [getBoard.id] });
      client.setQueriesData({ queryKey: [getBoard.id] }, (data: unknown) => {
        const given = data as { items: Opportunity[] } | undefined;
        return given && 'items' in given
          ? {
              ...given,
              items: given.items.map((x) =>
                x.id === o.id ? { ...x, stageId: stage.id, stageName: stage.name, daysInStage: 0 } : x,
              ),
            }
          : data;
      });
      try {
        const moved = await call(updateOpportunity, { params: { id: o.id }, body: { stageId: stage.id } });
        if (!isUndo) {
          const was = { id: o.stageId, name: o.stageName } as Stage;
          const kept = moved.categoryByHand ? ` Its category stays as a person set it.` : '';
          toast.show({
            title: `Moved to ${stage.name}`,
            text: `${o.name}.${kept}`,
            action: {
              label: 'Undo',
              onAction: () => void move({ ...o, stageId: stage.id, stageName: stage.name }, was, true),
            },
          });
        }
      } catch (error) {
        for (const [key, data] of before) client.setQueryData(key, data);
        refused('Not moved', error);
      }
      await again();
    };
    return {
      move,
      async reopen(o: Opportunity) {
        try {
          await call(reopenOpportunity, { params: { id: o.id } });
          toast.show({
            title: `${o.name} is open again`,
            text: 'Contract lines that it became stay as they are.',
            tone: 'good',
          });
        } catch (error) {
          refused('Not reopened', error);
        }
        await again();
      },
      async archive(o: Opportunity) {
        try {
          await call(archiveOpportunity, { params: { id: o.id } });
          toast.show({
            title: `${o.name} is put away`,
            text: 'It counts nowhere now.',
            action: {
              label: 'Undo',
              onAction: () => void call(restoreOpportunity, { params: { id: o.id } }).then(again),
            },
          });
        } catch (error) {
          refused('Not put away', error);
        }
        await again();
      },
    };
  }, [client]);
}
