import { type Candidate, kindsOf } from '../bank/candidates.ts'
import { KINDS } from '../bank/columns.ts'
import { CONFIDENCES } from '../kinds/ask.ts'
import { GOOD_ENOUGH } from '../kinds/open.ts'
import { type Random, shuffled } from '../random.ts'
import { arranged } from './arrange.ts'
import type { Day } from './day.ts'
import { grouped } from './grouped.ts'
import { type Choosable, dueDay, sorted, urgency } from './known.ts'
import type { Pasts } from './pasts.ts'
import { standIns } from './siblings.ts'
import { spread } from './spread.ts'
import { CONFIDENCE, COUNTS, LAST, NUMBERS, SCORE, STABILITY } from './state.ts'

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
 * is missed again and again; because the dice fell so; or because a lab was asked for.
 */
export type Reason = Need | 'review' | 'sibling' | 'random' | 'lab'

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
  const { candidates, today, retention, confusions } = from
  const { pasts, known, fresh, weak, weakAtFirst } = sorted(from)
  const { places, counts, numbers } = pasts
  const isDue = (it: number) => dueOn(pasts, it, retention) <= today
  const by: Readonly<Record<Need, () => Iterable<Candidate>>> = {
    'sure-but-wrong': () => urgent(known.filter(sureButWrong(candidates, pasts))),
    wrong: () => urgent(known.filter(wrong(candidates, pasts))),
    due: () => urgent(known.filter(isDue)),
    new: () => spread(fresh(), weakAtFirst(), confusions, random),
    weak: () => urgent(known),
    // Recall tomorrow: who crams is asked then, and today everything that was just answered is known.
    *cram() {
      yield* urgent(known, 1)
      yield* spread(fresh(), weakAtFirst(), confusions, random)
    },
  }
  function* urgent(list: readonly number[], later = 0): Generator<Candidate, void, undefined> {
    const level = new Float64Array(candidates.length)
    for (let index = 0; index < list.length; index++) {
      const it = list[index]!
      const place = places[it]!
      const stability = numbers[place * NUMBERS + STABILITY]!
      level[it] = urgency(counts[place * COUNTS + LAST]!, stability, today + later)
    }
    const weakness = weak()
    for (const group of falling(list, level)) {
      const equal = group.map(it => candidates.at(it)!)
      yield* spread(
        grouped(equal, it => it.topic),
        weakness,
        confusions,
        random,
      )
    }
  }

  const standIn = standIns(from, pasts, random)
  const taken = new Set<string>()
  const out: Queued[] = []
  let before: Candidate | undefined
  for (const need of NEEDS) {
    if (!needs.includes(need)) continue
    if (out.length >= count) break
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
    for (const it of arranged([...chosen.keys()], confusions, before)) {
      out.push(chosen.get(it)!)
      before = it
    }
  }
  return out
}

/** Places by falling value, equal ones together. Of many values only the greatest are asked for, so they are not sorted. */
function* falling(places: readonly number[], value: Float64Array): Generator<number[]> {
  let below = Number.POSITIVE_INFINITY
  for (;;) {
    let most = Number.NEGATIVE_INFINITY
    let equal: number[] = []
    for (let index = 0; index < places.length; index++) {
      const own = value[places[index]!]!
      if (own < most || own >= below) continue
      if (own > most) equal = []
      most = own
      equal.push(places[index]!)
    }
    if (equal.length === 0) return
    yield equal
    below = most
  }
}

/** As many questions as asked for, drawn at random, confusable ones next to each other. */
export function atRandom(
  { candidates, confusions }: Pick<Choosable, 'candidates' | 'confusions'>,
  count: number,
  random: Random,
): Queued[] {
  const drawn = shuffled(random, [...candidates]).slice(0, count)
  return arranged(drawn, confusions).map(({ id }) => ({ question: id, why: 'random' }))
}

/** How many questions there are for each need, and when the next ones are due. */
export interface Outlook {
  readonly counts: Readonly<Record<Need, number>>
  readonly next?: { readonly day: Day; readonly questions: number }
}

export function outlook(from: Choosable): Outlook {
  const { candidates, retention, today } = from
  const { pasts, known } = sorted(from)
  const days = known.map(it => dueOn(pasts, it, retention))
  const ahead = days.filter(it => it > today)
  const day = ahead.reduce((least, it) => Math.min(least, it), Number.POSITIVE_INFINITY)
  return {
    counts: {
      'sure-but-wrong': known.filter(sureButWrong(candidates, pasts)).length,
      wrong: known.filter(wrong(candidates, pasts)).length,
      due: days.length - ahead.length,
      new: candidates.length - known.length,
      weak: known.length,
      cram: candidates.length,
    },
    ...(ahead.length > 0 && { next: { day, questions: ahead.filter(it => it === day).length } }),
  }
}

function dueOn({ places, counts, numbers }: Pasts, it: number, retention: number): Day {
  const place = places[it]!
  return dueDay(counts[place * COUNTS + LAST]!, numbers[place * NUMBERS + STABILITY]!, retention)
}

/** Whether the last answer was not right, as its verdict saw it. */
function wrong(
  candidates: Choosable['candidates'],
  { places, numbers }: Pasts,
): (it: number) => boolean {
  const kinds = kindsOf(candidates)
  return it => numbers[places[it]! * NUMBERS + SCORE]! < (kinds[it] === OPEN ? GOOD_ENOUGH : 1)
}

function sureButWrong(candidates: Choosable['candidates'], pasts: Pasts): (it: number) => boolean {
  const { places, counts } = pasts
  const isWrong = wrong(candidates, pasts)
  return it => counts[places[it]! * COUNTS + CONFIDENCE] === SURE && isWrong(it)
}

const OPEN = KINDS.indexOf('open')

const SURE = CONFIDENCES.indexOf('sure') + 1
