// The sample portfolio under Settings: bring it in to look around, take it away in one step.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCall, useVerb } from '../../../kernel/web/queries.ts';
import { asProblem } from '../../../kernel/web/submit.ts';
import { Button, Card, ConfirmDialog, ErrorState, Skeleton, toast } from '../../../ui/index.ts';
import { addSample, removeSample, sampleState } from '../api.ts';

export default function SampleData() {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const found = useCall(sampleState, {});
  // It touches nearly every room, so everything on the screen is asked again.
  const onDone = () => void client.invalidateQueries();
  const add = useVerb(addSample, { onDone });
  const remove = useVerb(removeSample, { onDone });

  const bring = async () => {
    try {
      await add.mutateAsync({});
      toast.show({ title: 'The sample portfolio is here', tone: 'good' });
    } catch (error) {
      toast.show({ title: 'It was not brought in', text: asProblem(error).message, tone: 'poor' });
    }
  };
  const state = found.data;
  return (
    <Card
      title="Sample portfolio"
      subtitle="Twelve key accounts of an invented company, to look around and to practise."
    >
      {found.error ? (
        <ErrorState size="sm" text={found.error.message} onRetry={() => void found.refetch()} />
      ) : state ? (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
          <p className="text-base text-muted">
            {state.present
              ? `It is here: ${state.accounts} accounts and ${state.people} people among your own.`
              : 'It is not here. Your own data stays untouched beside it.'}
          </p>
          {state.present ? (
            <Button onPress={() => setAsking(true)}>Remove the sample</Button>
          ) : (
            <Button isLoading={add.isPending} onPress={() => void bring()}>
              Bring in the sample
            </Button>
          )}
        </div>
      ) : (
        <Skeleton className="h-5 w-64" />
      )}
      {isAsking && state && (
        <ConfirmDialog
          isOpen
          onOpenChange={setAsking}
          title="Remove the sample portfolio?"
          text={`Its ${state.accounts} accounts and ${state.people} people go, with everything that was written at them. Your own accounts stay. You can bring the sample in anew, as it was at first.`}
          confirmLabel="Remove the sample"
          onConfirm={async () => {
            await remove.mutateAsync({});
            toast.show({ title: 'The sample portfolio is gone' });
          }}
        />
      )}
    </Card>
  );
}
