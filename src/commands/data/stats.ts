import { dateOf } from '../../memory/day.ts'
import type { Followed } from '../../memory/misconceptions.ts'
import type { Belief } from '../../memory/mistakes.ts'
import type { Share, Standing, Stats } from '../../memory/stats.ts'
import type { Thing } from '../../memory/wrong.ts'
import { inlineMarkdown, proseMarkdown } from '../../render/markdown.ts'

/** Where the person stands, in the words of JSON. */
export function standingData({ ms, recall, ...rest }: Standing) {
  const { answers, due, met, unmet, questions, streak } = rest
  return {
    answers,
    minutes: minutes(ms),
    due,
    met,
    unmet,
    questions,
    recall: rounded(recall),
    streak,
  }
}

/** What `quiz stats --format json` prints. Fields are only ever added; see the README. */
export function statsData(stats: Stats, rules: readonly Followed[] = []) {
  const { today, standing, time, calibration } = stats
  const worth = ({ answers, score }: { readonly answers: number; readonly score: number }) => ({
    answers,
    score: answers === 0 ? null : rounded(score / answers),
  })
  return {
    date: dateOf(today),
    standing: { ...standingData(standing), leeches: stats.leechCount },
    topics: stats.topics.map(shareData),
    concepts: stats.concepts.map(shareData),
    confusions: stats.confusions.map(({ taken, right, times, answers, questions }) => ({
      taken: thingData(taken),
      right: thingData(right),
      times,
      answers,
      questions,
    })),
    misconceptions: rules.map(followedData),
    beliefs: stats.beliefs.map(beliefData),
    leeches: stats.leeches.map(it => ({
      question: it.question,
      concept: thingData(it.concept),
      prompt: proseMarkdown(it.prompt),
      misses: it.misses,
      answers: it.answers,
      inARow: it.missesInARow,
      belief: it.belief === undefined ? null : beliefData(it.belief),
    })),
    forecast: stats.forecast.map((due, ahead) => ({ date: dateOf(today + ahead), due })),
    calibration: {
      sure: worth(calibration.sure),
      unsure: worth(calibration.unsure),
      guess: worth(calibration.guess),
    },
    days: stats.days.map(({ day, answers, right, fresh, ms }) => ({
      date: dateOf(day),
      answers,
      right,
      fresh,
      minutes: minutes(ms),
    })),
    time: {
      answers: time.answers,
      sittings: time.sittings,
      days: time.days,
      minutes: minutes(time.ms),
      secondsFirst: time.first === undefined ? null : seconds(time.first),
      secondsLater: time.later === undefined ? null : seconds(time.later),
    },
  }
}

function shareData({ id, title, recall, met, questions, due, ms }: Share) {
  return { id, title, recall: rounded(recall), met, questions, due, minutes: minutes(ms) }
}

function beliefData({ question, concept, prompt, choice, why, times, answers }: Belief) {
  return {
    question,
    concept: thingData(concept),
    prompt: proseMarkdown(prompt),
    choice: inlineMarkdown(choice),
    why: inlineMarkdown(why),
    times,
    answers,
  }
}

/** A misconception that was met in computed questions. */
export function followedData({ name, lab, concept, belief, fact, times, of }: Followed) {
  return { name, lab, concept, belief, fact, times, of }
}

function thingData({ id, title }: Thing) {
  return { id: id ?? null, title }
}

/** Four decimals of a share are more than anybody knows. */
export function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000
}

export function minutes(ms: number): number {
  return Math.round(ms / 6000) / 10
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10
}
