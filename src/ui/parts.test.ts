// The pure parts of components: columns, groups and sorting of grids, ranking, trees, charts, files, passwords.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initials } from './Avatar.tsx';
import { toCsv } from './chartFiles.ts';
import { fold, rank } from './fuzzy.ts';
import { toggled } from './gridParts.ts';
import { compareValues, flattenRows, type GridColumn, nextSort, orderColumns, visibleColumns } from './gridTypes.ts';
import { groupOptions } from './options.ts';
import { passwordStrength } from './passwordStrength.ts';
import { moved } from './SortableList.tsx';
import { sparkPath } from './sparkPath.ts';
import { isWithin, placesOf } from './treePlaces.ts';
import { waterfallBars } from './waterfall.ts';

const column = (id: string, more: Partial<GridColumn<object>> = {}): GridColumn<object> => ({
  id,
  header: id,
  cell: () => id,
  ...more,
});
const ids = (columns: readonly { id: string }[]) => columns.map((one) => one.id).join(' ');

describe('Columns of a grid', () => {
  const columns = [column('name'), column('a'), column('b', { isHidden: true }), column('c', { canHide: false })];
  it('hide what starts hidden until someone chooses', () => {
    expect(ids(visibleColumns(columns, undefined))).toBe('name a c');
  });
  it('follow a stored order; the first column stays first and a needed one stays shown', () => {
    expect(ids(visibleColumns(columns, { order: ['c', 'b', 'a'], hidden: ['c', 'a', 'name'], widths: {} }))).toBe(
      'name c b',
    );
  });
  it('a column that came later stands behind its neighbour, and a stored one that is gone is forgotten', () => {
    expect(ids(orderColumns([column('a'), column('new'), column('b')], ['b', 'gone', 'a']))).toBe('b a new');
  });
});

describe('Sorting in a grid', () => {
  const collator = new Intl.Collator('en', { numeric: true });
  it('a click sorts up, the next down, the third not at all', () => {
    const up = nextSort(null, 'a');
    const down = nextSort(up, 'a');
    expect([up, down, nextSort(down, 'a')]).toEqual([
      { column: 'a', direction: 'asc' },
      { column: 'a', direction: 'desc' },
      null,
    ]);
  });
  it('keeps empty values last in both directions and numbers inside texts in order', () => {
    const sorted = (direction: 'asc' | 'desc') =>
      ['row 10', null, 'row 9', ''].sort((a, b) => compareValues(a, b, direction, collator));
    expect(sorted('asc').slice(0, 2)).toEqual(['row 9', 'row 10']);
    expect(sorted('desc').slice(0, 2)).toEqual(['row 10', 'row 9']);
  });
});

describe('Rows of a grid', () => {
  const rows = [
    { id: '1', owner: 'a' },
    { id: '2', owner: 'a' },
    { id: '3', owner: 'b' },
  ];
  const groupBy = (row: { owner: string }) => ({ key: row.owner, label: row.owner });
  it('stand under the head of their group, with a count; a closed group keeps its head', () => {
    const items = flattenRows(rows, (row) => row.id, groupBy, new Set(['a']));
    expect(items.map((item) => item.key)).toEqual(['group:a', 'group:b', '3']);
    expect(items[0]).toMatchObject({ count: 2, isOpen: false });
  });
  it('of one group stand together under one head, however the rows are sorted', () => {
    const mixed = [rows[2]!, rows[0]!, { id: '4', owner: 'b' }, rows[1]!];
    const items = flattenRows(mixed, (row) => row.id, groupBy, new Set());
    expect(items.map((item) => item.key)).toEqual(['group:b', '3', '4', 'group:a', '1', '2']);
  });
  it('a click with Shift selects everything between, heads left out', () => {
    const items = flattenRows(rows, (row) => row.id, groupBy, new Set());
    expect([...toggled(new Set(), items, 4, 1)]).toEqual(['1', '2', '3']);
    expect([...toggled(new Set(['1', '2', '3']), items, 2, null)]).toEqual(['1', '3']);
    expect([...toggled(new Set(['1']), items, 0, null)]).toEqual(['1']);
  });
});

describe('Finding by typing', () => {
  it('puts the beginning of a name before the middle, and finds without accents', () => {
    const names = ['Old Hamburg', 'Hamburg', 'Gdańsk', 'Shambles', 'Hamm'];
    expect(rank(names, 'ham', (name) => [name])).toEqual(['Hamburg', 'Hamm', 'Old Hamburg', 'Shambles']);
    expect(rank(names, 'gdansk', (name) => [name])).toEqual(['Gdańsk']);
    expect(fold('Straße Łódź')).toBe('strasse lodz');
  });
  it('takes whatever is typed as text, never as a pattern', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => rank(['a(b', '[c', text], text, (name) => [name])).not.toThrow();
      }),
    );
    expect(rank(['a.b', 'axb'], 'a.b', (name) => [name])).toEqual(['a.b']);
  });
});

describe('A tree', () => {
  const places = placesOf([
    { id: 'a', label: 'A', children: [{ id: 'b', label: 'B', children: [{ id: 'c', label: 'C' }] }] },
    { id: 'd', label: 'D' },
  ]);
  it('knows parent and place of every node', () => {
    expect(places.get('c')).toMatchObject({ parent: 'b', index: 0 });
    expect(places.get('d')).toMatchObject({ parent: null, index: 1 });
  });
  it('never lets a node move into itself or below itself', () => {
    expect([
      isWithin(places, 'c', 'a'),
      isWithin(places, 'a', 'a'),
      isWithin(places, 'd', 'a'),
      isWithin(places, null, 'a'),
    ]).toEqual([true, true, false, false]);
  });
});

describe('Charts', () => {
  it('a waterfall ends each change where the next begins, and totals stand on the ground', () => {
    const bars = waterfallBars([
      { label: 'start', kind: 'total', value: 100 },
      { label: 'won', kind: 'change', value: 30 },
      { label: 'lost', kind: 'change', value: -50 },
      { label: 'end', kind: 'total', value: 80 },
    ]);
    expect(bars).toEqual([
      { from: 0, to: 100 },
      { from: 100, to: 130 },
      { from: 130, to: 80 },
      { from: 0, to: 80 },
    ]);
  });
  it('a sparkline breaks at gaps, fills its height, and is level when nothing changes', () => {
    expect(sparkPath([0, 10, null, 5], 30, 10)).toBe('M0 10L10 0M30 5');
    expect(sparkPath([5, 5], 10, 10)).toBe('M0 5L10 5');
    expect(sparkPath([null], 10, 10)).toBe('');
  });
  it('a CSV keeps commas, quotes and lines, and disarms formulas', () => {
    expect(
      toCsv(
        ['Name', 'Amount'],
        [
          ['A, "B"\nC', 1.5],
          ['=1+1', null],
          ['-5', -5],
        ],
      ),
    ).toBe('Name,Amount\r\n"A, ""B""\nC",1.5\r\n\'=1+1,\r\n\'-5,-5');
  });
});

describe('Small judgements', () => {
  it('initials are the first letters of the first and last word', () => {
    expect(
      ['Ada Lovelace', 'Müller & Söhne GmbH', 'acme', 'Élodie de la Tour', '  ', '株式会社 日立'].map(initials),
    ).toEqual(['AL', 'MG', 'A', 'ÉT', '?', '株日']);
  });
  it('a password grows stronger with its length and never by holding a well-known word', () => {
    expect(passwordStrength('short').score).toBe(1);
    expect(passwordStrength('Password123!').score).toBe(1);
    expect(passwordStrength('seven green elephants').score).toBeGreaterThanOrEqual(3);
    expect(passwordStrength('aaaaaaaaaaaaaaaaaaaaaaaa').score).toBe(1);
  });
  it('a sorted list puts what is moved before or after the target, together and in order', () => {
    const ids = ['a', 'b', 'c', 'd'];
    expect(moved(ids, new Set(['c']), 'a', false)).toEqual(['c', 'a', 'b', 'd']);
    expect(moved(ids, new Set(['d', 'a']), 'b', true)).toEqual(['b', 'a', 'd', 'c']);
    expect(moved(ids, new Set(['b']), 'b', true)).toEqual(ids);
  });
  it('options of one group stand under one heading', () => {
    const groups = groupOptions([
      { value: 'a', label: 'A', group: 'One' },
      { value: 'b', label: 'B', group: 'One' },
      { value: 'c', label: 'C' },
    ]);
    expect(groups.map((group) => [group.group, group.options.length])).toEqual([
      ['One', 2],
      [null, 1],
    ]);
  });

  it('stand under each heading once, also when a search has mixed them', () => {
    const mixed = ['b', 'a', 'b'].map((group, at) => ({ value: String(at), label: group, group }));
    expect(groupOptions(mixed).map((one) => [one.group, one.options.map((o) => o.value).join('')])).toEqual([
      ['b', '02'],
      ['a', '1'],
    ]);
  });
});
