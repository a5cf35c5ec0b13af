// Nasty tables: quotes, sizes, headers and values.
import { csv, csvText, header, type NastyFile } from './kit.ts';

export function quotes(): NastyFile[] {
  const unclosed = { refused: ['unclosed_quote' as const] };
  return [
    csv('a quote that never closes', 'Account Name,City\nAcme,"Paris\nBeta,Rome\n', unclosed),
    csv('a quote that never closes in the first cell', '"Account Name,City\nAcme,Paris\n', unclosed),
    csv('a quote that never closes in the last cell', 'Account Name,City\nAcme,"', unclosed),
    csv(
      'a quote that never closes in a large file',
      `Account Name,City\n${'Acme,Paris\n'.repeat(1_000)}Beta,"Rome\n${'Acme,Paris\n'.repeat(1_000)}`,
      unclosed,
    ),
    csv('one quote', '"', unclosed),
    csv('three quotes', '"""', unclosed),
    csv('a cell of one quote', 'Account Name,City\nAcme,""""\nBeta,Rome\n', { rows: 2, firstRow: ['Acme', '"'] }),
    csv('inches', 'Account Name,City\n5" Pipes,Paris\n6" Pipes,Rome\n', { rows: 2, firstRow: ['5" Pipes', 'Paris'] }),
    csv('a name that begins in quotes', 'Account Name,City\n"Big" Joe Ltd,Paris\nAcme,Rome\n', {
      rows: 2,
      firstRow: ['"Big" Joe Ltd', 'Paris'],
    }),
    csv('quotes nobody doubled', 'Account Name,City\n"The "Big" Shop",Paris\nAcme,Rome\n', {
      rows: 2,
      firstRow: ['The "Big" Shop', 'Paris'],
    }),
    csv('blanks around quotes', 'Account Name, City\n "Acme" , "Paris, France" \nBeta,Rome\n', {
      rows: 2,
      firstRow: ['Acme', 'Paris, France'],
    }),
    csv('line ends within quotes', 'Account Name,City\n"Acme\r\nInc",Paris\n"Beta\nLtd",Rome\n', {
      rows: 2,
      firstRow: ['Acme\r\nInc', 'Paris'],
    }),
    csv('a header over several lines', '"Account\nName","City\n(HQ)"\nAcme,Paris\nBeta,Rome\n', {
      rows: 2,
      header: ['Account Name', 'City (HQ)'],
    }),
    csv('backslashes before quotes', 'Account Name,City\n"The \\"Big\\" Shop",Paris\nAcme,Rome\n', {
      rows: 2,
      firstRow: ['The "Big" Shop', 'Paris'],
    }),
    csv('a path with backslashes at the end', 'Account Name,City\n"C:\\",Paris\nAcme,Rome\n', {
      rows: 2,
      firstRow: ['C:\\', 'Paris'],
    }),
    csv('single quotes', "Account Name,City\n'Acme','Paris'\n'Beta','Rome'\n", { rows: 2 }),
    csv('typographic quotes', 'Account Name,City\n“Acme, Inc”,Paris\nBeta,Rome\n', 'any'),
  ];
}

export function sizes(): NastyFile[] {
  const wide = (n: number): string => {
    const names = Array.from({ length: n }, (_, i) => `Column no ${i}`).join(',');
    const values = Array.from({ length: n }, (_, i) => `v${i}`).join(',');
    return `Account Name,${names}\nAcme,${values}\nBeta,${values}\n`;
  };
  const lazily = (title: string, content: () => string, outcome: NastyFile['outcome']): NastyFile => ({
    title,
    fileName: 'list.csv',
    bytes: () => Buffer.from(content()),
    outcome,
  });
  return [
    lazily('a cell of 10 MB', () => `Account Name,Notes\nAcme,${'x'.repeat(10_000_000)}\n`, {
      refused: ['cell_too_large'],
    }),
    lazily('a quoted cell of 10 MB', () => `Account Name,Notes\nAcme,"${'x\n'.repeat(5_000_000)}"\n`, {
      refused: ['cell_too_large'],
    }),
    lazily('a header cell of 10 MB', () => `Account Name,${'x'.repeat(10_000_000)}\nAcme,1\n`, {
      refused: ['cell_too_large'],
    }),
    lazily('10 MB without a line end', () => 'x'.repeat(10_000_000), { refused: ['cell_too_large'] }),
    lazily('10 MB of delimiters', () => ','.repeat(10_000_000), { refused: ['too_many_columns'] }),
    lazily('10 MB of semicolons after a header', () => `Account Name;City\nAcme;Paris\n${';'.repeat(10_000_000)}`, {
      refused: ['too_many_columns'],
    }),
    lazily('10 MB of line ends', () => '\n'.repeat(10_000_000), { refused: ['empty_file'] }),
    lazily('10 MB of quotes', () => '"'.repeat(10_000_000), 'any'),
    lazily('a million blank lines before the header', () => `${'\n'.repeat(1_000_000)}${csvText()}`, {
      rows: 3,
      header,
    }),
    lazily('a cell of half a megabyte', () => `Account Name,Description\nAcme,${'x'.repeat(500_000)}\nBeta,y\n`, {
      rows: 2,
    }),
    lazily('500 columns', () => wide(499), { rows: 2 }),
    lazily('1,000 columns', () => wide(999), { rows: 2 }),
    lazily('1,001 columns', () => wide(1_000), { refused: ['too_many_columns'] }),
    lazily('5,000 columns', () => wide(5_000), { refused: ['too_many_columns'] }),
    lazily('30,000 columns', () => wide(30_000), { refused: ['too_many_columns'] }),
    lazily('many rows of little', () => `Account Name,City\n${'A,B\n'.repeat(60_000)}`, { rows: 60_000 }),
    csv('a header and nothing else', 'Account Name,City\n', {
      rows: 0,
      header: ['Account Name', 'City'],
      hasWarning: 'no row below it',
    }),
    csv('one row', 'Account Name,City\nAcme,Paris', { rows: 1 }),
    csv('one column', 'Account Name\nAcme\nBeta\n', { rows: 2, header: ['Account Name'] }),
  ];
}

export function headers(): NastyFile[] {
  const table = (lines: string[], outcome: NastyFile['outcome'], title: string): NastyFile =>
    csv(title, `${lines.join('\n')}\n`, outcome);
  return [
    table(
      ['Name,Name,Name', 'Acme,b,c', 'Beta,d,e'],
      { rows: 2, header: ['Name', 'Name (2)', 'Name (3)'] },
      'the same name three times',
    ),
    table(
      ['Name,name,NAME', 'Acme,b,c', 'Beta,d,e'],
      { rows: 2, header: ['Name', 'name (2)', 'NAME (3)'] },
      'names that differ by case only',
    ),
    table(
      ['Name,,City,', 'Acme,x,Paris,y', 'Beta,x,Rome,y'],
      { rows: 2, header: ['Name', 'Column 2', 'City', 'Column 4'] },
      'columns without a name',
    ),
    table([',,', 'Acme,Paris,5', 'Beta,Rome,6'], 'any', 'a blank header'),
    table(
      ['Customers 2026', '', 'Printed by Ann', 'Account Name,City,Employees', 'Acme,Paris,5', 'Beta,Rome,6'],
      { rows: 2, header },
      'title lines',
    ),
    table(
      ['Report,Accounts,', 'Date:,2026-01-05,', ',,', 'Account Name,City,Employees', 'Acme,Paris,5', 'Beta,Rome,6'],
      { rows: 2, header },
      'labelled title lines',
    ),
    table(
      ['Account,Address,', ',City,Country', 'Acme,Paris,France', 'Beta,Rome,Italy'],
      'any',
      'a header over two rows',
    ),
    table(['Account Name,City,Revenue', ',,EUR', 'Acme,Paris,5', 'Beta,Rome,6'], { rows: 2 }, 'a row of units'),
    table(
      ['Account Name,City,Employees', '---,---,---', 'Acme,Paris,5', 'Beta,Rome,6'],
      { rows: 2, header },
      'a ruled line below the header',
    ),
    table(
      ['Account Name,City,Employees', 'Acme,Paris,5', 'Account Name,City,Employees', 'Beta,Rome,6'],
      { rows: 2, header },
      'the header again in the middle',
    ),
    table(
      ['Account Name,City,Employees', 'Acme,Paris,5', 'Total,,5', '', 'Copyright (c) 2026'],
      { rows: 1, header },
      'a total and a remark below',
    ),
    table(['1,2,3', '4,5,6', '7,8,9'], 'any', 'numbers only'),
    table(['=HYPERLINK("http://x"),City', 'Acme,Paris', 'Beta,Rome'], 'any', 'a formula as a column name'),
    table(
      ['😀,‮City,\u200bEmployees', 'Acme,Paris,5', 'Beta,Rome,6'],
      { rows: 2 },
      'emoji, direction marks and invisible characters as names',
    ),
    table([`${'N'.repeat(50_000)},City`, 'Acme,Paris', 'Beta,Rome'], { rows: 2 }, 'a very long name'),
    table(
      ['__proto__,constructor,toString', 'a,b,c', 'd,e,f'],
      { rows: 2, header: ['__proto__', 'constructor', 'toString'] },
      'names that are words of the language',
    ),
    table(
      ['Account Name*,City *,"""Employees"""', 'Acme,Paris,5', 'Beta,Rome,6'],
      { rows: 2, header },
      'stars and quotes around names',
    ),
    table(['Account Name,City', 'Acme,Paris,extra', 'Beta', 'Gamma,Rome'], { rows: 3 }, 'ragged rows'),
    table(
      [
        'Account Name,City,Employees,Phone,Website',
        ...Array.from({ length: 50 }, (_, i) => `Acme ${i}${','.repeat(i % 8)}`),
      ],
      { rows: 50 },
      'rows of every length',
    ),
  ];
}

export function contents(): NastyFile[] {
  const cell = (title: string, content: string, shown: string = content): NastyFile =>
    csv(title, `Account Name,City\n"${content.replaceAll('"', '""')}",Paris\nBeta,Rome\n`, {
      rows: 2,
      firstRow: [shown, 'Paris'],
    });
  return [
    cell('a formula', '=1+1'),
    cell('a formula that starts a program', `=cmd|' /C calc'!A0`),
    cell('a formula behind an at sign', '@SUM(1+1)*cmd'),
    cell('a formula behind a tab', '\t=1+1'),
    cell('a formula of full width', '＝1+1'),
    cell('HTML', '<script>alert(1)</script>'),
    cell('SQL', "'; drop table account; --"),
    cell('a template', '#{7*7}{{7*7}}<%= 7*7 %>'),
    cell('a percent format', '%s%n%x'),
    cell('a right-to-left name', 'شركة أكمي'),
    cell('an override of direction', 'Acme \u202egnp.exe'),
    cell('combining marks', `Z${'\u0351'.repeat(300)}algo`),
    cell('emoji with joiners', '👨‍👩‍👧‍👦 Family Inc 🏴󠁧󠁢󠁥󠁮󠁧󠁿'),
    cell('characters outside the first plane', '𝒜𝒸𝓂ℯ 𠮷野家'),
    cell('a line separator', 'Acme\u2028Inc'),
    cell('control characters', 'Ac\u0001m\u0007e\u001b[31m'),
    cell('a byte order mark inside', 'Ac\ufeffme'),
    cell('a null character', 'Ac\0me', 'Acme'),
    csv('a file that ends with Ctrl-Z', `${csvText()}\x1a`, 'any'),
    csv(
      'null characters between cells',
      'Account Name,\0City\nAcme,\0Paris\nBeta,Rome\nGamma,Oslo\nDelta,Bonn\nEps,Kyiv\n',
      { rows: 5, header: ['Account Name', 'City'] },
    ),
    csv(
      'numbers beyond measure',
      `Account Name,Employees,Annual revenue\nAcme,${'9'.repeat(400)},${'9'.repeat(400)}\nBeta,1e308,1e-308\nGamma,Infinity,NaN\n`,
      { rows: 3 },
    ),
    csv(
      'dates that never were',
      'Account Name,Customer since\nAcme,31/02/2024\nBeta,00/00/0000\nGamma,99/99/9999\nDelta,29/02/2023\nEps,16/02/2024\n',
      { rows: 5 },
    ),
    csv(
      'dates far away',
      'Account Name,Customer since\nAcme,0001-01-01\nBeta,9999-12-31\nGamma,10000-01-01\nDelta,-0044-03-15\n',
      { rows: 4 },
    ),
    csv('nothing but words for nothing', 'Account Name,City,Employees\nN/A,NULL,-\n#N/A,none,n/a\n', { rows: 2 }),
    csv(
      'patterns that make regular expressions slow',
      `Account Name,Website,Email,Phone,Customer since,Annual revenue\n${['a'.repeat(60_000), `${'a.'.repeat(30_000)}!`, `${'a@'.repeat(30_000)}`, `${'1-'.repeat(30_000)}x`, `${'1/'.repeat(30_000)}`, `${"1'".repeat(30_000)}x`].join(',')}\n`,
      { rows: 1 },
    ),
    csv(
      'patterns of middling length',
      `Account Name,Website,Email,Phone,Customer since,Annual revenue\n${Array.from({ length: 200 }, (_, i) => ['a '.repeat(30), `${'a-'.repeat(36)}.`, `${'a.'.repeat(36)}@`, `${'1 '.repeat(18)}x`, `${'1 '.repeat(20)}a ${i}`, `${'1,'.repeat(28)}x`].join(',').replaceAll('1,', '1.')).join('\n')}\n`,
      { rows: 200 },
    ),
    csv('ids that lost their end', 'Customer ID,Customer Name\n1.23457E+12,Acme\n1.23457E+12,Beta\n', { rows: 2 }),
    csv('accounts that are their own parents', 'Id,Name,ParentId\n1,Acme,1\n2,Beta,3\n3,Gamma,2\n', { rows: 3 }),
  ];
}
