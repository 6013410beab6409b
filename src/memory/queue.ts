import type { Candidate } from '../bank/bank.ts'
import { type Random, shuffled } from '../random.ts'
import { arranged } from './arrange.ts'
import type { Day } from './day.ts'
import { grouped } from './grouped.ts'
import {
  type Choosable,
  dueDay,
  isSureButWrong,
  type Known,
  sorted,
  urgency,
  wasWrong,
} from './known.ts'
import { standIns } from './siblings.ts'
import { spread } from './spread.ts'

/** What a sitting can be for, in the order in which it comes when there is more than one thing. */
export const NEEDS = [
  /** Answered wrong last time, by somebody who was sure. */
  'sure-but-wrong',
  /** Answered wrong last time. */
  'wrong',
  /** Recall has fallen to what is aimed at. */
  'due',
  /** Never answered in a sitting that counts. */
  'new',
  /** All that was answered, lowest recall first. */
  'weak',
  /** Anything, what is forgotten soonest first and what was never answered last. */
  'cram',
] as const

export type Need = (typeof NEEDS)[number]

/**
 * Why a question is asked: what it is needed for; because the plan repeats it; in the place of one about the same concept that
 * is missed again and again; or because the dice fell so.
 */
export type Reason = Need | 'review' | 'sibling' | 'random'

/** One question of a sitting. */
export interface Queued {
  readonly question: string
  readonly why: Reason
  /** Of a sibling, the question that it stands in for. */
  readonly of?: string
}

/**
 * What to ask, in order: at most `count` questions, none twice. For each need the most urgent ones are taken, by half
 * doublings of how overdue they are, and from what is equally urgent more of weak topics; then they are put so that
 * confusable ones are next to each other and topics take turns. The same arguments and dice give the same questions.
 */
export function queue(
  from: Choosable,
  needs: readonly Need[],
  count: number,
  random: Random,
): Queued[] {
  const { known, fresh, byTopic, weak, weakAtFirst } = sorted(from)
  const by: Readonly<Record<Need, () => Iterable<Candidate>>> = {
    'sure-but-wrong': () => urgent(known.filter(isSureButWrong)),
    wrong: () => urgent(known.filter(wasWrong)),
    due: () => urgent(known.filter(it => dueDay(it.past, from.retention) <= from.today)),
    new: () => spread(fresh, weakAtFirst, from.confusions, random),
    weak: () => urgent(known),
    // Recall tomorrow: who crams is asked then, and today everything that was just answered is known.
    *cram() {
      yield* urgent(known, 1)
      yield* spread(fresh, weakAtFirst, from.confusions, random)
    },
  }
  function* urgent(list: readonly Known[], later = 0): Generator<Candidate, void, undefined> {
    const levels = grouped(list, it => urgency(it.past, from.today + later))
    for (const level of [...levels.keys()].sort((a, b) => b - a)) {
      const equal = levels.get(level)!.map(it => it.candidate)
      yield* spread(
        grouped(equal, it => it.topic),
        weak,
        from.confusions,
        random,
      )
    }
  }

  const standIn = standIns(from, byTopic, random)
  const taken = new Set<string>()
  const out: Queued[] = []
  let last: Candidate | undefined
  for (const need of NEEDS) {
    if (!needs.includes(need)) continue
    const chosen = new Map<Candidate, Queued>()
    for (const it of by[need]()) {
      if (out.length + chosen.size >= count) break
      if (taken.has(it.id)) continue
      // Who asks for a question by what happened to it means that one.
      const asked = need === 'due' || need === 'weak' ? standIn(it, taken) : it
      if (asked === undefined) continue
      taken.add(asked.id)
      const why = asked === it ? { why: need } : { why: 'sibling' as const, of: it.id }
      chosen.set(asked, { question: asked.id, ...why })
    }
    for (const it of arranged([...chosen.keys()], from.confusions, last)) {
      out.push(chosen.get(it)!)
      last = it
    }
  }
  return out
}

/** As many questions as asked for, drawn at random, confusable ones next to each other. */
export function atRandom(
  { candidates, confusions }: Pick<Choosable, 'candidates' | 'confusions'>,
  count: number,
  random: Random,
): Queued[] {
  const drawn = shuffled(random, candidates).slice(0, count)
  return arranged(drawn, confusions).map(({ id }) => ({ question: id, why: 'random' }))
}

/** How many questions there are for each need, and when the next ones are due. */
export interface Outlook {
  readonly counts: Readonly<Record<Need, number>>
  readonly next?: { readonly day: Day; readonly questions: number }
}

export function outlook(from: Choosable): Outlook {
  const { candidates, retention, today } = from
  const { known } = sorted(from)
  const days = known.map(it => dueDay(it.past, retention))
  const ahead = days.filter(it => it > today)
  const day = ahead.reduce((least, it) => Math.min(least, it), Number.POSITIVE_INFINITY)
  return {
    counts: {
      'sure-but-wrong': known.filter(isSureButWrong).length,
      wrong: known.filter(wasWrong).length,
      due: days.length - ahead.length,
      new: candidates.length - known.length,
      weak: known.length,
      cram: candidates.length,
    },
    ...(ahead.length > 0 && { next: { day, questions: ahead.filter(it => it === day).length } }),
  }
}
