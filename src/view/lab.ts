import type { Citation } from '../bank/model.ts'
import { type Inline, spans } from '../bank/prose.ts'
import { steps } from '../labs/computed.ts'
import type { Lab, Run } from '../labs/lab.ts'
import { said } from '../labs/said.ts'
import { commandOf } from '../labs/typed.ts'
import type { Asked } from '../labs/way.ts'
import { sources } from './concept.ts'
import type { Doc, DocBlock } from './doc.ts'
import { count } from './numbers.ts'

/** The labs of a topic. */
export interface TopicLabs {
  readonly title: string
  readonly labs: readonly Pick<Lab, 'id' | 'summary'>[]
}

/** The topic of a lab is that of its main concept. */
export const topicOf = ({ concepts: [main] }: Pick<Lab, 'concepts'>): string =>
  main.slice(0, main.indexOf('/'))

/** All labs, by topic. */
export function labsDoc(topics: readonly TopicLabs[]): Doc {
  const all = topics.reduce((sum, it) => sum + it.labs.length, 0)
  return [
    { type: 'heading', level: 1, text: 'Labs', note: count(all, 'simulation') },
    ...topics.map(
      ({ title, labs }): DocBlock => ({
        type: 'section',
        title,
        blocks: [
          {
            type: 'list',
            ordered: false,
            items: labs.map(it => [
              { type: 'paragraph', text: [{ strong: it.id }, `: ${it.summary}`] },
            ]),
          },
        ],
      }),
    ),
    muted([
      { code: 'quiz lab NAME' },
      ' runs one; ',
      { code: 'quiz lab NAME --help' },
      ' tells what it takes.',
    ]),
  ]
}

/** A lab that was run. */
export interface LabRun {
  readonly lab: Lab
  readonly run: Run
  readonly sources: readonly Citation[]
  /** The question that was computed with it. */
  readonly asked?: Asked
}

/** What happened, step by step and as a picture, and what each misconception would have said. */
export function labDoc({ lab, run, sources: cited, asked }: LabRun): Doc {
  const command = commandOf(lab, run.values)
  return [
    { type: 'heading', level: 1, text: lab.title, note: lab.concepts[0] },
    { type: 'paragraph', text: said(lab.rule) },
    { type: 'code', text: `$ ${command}` },
    ...(asked === undefined ? [] : [section('Asked', question(asked))]),
    ...(run.trace.rows.length === 0 ? [] : [steps(run.trace, MOST_STEPS)]),
    { type: 'code', text: run.picture },
    { type: 'callout', tone: 'good', title: [{ strong: said(`${run.result}.`) }], blocks: [] },
    section('What others would say', believed(lab, run)),
    ...sources(cited),
    muted([
      { code: `quiz lab ${lab.id} --seed 1` },
      ' draws other numbers; with ',
      { code: '--ask' },
      ' it asks. ',
      { code: `quiz explain ${lab.concepts[0]}` },
      ' tells the rest.',
    ]),
  ]
}

/** Nobody reads more steps than these. */
const MOST_STEPS = 40

/** What each misconception makes of it; of those that come to the same no more than their names. */
function believed(lab: Lab, { result, supposed }: Run): Doc {
  const known = (it: Run['supposed'][number]) => lab.misconceptions[it.misconception]!
  const differing = supposed.filter(it => it.result !== result)
  const alike = supposed.filter(it => it.result === result)
  const items = differing.map((it): Inline => {
    const { belief, because, fact } = known(it)
    return [
      'If you ',
      ...spans(said(belief)),
      ': ',
      { strong: said(`${it.result}.`) },
      '\n',
      ...spans(said(`${because} ${fact}`)),
    ]
  })
  const same = alike.flatMap(it => ['; if you ', ...spans(said(known(it).belief))]).slice(1)
  if (same.length > 0) items.push(['The same if you ', ...same, '.'])
  return [{ type: 'list', ordered: false, items: items.map(text => [{ type: 'paragraph', text }]) }]
}

/** A question with its answers: the right one, and why the others are wrong. */
function question(asked: Asked): Doc {
  return [...asked.prompt, ...answers(asked), ...asked.explanation]
}

function answers(asked: Asked): Doc {
  const list = (
    items: readonly { text: Inline; why: Inline; right?: boolean | undefined }[],
  ): Doc => [
    {
      type: 'choices',
      items: items.map((it, index) => ({
        key: String(index + 1),
        text: [{ strong: it.text }, '\n', ...spans(it.why)],
        state: it.right ? 'right' : 'wrong',
      })),
    },
  ]
  const wrong = (near: readonly { text: Inline; why: Inline }[] | undefined) =>
    (near ?? []).map(it => ({ ...it, right: false }))
  switch (asked.kind) {
    case 'choice':
      return list(asked.choices)
    case 'number': {
      const { answer, unit, near = [] } = asked
      const shown = (value: number) => (unit === undefined ? String(value) : `${value} ${unit}`)
      return list([
        { text: shown(answer), why: '', right: true },
        ...wrong(near.map(it => ({ text: shown(it.value), why: it.why }))),
      ])
    }
    case 'text':
      return list([{ text: asked.accept[0]!, why: '', right: true }, ...wrong(asked.near)])
    case 'order':
      return [
        {
          type: 'list',
          ordered: true,
          items: asked.items.map(it => [
            { type: 'paragraph', text: [{ strong: it.text }, '\n', ...spans(it.why)] },
          ]),
        },
      ]
    case 'match':
      return [
        {
          type: 'list',
          ordered: false,
          items: asked.pairs.map(it => [
            {
              type: 'paragraph',
              text: [{ strong: it.left }, ' – ', ...spans(it.right), '\n', ...spans(it.why)],
            },
          ]),
        },
      ]
  }
}

const section = (title: string, blocks: Doc): DocBlock => ({ type: 'section', title, blocks })

const muted = (text: Exclude<Inline, string>): DocBlock => ({
  type: 'paragraph',
  text: [{ role: 'muted', text }],
})
