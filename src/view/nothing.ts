import type { Day } from '../memory/day.ts'
import { NEEDS, type Need, type Outlook } from '../memory/queue.ts'
import { dayName, distance } from './dates.ts'
import type { Doc } from './doc.ts'
import { count } from './numbers.ts'
import { type Step, steps } from './steps.ts'

/** A drill that had nothing to ask. */
export interface Nothing {
  /** What was asked for. */
  readonly needs: readonly Need[]
  readonly outlook: Outlook
  /** The minutes of the plan, if they are over for today. */
  readonly done?: number
  readonly today: Day
  /** The command without a need, to which one can be added. */
  readonly command: string
}

/** The option of `quiz drill` that asks for a need. */
export function optionOf(need: Need): string {
  return need === 'sure-but-wrong' ? '--confident-errors' : `--${need}`
}

/** Nothing is due (or new, or whatever was asked for): when something will be, and what helps until then. */
export function nothingDoc({ needs, outlook, today, command, done }: Nothing): Doc {
  const { next, counts } = outlook
  const helping = NEEDS.filter(
    // The wrong ones that were sure are among the wrong ones.
    it => counts[it] > 0 && it !== 'sure-but-wrong' && !(it === 'cram' && counts.weak === 0),
  )
  const helps = helping.map((it): Step => [`${command} ${optionOf(it)}`, DOES[it](counts[it])])
  if (done !== undefined) helps.unshift([`${command} --minutes 10`, 'go on with the plan'])
  return [
    {
      type: 'callout',
      tone: 'note',
      title:
        done === undefined
          ? `Nothing ${needs.map(it => IS[it]).join(', and nothing ')}.`
          : `The ${count(done, 'minute')} of your plan are done for today.`,
      blocks:
        next === undefined || counts.due > 0 || done !== undefined
          ? []
          : [{ type: 'paragraph', text: `${upcoming(next.questions, next.day, today)}.` }],
    },
    steps('What helps now', helps),
  ]
}

function upcoming(questions: number, day: Day, today: Day): string {
  return `${count(questions, 'question')} will be due ${distance(day, today)}, on ${dayName(day)}`
}

const IS: Readonly<Record<Need, string>> = {
  'sure-but-wrong': 'that you were sure of was wrong last time',
  wrong: 'went wrong last time',
  due: 'is due',
  new: 'is new',
  weak: 'was answered yet',
  cram: 'is there to ask',
}

const DOES: Readonly<Record<Need, (questions: number) => string>> = {
  'sure-but-wrong': it => `${count(it, 'question')} that you were sure of and wrong about`,
  wrong: it => `${count(it, 'question')} that went wrong last time`,
  due: it => `${count(it, 'question')} that ${it === 1 ? 'is' : 'are'} due`,
  new: it => `${count(it, 'question')} that you have not met`,
  weak: () => 'what you are likeliest to have forgotten',
  cram: () => 'whatever there is, without counting it',
}
