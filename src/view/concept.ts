import type { Bank } from '../bank/bank.ts'
import type { Citation, Concept, ConceptLab, Example, Topic } from '../bank/model.ts'
import { type Inline, type Span, spans } from '../bank/prose.ts'
import type { Doc, DocBlock } from './doc.ts'
import { count } from './numbers.ts'

/** A concept with the ones it refers to, as far as they exist. */
export interface Explained {
  readonly concept: Concept
  readonly topicTitle: string
  readonly confusedWith: readonly Concept[]
  readonly needs: readonly Concept[]
  readonly seeAlso: readonly Concept[]
}

/** A concept with what it refers to, looked up in the bank. */
export function explained(bank: Bank, concept: Concept): Explained {
  const each = (ids: readonly string[] = []) => ids.flatMap(it => bank.concept(it) ?? [])
  return {
    concept,
    topicTitle: bank.topics().find(it => it.id === concept.topic)?.title ?? concept.topic,
    confusedWith: each(concept.confusedWith),
    needs: each(concept.needs),
    seeAlso: each(concept.seeAlso),
  }
}

/** All that there is to say about a concept, what matters most first. */
export function conceptDoc({ concept, topicTitle, confusedWith, needs, seeAlso }: Explained): Doc {
  const { say = [], avoid = [], tradeoffs = [], labs = [], asOf } = concept
  return [
    { type: 'heading', level: 1, text: concept.title, note: topicTitle },
    { type: 'paragraph', text: [{ strong: concept.gist }] },
    ...concept.explanation,
    ...section('Say', points(say)),
    ...section('Avoid', claims(avoid)),
    ...section(
      'Trade-offs',
      points(tradeoffs.map(it => [{ strong: it.choose }, ' when ', ...uncapped(it.when)])),
    ),
    ...examples(concept.example),
    ...section('Try it', tries(labs)),
    ...section('Not to be confused with', points(confusedWith.map(named))),
    ...section('Learn first', points(needs.map(named))),
    ...section(
      'See also',
      points(seeAlso.filter(it => !confusedWith.includes(it) && !needs.includes(it)).map(named)),
    ),
    ...sources(concept.sources, asOf),
  ]
}

/** A small run of a simulation about a concept, and what else there is to run. */
function tries(labs: readonly ConceptLab[]): Doc {
  const run = labs.find(it => it.run !== undefined)?.run ?? []
  const others = labs.filter(it => it.run === undefined)
  return [
    ...run,
    ...(others.length === 0
      ? []
      : points(others.map(it => [{ code: `quiz lab ${it.id}` }, `: ${it.title}`]))),
  ]
}

/** A topic told from the groundwork up: each concept in a sentence. */
export function tourDoc(topic: Topic, questions: number): Doc {
  return [
    { type: 'heading', level: 1, text: topic.title, note: count(topic.concepts.length, 'concept') },
    { type: 'paragraph', text: topic.summary },
    {
      type: 'list',
      ordered: false,
      items: topic.concepts.map(it => [{ type: 'paragraph', text: named(it) }]),
    },
    {
      type: 'paragraph',
      text: [
        {
          role: 'muted',
          text: [
            { code: 'quiz explain NAME' },
            ` tells more about one of them; `,
            { code: `quiz drill ${topic.id}` },
            ` has ${count(questions, 'question')}.`,
          ],
        },
      ],
    },
  ]
}

/** Concepts side by side: one row for each thing that can be compared. */
export function compareDoc(concepts: readonly Concept[]): Doc {
  const row = (label: string, cell: (it: Concept) => Inline): Inline[] => [
    [{ strong: label }],
    ...concepts.map(cell),
  ]
  const lines = (items: readonly Inline[], bullet = '• '): Inline =>
    items.flatMap((it, index) => [
      index === 0 ? '' : '\n',
      items.length > 1 ? bullet : '',
      ...spans(it),
    ])
  const rows = [
    row('In a sentence', it => it.gist),
    row('Say', it => lines(it.say ?? [])),
    row('Use when', it =>
      lines((it.tradeoffs ?? []).map(t => [...spans(t.choose), ': ', ...uncapped(t.when)])),
    ),
    row('Avoid saying', it => lines((it.avoid ?? []).map(a => a.claim))),
    row('Sources', it =>
      lines(
        byPage(it.sources).map(source => source.title),
        '',
      ),
    ),
  ]
  return [
    { type: 'heading', level: 1, text: concepts.map(it => it.title).join(' · ') },
    {
      type: 'table',
      columns: ['', ...concepts.map(it => it.title)],
      rows: rows.filter(([, ...cells]) => cells.some(it => it !== '' && spans(it).length > 0)),
    },
    {
      type: 'paragraph',
      text: [
        {
          role: 'muted',
          text: [
            'The whole story: ',
            ...concepts.flatMap((it, index): Span[] => [
              index === 0 ? '' : ', ',
              { role: 'accent', text: `quiz explain ${it.id}` },
            ]),
          ],
        },
      ],
    },
  ]
}

/** `title: gist`, for lists of concepts. */
function named(concept: Pick<Concept, 'title' | 'gist'>): Inline {
  return [{ strong: concept.title }, ': ', ...uncapped(concept.gist, false)]
}

/** Where it is written. */
export function sources(citations: readonly Citation[], asOf?: string): Doc {
  if (citations.length === 0) return []
  const list = points(byPage(citations).map(it => [{ role: 'muted', text: link(it) }]))
  return section(
    'Sources',
    asOf === undefined
      ? list
      : [...list, { type: 'paragraph', text: [{ role: 'muted', text: `As of ${asOf}.` }] }],
  )
}

/** One citation for all the places on the same page: `Terry 1994 §1, §3.1`. */
function byPage(citations: readonly Citation[]): readonly Pick<Citation, 'title' | 'url'>[] {
  const pages = new Map<string, { title: string; url: string }>()
  for (const { title, url } of citations) {
    const [, work, place] = /^(.+?) ([§“].+)$/.exec(title) ?? [undefined, title]
    const page = pages.get(`${work} ${url}`)
    if (page === undefined) pages.set(`${work} ${url}`, { title, url })
    else if (place !== undefined) page.title += `, ${place}`
  }
  return [...pages.values()]
}

export function examples(example: Example | undefined): Doc {
  return example === undefined
    ? []
    : section('In the wild', [
        {
          type: 'paragraph',
          text: [...spans(example.text), ' (', ...spans(link(example.source)), ')'],
        },
      ])
}

function link({ title, url }: Pick<Citation, 'title' | 'url'>): Inline {
  return url === '' ? title : [{ link: title, url }]
}

function claims(items: readonly { claim: Inline; why: Inline }[]): Doc {
  return points(items.map(it => ['“', ...spans(it.claim), '” ', ...spans(it.why)]))
}

function points(items: readonly Inline[]): Doc {
  return items.length === 0
    ? []
    : [{ type: 'list', ordered: false, items: items.map(text => [{ type: 'paragraph', text }]) }]
}

function section(title: string, blocks: Doc): DocBlock[] {
  return blocks.length === 0 ? [] : [{ type: 'section', title, blocks }]
}

/** The spans of a line; its first letter is lowered where it goes on a sentence and is not part of a name. */
function uncapped(text: Inline, lower = true): Exclude<Inline, string> {
  const [first, ...rest] = spans(text)
  return lower && typeof first === 'string' && /^[A-Z][a-z]/.test(first)
    ? [first[0]!.toLowerCase() + first.slice(1), ...rest]
    : [...(first === undefined ? [] : [first]), ...rest]
}
