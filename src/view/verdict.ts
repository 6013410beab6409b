import type { Askable } from '../bank/model.ts'
import { type Inline, spans, words } from '../bank/prose.ts'
import type { Confidence, Option } from '../kinds/ask.ts'
import type { Mark, Note } from '../kinds/kind.ts'
import type { Leech } from '../memory/leech.ts'
import { examples, sources } from './concept.ts'
import type { Doc, DocBlock, Tone } from './doc.ts'
import { leechDoc } from './leech.ts'
import { percent } from './numbers.ts'
import type { Shown } from './question.ts'

/** What the person is told after an answer. */
export interface Verdict extends Shown {
  readonly mark: Mark
  /** How sure they were, if they said so. */
  readonly confidence?: Confidence
  /** Of a miss, if it is one of many. */
  readonly leech?: Leech
}

/** The verdict: how it went, why what was picked is right or not, the rule behind it, and where that is written. */
export function verdictDoc(verdict: Verdict): Doc {
  const { question, mark, confidence, leech } = verdict
  const tone: Tone = mark.score === 1 ? 'good' : mark.score === 0 ? 'bad' : 'partial'
  return [
    {
      type: 'callout',
      tone,
      title: `${headline(mark)}${remark(mark, confidence)}`,
      blocks: reasons(verdict),
    },
    ...(leech === undefined ? [] : leechDoc(leech, verdict)),
    ...(question.explanation ?? []),
    ...(question.kind === 'open' ? afterOpen(question) : []),
    ...sources(question.sources),
    ...again(verdict),
  ]
}

/** How to look at the very same scenario once more. */
function again({ question, seed }: Verdict): Doc {
  if (seed === undefined) return []
  const command = { code: `quiz lab ${question.id} --seed ${seed}` }
  return [{ type: 'paragraph', text: [{ role: 'muted', text: [command, ' plays it through.'] }] }]
}

/** The reasons of the choices that the verdict left out: those that were neither picked nor right. */
export function otherReasons({ question, ask, mark }: Verdict): Doc {
  if (question.kind !== 'choice' || ask.type !== 'pick') return []
  const rest = mark.notes.filter(it => !it.taken && !it.right)
  return rest.length === 0
    ? []
    : [{ type: 'section', title: 'The others', blocks: [noteList(rest, ask.options)] }]
}

function headline({ score, right, notes }: Mark): string {
  if (score === 1) return 'Right'
  if (right) return `Good: ${percent(score)}`
  if (score > 0) return `Partly right: ${percent(score)}`
  return notes.length === 0 ? 'Wrong' : 'Not right'
}

/** What a confidence means where it and the mark do not go together. */
function remark({ right }: Mark, confidence: Confidence | undefined): string {
  if (right && confidence === 'guess') return ', as a guess: it will come back soon'
  if (!right && confidence === 'sure') return ', but you were sure: worth a closer look'
  return ''
}

function reasons({ question, ask, mark }: Verdict): Doc {
  switch (question.kind) {
    case 'choice': {
      const options = ask.type === 'pick' ? ask.options : []
      return [
        noteList(
          mark.notes.filter(it => it.taken || it.right),
          options,
        ),
      ]
    }
    case 'order':
      return [
        {
          type: 'list',
          ordered: true,
          items: mark.notes
            .filter(it => it.option !== undefined)
            .map(it => [{ type: 'paragraph', text: [signed(it), ...because(it, '\n')] }]),
        },
        ...asAWhole(mark),
      ]
    case 'match':
      return [
        {
          type: 'list',
          ordered: false,
          items: mark.notes.flatMap(it => {
            const pair = it.option === undefined ? undefined : question.pairs[it.option]
            if (pair === undefined && (!it.taken || it.text === '')) return []
            const text: Inline =
              pair === undefined
                ? [...spans(it.text), ' belongs to none of them']
                : [{ strong: pair.left }, ' – ', ...spans(pair.right)]
            return [
              [
                {
                  type: 'paragraph' as const,
                  text: [signed({ ...it, text }), ...because(it, '\n')],
                },
              ],
            ]
          }),
        },
        ...asAWhole(mark),
      ]
    case 'text':
    case 'number':
      return mark.notes.map(
        (it): DocBlock => ({
          type: 'paragraph',
          text:
            it.taken && !it.right
              ? ['You answered ', { strong: it.text }, ...because(it, '. ')]
              : it.right && it.taken
                ? [{ strong: it.text }, ...because(it, '. ')]
                : ['The answer is ', { strong: it.text }],
        }),
      )
    case 'open':
      return missing(mark)
  }
}

/** What is to be said of an answer as a whole, if people typically give it. */
function asAWhole({ notes }: Mark): Doc {
  return notes
    .filter(it => it.option === undefined && it.text === '')
    .map(it => ({ type: 'paragraph', text: because(it, '') }))
}

function missing({ notes }: Mark): Doc {
  const left = notes.filter(it => !it.taken)
  if (left.length === 0) return [{ type: 'paragraph', text: 'You made every point.' }]
  return [
    { type: 'paragraph', text: 'Next time, say this too:' },
    { type: 'list', ordered: false, items: left.map(it => [{ type: 'paragraph', text: it.text }]) },
  ]
}

function afterOpen(question: Extract<Askable, { kind: 'open' }>): Doc {
  const { avoid, tradeoff, followUp, tests } = question
  return [
    { type: 'section', title: 'What it tests', blocks: [{ type: 'paragraph', text: tests }] },
    {
      type: 'section',
      title: 'Better not',
      blocks: [
        {
          type: 'list',
          ordered: false,
          items: avoid.map(it => [
            { type: 'paragraph', text: [{ strong: it.claim }, ' ', ...spans(it.why)] },
          ]),
        },
      ],
    },
    ...(tradeoff === undefined
      ? []
      : [
          {
            type: 'section' as const,
            title: 'Trade-off',
            blocks: [{ type: 'paragraph' as const, text: tradeoff }],
          },
        ]),
    ...examples(question.example),
    {
      type: 'section',
      title: 'Then they ask',
      blocks: [{ type: 'paragraph', text: [{ strong: followUp.prompt }] }, ...followUp.answer],
    },
  ]
}

/** Notes about options, in the order they were shown, each with its key. */
function noteList(notes: readonly Note[], options: readonly Option[]): DocBlock {
  const shown = options.flatMap((option, place) => {
    const note = notes.find(it => it.option === option.index)
    return note === undefined ? [] : [{ note, key: String(place + 1) }]
  })
  return {
    type: 'choices',
    items: shown.map(({ note, key }) => ({
      key,
      text: [{ strong: note.text }, ...because(note, '\n')],
      state: note.right ? (note.taken ? 'right' : 'missed') : 'wrong',
    })),
  }
}

function because(note: Note, joint = ' '): Inline & readonly unknown[] {
  return note.why === undefined || words(note.why) === '' ? [] : [joint, ...spans(note.why)]
}

function signed(note: Note): Exclude<Inline, string>[number] {
  return {
    role: note.right ? 'good' : 'bad',
    text: [{ strong: note.text }, note.right ? '' : ' (not where you put it)'],
  }
}
