import type { Doc } from '../../src/view/doc.ts'

/** A little of everything that a view may show, in the words of the field. */
export const sample: Doc = [
  {
    type: 'progress',
    left: [
      { role: 'accent', text: 'Caching' },
      { role: 'muted', text: ' · recall' },
    ],
    right: 'Question 3 of 10',
    done: 2,
    total: 10,
  },
  {
    type: 'paragraph',
    text: [
      'A response carries ',
      { code: 'Cache-Control: no-cache' },
      '. What may a shared cache do with it — and what must it do first?',
    ],
  },
  {
    type: 'choices',
    items: [
      { key: 'a', text: 'Nothing: it must not be stored at all', state: 'wrong' },
      {
        key: 'b',
        text: [
          'Store it, but ask the origin before ',
          { em: 'every' },
          ' reuse, with a conditional request such as ',
          { code: 'If-None-Match' },
        ],
        state: 'missed',
      },
      { key: 'c', text: 'Reuse it for ≤ 60 seconds' },
      { key: 'd', text: [{ code: 'Vary' }, ' decides'], state: 'right' },
    ],
  },
  {
    type: 'callout',
    tone: 'bad',
    title: 'Not quite: half a point',
    blocks: [
      {
        type: 'paragraph',
        text: [
          'That is ',
          { code: 'no-store' },
          '. The names are “close enough” to mislead nearly everybody who has not yet been bitten by the difference.',
        ],
      },
      {
        type: 'list',
        ordered: false,
        items: [
          [{ type: 'paragraph', text: [{ code: 'no-store' }, ' → keep nothing'] }],
          [{ type: 'paragraph', text: [{ code: 'no-cache' }, ' → keep it, ask first'] }],
        ],
      },
    ],
  },
  { type: 'callout', tone: 'good', title: 'Right', blocks: [] },
  {
    type: 'callout',
    tone: 'partial',
    title: 'Partly right: 1 of 2',
    blocks: [{ type: 'paragraph', text: 'Heuristic freshness was forgotten.' }],
  },
  {
    type: 'callout',
    tone: 'note',
    title: 'Note',
    blocks: [{ type: 'paragraph', text: 'You have seen this one before, 12 days ago.' }],
  },
  { type: 'rule' },
  { type: 'heading', level: 1, text: 'no-cache', note: 'caching/no-cache' },
  {
    type: 'paragraph',
    text: [
      { strong: 'Store it, but ask the origin before every reuse.' },
      ' A cache that holds a stale or ',
      { code: 'no-cache' },
      ' response sends a conditional request; a ',
      { code: '304 Not Modified' },
      ' costs a round trip of ~5 ms but no body (see ',
      { link: 'RFC 9111 §5.2.2.4', url: 'https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.4' },
      ').',
    ],
  },
  {
    type: 'section',
    title: 'Say',
    blocks: [
      {
        type: 'list',
        ordered: true,
        items: [
          [
            {
              type: 'paragraph',
              text: 'It is about reuse, not about storage; that is the sentence an interviewer listens for.',
            },
          ],
          [
            { type: 'paragraph', text: 'Revalidation needs a validator:' },
            {
              type: 'list',
              ordered: false,
              items: [
                [{ type: 'paragraph', text: [{ code: 'ETag' }, ', strong or weak'] }],
                [{ type: 'paragraph', text: [{ code: 'Last-Modified' }, ', to the second'] }],
              ],
            },
          ],
        ],
      },
    ],
  },
  {
    type: 'section',
    title: 'Avoid',
    blocks: [
      {
        type: 'paragraph',
        text: [{ role: 'bad', text: '“It means nothing is stored.”' }, ' That is no-store.'],
      },
      {
        type: 'quote',
        blocks: [
          {
            type: 'paragraph',
            text: 'There are only two hard things in Computer Science: cache invalidation and naming things.',
          },
        ],
      },
    ],
  },
  { type: 'heading', level: 2, text: 'On the wire' },
  {
    type: 'code',
    lang: 'http',
    text: 'GET /articles/42 HTTP/1.1\nIf-None-Match: "33a64df5"\n\nHTTP/1.1 304 Not Modified\nCache-Control: no-cache, max-age=0, stale-while-revalidate=86400, stale-if-error=259200\n',
  },
  { type: 'heading', level: 2, text: 'Response directives' },
  {
    type: 'table',
    columns: ['Directive', 'Meaning', 'Use it when', 'Section'],
    rows: [
      [
        [{ code: 'no-cache' }],
        'Store it, but ask the origin before every reuse',
        'the answer may change at any moment and stale is worse than slow',
        '5.2.2.4',
      ],
      [
        [{ code: 'no-store' }],
        'Keep no copy, neither on disk nor in memory',
        'it holds secrets',
        '5.2.2.5',
      ],
      [
        [{ code: 's-maxage=N' }],
        'Fresh for N seconds in shared caches; overrides max-age there',
        'a CDN may be laxer than a browser, because you can purge it',
        '5.2.2.10',
      ],
    ],
  },
  { type: 'heading', level: 3, text: 'Typical latencies' },
  {
    type: 'table',
    columns: ['Store', 'p50 ms', 'p99 ms'],
    rows: [
      ['in process', '0.01', '0.1'],
      ['Redis, same zone', '0.5', '2'],
      ['Postgres, warm', '2', '25'],
    ],
  },
  { type: 'heading', level: 2, text: 'Where you stand', note: '47 questions' },
  {
    type: 'bars',
    rows: [
      { label: 'Caching', value: 0.83, note: '83 % of 12' },
      { label: 'Rate limiting', value: 0.4, note: '40 % of 10' },
      { label: 'Consistency and consensus', value: 0.004, note: '0 % of 25' },
      { label: 'Idempotency', value: 1, note: '100 % of 3' },
    ],
  },
  { type: 'heading', level: 2, text: 'What you know of it' },
  {
    type: 'bars',
    rows: [
      { label: 'Caching', value: 0.43, reach: 0.55, note: '43 %, 52/95' },
      { label: 'Rate limiting', value: 0.002, reach: 0.003, note: '0 %, 1/30' },
      { label: 'CAP', value: 0.97, reach: 1, note: '97 %, 88/88' },
    ],
    legend: { value: 'known today', reach: 'met, but not known', rest: 'never met' },
  },
  { type: 'heading', level: 2, text: 'Answers by day' },
  {
    type: 'calendar',
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    weeks: Array.from({ length: 20 }, (_, week) => ({
      month: ['Oct', 'Nov', 'Dec'][Math.floor(week / 4.4) % 3]!,
      note: week % 2 === 0 ? '' : `Week ${week}: ${week} answers on 3 days`,
      days: Array.from({ length: 7 }, (_, day) => {
        const amount = (week % 2) * ((week * day) % 9)
        const level = Math.ceil(amount / 2) as 0 | 1 | 2 | 3 | 4
        return week === 19 && day > 4
          ? undefined
          : { level, amount, note: `Day ${day} of week ${week}: ${amount} answers` }
      }),
    })),
    levels: ['none', '1–2', '3–4', '5–6', '7 or more'],
  },
  {
    type: 'section',
    title: 'Sources',
    blocks: [
      {
        type: 'list',
        ordered: false,
        items: [
          [
            {
              type: 'paragraph',
              text: [
                {
                  link: 'RFC 9111: HTTP Caching, section 5.2.2.4',
                  url: 'https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.4',
                },
              ],
            },
          ],
          [
            {
              type: 'paragraph',
              text: [
                {
                  link: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Caching',
                  url: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Caching',
                },
              ],
            },
          ],
        ],
      },
    ],
  },
]
