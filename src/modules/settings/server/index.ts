// DOOR 2 of the settings room.
import type { FieldError } from '../../../kernel/contract/problem.ts';
import type { Tx } from '../../../kernel/server/database.ts';
import type { ServerModule } from '../../../kernel/server/module.ts';
import type { Preferences } from '../api.ts';
import { permissions } from './policy.ts';
import { ratesImporter } from './rates-importer.ts';
import { routes } from './routes.ts';
import { preferencesOf } from './rules/preferences.ts';
import { type CustomField, customProblems } from './rules.ts';
import { fields, workspace } from './store.ts';

declare module '../../../kernel/server/module.ts' {
  interface Contributions {
    /** What rows of this room are called, for logs; only rows that the transaction may see. */
    names?: (tx: Tx, ids: readonly string[]) => Promise<{ id: string; name: string }[]>;
  }
}

export const settings: ServerModule = {
  name: 'settings',
  routes,
  permissions,
  contributes: { importers: [ratesImporter] },
};

/** What the workspace chose, defaults where it chose nothing. */
export async function preferences(tx: Tx): Promise<Preferences> {
  return preferencesOf((await workspace(tx))?.preferences);
}

/** The currency that amounts without one are in. */
export async function workspaceCurrency(tx: Tx): Promise<string> {
  return (await workspace(tx))?.currency ?? 'EUR';
}

/** The custom fields of an entity that are in use, in their order. */
export async function customFields(tx: Tx, entity: CustomField['entity']): Promise<CustomField[]> {
  const rows = await fields(tx, { entity, archived: false });
  return rows.map((r) => ({
    id: r.id,
    entity: r.entity,
    key: r.key,
    label: r.label,
    type: r.type,
    choices: r.choices,
  }));
}

/** Problems of custom values as field errors; empty where all is well. */
export async function checkCustom(
  tx: Tx,
  entity: CustomField['entity'],
  values: Record<string, unknown> | undefined,
): Promise<FieldError[]> {
  if (!values || Object.keys(values).length === 0) return [];
  return customProblems(await customFields(tx, entity), values);
}

export { namesOf } from './audit.ts';
export { provide as provideFields, roomFor as roomForFields, withdraw as withdrawFields } from './fields.ts';
export { customCondition } from './fields-store.ts';
export { convertOn, importRateFile, ratesOn, type Total, totaller, totalOf } from './rates.ts';
export { DEFAULT_PREFERENCES, validZone } from './rules/preferences.ts';
export { type CustomField, convert, crossRate, minorDigits } from './rules.ts';
