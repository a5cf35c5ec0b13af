// A cell as a form: what is typed, what changed of it, and how a value reads when two people changed the same cell.
import { formatMoney } from '../../../ui/format.ts';
import type { MoneyValue } from '../../../ui/index.ts';
import type { Cell, Confidence, Status } from '../api.ts';
import { CONFIDENCE_WORDS, STATUS_WORDS } from './words.ts';

export type CellForm = {
  status: Status;
  potential: MoneyValue | null;
  current: MoneyValue | null;
  competitor: { value: string; label: string } | null;
  incumbentEndsOn: string | null;
  fit: number | null;
  access: number | null;
  effort: number | null;
  confidence: Confidence | null;
  source: string;
  nextStep: string;
};
export const CELL_LABELS: Record<keyof CellForm, string> = {
  status: 'Status',
  potential: 'Potential',
  current: 'Current',
  competitor: 'Competitor',
  incumbentEndsOn: 'Their contract ends on',
  fit: 'Fit',
  access: 'Access',
  effort: 'Effort',
  confidence: 'Confidence',
  source: 'Source',
  nextStep: 'Next step',
};

export const cellForm = (c: Cell): CellForm => ({
  status: c.status,
  potential: c.potential,
  current: c.unitId ? c.current : null,
  competitor: c.competitorId ? { value: c.competitorId, label: c.competitorName ?? '' } : null,
  incumbentEndsOn: c.incumbentEndsOn,
  fit: c.fit,
  access: c.accessSaid,
  effort: c.effort,
  confidence: c.confidence,
  source: c.source,
  nextStep: c.nextStep,
});

/** What has to be sent so that `before` becomes `after`; null before: everything that is said. */
export function cellChange(before: CellForm | null, after: CellForm) {
  const differs = (k: keyof CellForm) => JSON.stringify(before ? before[k] : null) !== JSON.stringify(after[k]);
  return {
    ...(differs('status') ? { status: after.status } : {}),
    ...(differs('potential') ? { potential: after.potential } : {}),
    ...(differs('current') ? { current: after.current } : {}),
    ...(differs('competitor') ? { competitorId: after.competitor?.value ?? null } : {}),
    ...(differs('incumbentEndsOn') ? { incumbentEndsOn: after.incumbentEndsOn } : {}),
    ...(differs('fit') ? { fit: after.fit } : {}),
    ...(differs('access') ? { access: after.access } : {}),
    ...(differs('effort') ? { effort: after.effort } : {}),
    ...(differs('confidence') ? { confidence: after.confidence } : {}),
    ...(differs('source') ? { source: after.source } : {}),
    ...(differs('nextStep') ? { nextStep: after.nextStep } : {}),
  };
}

export function sayField(key: keyof CellForm, value: CellForm[keyof CellForm]): string {
  if (value === null || value === '') return 'Nothing';
  if (key === 'status') return STATUS_WORDS[value as Status];
  if (key === 'confidence') return CONFIDENCE_WORDS[value as Confidence];
  if (typeof value === 'object') return 'label' in value ? value.label : formatMoney(value, 'en', 'full');
  return key === 'fit' || key === 'access' ? `${value} %` : String(value);
}
