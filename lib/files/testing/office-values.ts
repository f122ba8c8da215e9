import { type OfficeFile, utf8 } from './office-file';

/** Codes, numbers and dates in tables. */
export const values: OfficeFile[] = [
  {
    what: 'ids of 18 digits',
    bytes: utf8('id\n208310224003697457\n12\n'),
    rows: [{ id: '208310224003697457' }, { id: '12' }],
  },
  {
    what: 'ids in quotes',
    bytes: utf8('id\n"208310224003697457"\n'),
    rows: [{ id: '208310224003697457' }],
  },
  {
    what: 'phone numbers with a plus',
    bytes: utf8('phone\n+15551230001\n'),
    rows: [{ phone: '+15551230001' }],
  },
  {
    what: 'a commit that looks like an exponent',
    bytes: utf8('commit\n713752e1\n'),
    rows: [{ commit: '713752e1' }],
  },
  {
    what: 'an exponent as Excel spoils ids',
    bytes: utf8('id;n\n2,0831E+17;1\n'),
    rows: [{ id: '2,0831E+17', n: 1 }],
  },
  {
    what: 'leading zeros',
    bytes: utf8('zip,n\n01067,1\n80331,2\n'),
    rows: [
      { zip: '01067', n: 1 },
      { zip: '80331', n: 2 },
    ],
  },
  {
    what: 'a code kept from Excel by ="…"',
    bytes: utf8('a,b\n="007",1\n'),
    rows: [{ a: '007', b: 1 }],
  },
  { what: 'versions', bytes: utf8('v\n1.9\n1.10\n'), rows: [{ v: '1.9' }, { v: '1.10' }] },
  {
    what: 'prices with two decimals',
    bytes: utf8('p\n31.40\n29.60\n7\n-0.50\n'),
    rows: [{ p: 31.4 }, { p: 29.6 }, { p: 7 }, { p: -0.5 }],
  },
  {
    what: 'whole numbers written with .0',
    bytes: utf8('n\n1.0\n2.25\n'),
    rows: [{ n: 1 }, { n: 2.25 }],
  },
  {
    what: 'words between numbers',
    bytes: utf8('n\n1\nn/a\n2\n'),
    rows: [{ n: 1 }, { n: 'n/a' }, { n: 2 }],
  },
  {
    what: 'more digits than a number keeps',
    bytes: utf8('n\n0.12345678901234567\n'),
    rows: [{ n: '0.12345678901234567' }],
  },
  {
    what: 'a point without digits around it',
    bytes: utf8('n,m\n5.,.5\n'),
    rows: [{ n: '5.', m: '.5' }],
  },
  {
    what: 'hex, infinity and not a number',
    bytes: utf8('a,b,c,d\n0x1F,Infinity,NaN,1_000\n'),
    rows: [{ a: '0x1F', b: 'Infinity', c: 'NaN', d: '1_000' }],
  },
  {
    what: 'German decimals stand as they are',
    bytes: utf8('Preis;Menge\n31,40;2\n1.234,50;3\n'),
    rows: [
      { Preis: '31,40', Menge: 2 },
      { Preis: '1.234,50', Menge: 3 },
    ],
  },
  {
    what: 'German decimals, as set',
    bytes: utf8('Preis;Menge\n31,40;2\n1.234,50;3\n'),
    settings: { numbers: 'comma' },
    rows: [
      { Preis: 31.4, Menge: 2 },
      { Preis: 1234.5, Menge: 3 },
    ],
  },
  {
    what: 'German thousands alone are nobody’s to guess',
    bytes: utf8('Menge;x\n1.234;a\n12.500;b\n'),
    rows: [
      { Menge: '1.234', x: 'a' },
      { Menge: '12.500', x: 'b' },
    ],
  },
  {
    what: 'French thousands with narrow blanks, as set',
    bytes: utf8('Prix;n\n1\u202f234,56;1\n'),
    settings: { numbers: 'comma' },
    rows: [{ Prix: 1234.56, n: 1 }],
  },
  {
    what: 'English thousands',
    bytes: utf8('n,m\n"1,234.50",1\n'),
    rows: [{ n: '1,234.50', m: 1 }],
  },
  {
    what: 'English thousands, as set',
    bytes: utf8('n,m\n"1,234.50",007\n'),
    settings: { numbers: 'point' },
    rows: [{ n: 1234.5, m: '007' }],
  },
  {
    what: 'everything as text, as set',
    bytes: utf8('n,m\n1,\n'),
    settings: { numbers: 'text' },
    rows: [{ n: '1', m: null }],
  },
  {
    what: 'dates, currency and percent stay as written',
    bytes: utf8('d;e;c;p\n03.04.2026;2026-04-03;$5.00;12,5 %\n'),
    rows: [{ d: '03.04.2026', e: '2026-04-03', c: '$5.00', p: '12,5 %' }],
  },
  {
    what: 'negative numbers, also of accountants',
    bytes: utf8('a,b\n-5,(5)\n'),
    rows: [{ a: -5, b: '(5)' }],
  },
];
