// What winning an opportunity would make, asked without doing it.
import { useQuery } from '@tanstack/react-query';
import type { Problem } from '../../../kernel/contract/problem.ts';
import type { AnswerOf } from '../../../kernel/contract/route.ts';
import { call } from '../../../kernel/web/call.ts';
import { winOpportunity } from '../api-closing.ts';

export const usePreview = (id: string) =>
  useQuery<AnswerOf<typeof winOpportunity>, Problem>({
    // Not refreshed with the rest of the pipeline: once it is won there is nothing to preview.
    queryKey: ['winning', id],
    queryFn: () => call(winOpportunity, { params: { id }, body: {} }),
    staleTime: 0,
    gcTime: 0,
  });
