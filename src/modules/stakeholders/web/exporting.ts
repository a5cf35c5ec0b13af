// The download of exactly the people that a list shows.

export type PeopleFilter = Record<string, string | number | boolean | string[] | undefined>;

export function exportPeople(format: 'csv' | 'xlsx', filter: PeopleFilter, sort = 'name'): void {
  const query = new URLSearchParams({ format, sort });
  for (const [key, value] of Object.entries(filter))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(key, String(one));
  const link = document.createElement('a');
  link.href = `/api/v1/exports/people?${query}`;
  link.download = '';
  link.click();
}
