// Before a model is chosen: the suggested one, said as such, to take over with one press.
import { useVerb } from '../../../kernel/web/queries.ts';
import { Banner, Button, toast } from '../../../ui/index.ts';
import { setModel } from '../api.ts';
import type { Model } from './words.ts';

export function FirstModel({ model }: { model: Model }) {
  // Said before the answers are asked again: this banner is gone by then.
  const save = useVerb(setModel, {
    refreshes: ['selection.'],
    onDone: () => toast.show({ title: 'This model is in use now', tone: 'good' }),
  });
  return (
    <Banner
      tone="info"
      className="mb-4"
      title="This is a suggestion"
      actions={
        model.can.change && (
          <>
            <Button
              variant="primary"
              size="sm"
              isLoading={save.isPending}
              onPress={() =>
                save.mutate(
                  { body: { number: 0, criteria: model.criteria, note: 'The suggested model' } },
                  { onError: (error) => toast.show({ title: 'Not saved', text: error.message, tone: 'poor' }) },
                )
              }
            >
              Use this model
            </Button>
            <Button size="sm" href="/selection?tab=model">
              Choose criteria
            </Button>
          </>
        )
      }
    >
      {model.can.change
        ? `No criteria have been chosen yet. Below is how accounts would rank by ${model.criteria.length} usual ones.`
        : 'No criteria have been chosen yet. Your head of key accounts does that; until then this is how usual ones would rank.'}
    </Banner>
  );
}
