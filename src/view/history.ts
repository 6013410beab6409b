import type { Inline } from '../bank/prose.ts'
import type { Past, Sitting } from '../memory/history.ts'
import type { Left } from '../memory/log.ts'
import type { Flag } from '../memory/review.ts'
import type { Doc, DocBlock } from './doc.ts'
import { count, percent } from './numbers.ts'

/** What a question asks, in a few words; nothing if no bank has it any more. */
export type Prompts = (question: string) => string | undefined

/** What was answered, by sitting. `of` is how many answers there are in all. */
export function historyDoc(
  sittings: readonly Sitting[],
  of: number,
  unread: readonly Left[],
  prompts: Prompts,
): Doc {
  const shown = sittings.reduce((all, it) => all + it.answers.length, 0)
  if (shown === 0) {
    return [
      { type: 'callout', tone: 'note', title: 'Nothing was answered yet.', blocks: [] },
      ...notUnderstood(unread),
    ]
  }
  return [
    {
      type: 'heading',
      level: 1,
      text: 'What you answered',
      note: shown < of ? `the last ${shown} of ${count(of, 'answer')}` : count(of, 'answer'),
    },
    ...sittings.flatMap(({ at, mode, answers }): DocBlock[] => [
      { type: 'heading', level: 2, text: `${dayOf(at)}, ${timeOf(at)}`, note: mode },
      {
        type: 'list',
        ordered: false,
        items: answers.map(it => [{ type: 'paragraph', text: answerLine(it, prompts) }]),
      },
    ]),
    ...notUnderstood(unread),
  ]
}

function answerLine({ review, question, takenBack }: Past, prompts: Prompts): Inline {
  const { score, confidence, again, mode, seed } = review
  const prompt = prompts(question)
  const remarks = [
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...(confidence === undefined ? [] : [confidence]),
    ...(again ? ['once more'] : []),
    ...(takenBack ? ['taken back'] : []),
    ...(question === review.question ? [] : [`was ${review.question} then`]),
    // Of a lab more can be asked than a bank does.
    ...(prompt === undefined && mode !== 'lab' ? ['no longer asked'] : []),
  ]
  const role = takenBack ? 'muted' : score === 1 ? 'good' : score === 0 ? 'bad' : 'warn'
  return [
    `${timeOf(review.at)}  `,
    { role, text: percent(score) },
    '  ',
    { strong: question },
    ...(remarks.length === 0 ? [] : [{ role: 'muted' as const, text: `  ${remarks.join(', ')}` }]),
    ...(prompt === undefined ? [] : ['\n', prompt]),
  ]
}

/** Lines that were left alone: that they are there, and why. */
function notUnderstood(unread: readonly Left[]): Doc {
  if (unread.length === 0) return []
  const all = unread.reduce((sum, it) => sum + it.count, 0)
  return [
    {
      type: 'callout',
      tone: 'note',
      title: `${count(all, 'line')} of the log ${all === 1 ? 'is' : 'are'} not understood, and stay${all === 1 ? 's' : ''} there`,
      blocks: [
        {
          type: 'list',
          ordered: false,
          items: unread.map(({ file, why, count: lines }) => [
            {
              type: 'paragraph',
              text: [
                `${count(lines, 'line')}, `,
                why === 'newer'
                  ? 'written by a later version of quiz'
                  : 'torn, or written by something else',
                '\n',
                { role: 'muted', text: file },
              ],
            },
          ]),
        },
      ],
    },
  ]
}

/** Questions that the person thinks are wrong. */
export function flagsDoc(flags: readonly Flag[], unread: readonly Left[], prompts: Prompts): Doc {
  if (flags.length === 0) {
    return [
      { type: 'callout', tone: 'note', title: 'No question is flagged.', blocks: [] },
      ...notUnderstood(unread),
    ]
  }
  const questions = new Set(flags.map(it => it.question)).size
  return [
    { type: 'heading', level: 1, text: 'Flagged questions', note: count(questions, 'question') },
    {
      type: 'list',
      ordered: false,
      items: flags.map(({ question, note, at }) => [
        {
          type: 'paragraph',
          text: [
            { strong: question },
            { role: 'muted', text: `  ${dayOf(at)}` },
            ...(note === '' ? [] : ['\n', note]),
            '\n',
            { role: 'muted', text: prompts(question) ?? 'no longer asked' },
          ],
        },
      ]),
    },
    ...notUnderstood(unread),
  ]
}

/** A question was just flagged. */
export function flaggedDoc(question: string): Doc {
  return [
    {
      type: 'paragraph',
      text: [
        'Flagged. To say what is wrong: ',
        { role: 'accent', text: `quiz flag ${question} …` },
      ],
    },
  ]
}

/** The person's own day and time, wherever they were. */
const dayOf = (at: string) => at.slice(0, 10)
const timeOf = (at: string) => at.slice(11, 16)
