// The download of exactly the opportunities that a list shows.

export function exportOpportunities(format: 'csv' | 'xlsx', filter: object, sort: string): void {
  const query = new URLSearchParams({ format, sort });
  for (const [key, value] of Object.entries(filter) as [string, unknown][])
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(key, String(one));
  const link = document.createElement('a');
  link.href = `/api/v1/exports/opportunities?${query}`;
  link.download = '';
  link.click();
}
