import type { Sheet, Topic } from '../bank/model.ts'
import type { TopicEntry } from '../bank/parts.ts'
import type { Problem } from '../bank/problem.ts'
import type { Inline } from '../bank/prose.ts'
import type { Summary } from '../session/session.ts'
import type { Doc, DocBlock } from './doc.ts'
import { count, percent } from './numbers.ts'

/** The topics there are, with what each is for, in an order in which to learn. */
export function topicsDoc(topics: readonly TopicEntry[]): Doc {
  const sum = (count: (it: TopicEntry) => number) => topics.reduce((all, it) => all + count(it), 0)
  return [
    {
      type: 'heading',
      level: 1,
      text: 'Topics',
      note: `${count(topics.length, 'topic')}, ${count(
        sum(it => it.concepts),
        'concept',
      )}, ${count(
        sum(it => it.questions),
        'question',
      )}`,
    },
    {
      type: 'list',
      ordered: true,
      items: topics.map(it => [
        {
          type: 'paragraph',
          text: [
            { strong: it.id },
            `: ${it.title}, `,
            {
              role: 'muted',
              text: `${count(it.concepts, 'concept')}, ${count(it.questions, 'question')}`,
            },
            '\n',
            it.summary,
          ],
        },
      ]),
    },
  ]
}

/** A cheat sheet: the tables of a topic. */
export function sheetDoc(topic: Pick<Topic, 'title'>, sheets: readonly Sheet[]): Doc {
  return [
    { type: 'heading', level: 1, text: topic.title },
    ...sheets.flatMap((it): DocBlock[] => [
      { type: 'heading', level: 2, text: it.title },
      { type: 'table', columns: it.columns, rows: it.rows },
    ]),
  ]
}

/** Something that was found. */
export interface Found {
  readonly ref: string
  readonly title: string
  readonly gist: string
}

/** What fits a query, best first. */
export function foundDoc(found: readonly Found[], heading: string): Doc {
  return [
    { type: 'heading', level: 1, text: heading },
    {
      type: 'list',
      ordered: false,
      items: found.map(it => [
        {
          type: 'paragraph',
          text: [
            { strong: clipped(it.title) },
            ' ',
            { role: 'muted', text: it.ref },
            ...(it.gist === '' ? [] : ['\n', it.gist]),
          ],
        },
      ]),
    },
  ]
}

/** A prompt can be long; its beginning is enough to know it by. */
function clipped(title: string): string {
  return title.length > 90 ? `${title.slice(0, 89).trimEnd()}…` : title
}

/** How a sitting went, by topic, and what to read next. `next` are concepts behind the questions that were missed. */
export function summaryDoc(
  { asked, score, topics }: Summary,
  title: (topic: string) => string,
  next: readonly Found[],
): Doc {
  if (asked === 0)
    return [{ type: 'callout', tone: 'note', title: 'Nothing was answered.', blocks: [] }]
  return [
    {
      type: 'heading',
      level: 1,
      text: 'How it went',
      note: `${count(asked, 'question')}, ${percent(score)}`,
    },
    {
      type: 'bars',
      rows: topics.map(it => ({
        label: title(it.topic),
        value: it.score,
        note: `${percent(it.score)}, ${count(it.asked, 'question')}`,
      })),
    },
    ...(next.length === 0
      ? [{ type: 'paragraph' as const, text: 'Everything was right at the first go.' }]
      : [
          {
            type: 'section' as const,
            title: 'Read next',
            blocks: [
              {
                type: 'list' as const,
                ordered: false,
                items: next.map(it => [
                  {
                    type: 'paragraph' as const,
                    text: [
                      { role: 'accent', text: `quiz explain ${it.ref}` },
                      '\n',
                      it.gist,
                    ] as Inline,
                  },
                ]),
              },
            ],
          },
        ]),
  ]
}

/** `file:line:col rule message`, and the remedy below it. */
export function problemLines(problems: readonly Problem[]): string {
  return problems
    .map(({ file, line, column, rule, message, remedy }) => {
      const place = `${file}:${line}:${column} ${rule} ${message}`
      return remedy === undefined ? `${place}\n` : `${place}\n    ${remedy}\n`
    })
    .join('')
}
