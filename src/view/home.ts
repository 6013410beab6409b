import type { TopicEntry } from '../bank/parts.ts'
import { said } from '../labs/said.ts'
import { type Day, dateOf } from '../memory/day.ts'
import type { Forecast } from '../memory/forecast.ts'
import type { Followed } from '../memory/misconceptions.ts'
import type { KeptPlan } from '../memory/plan-text.ts'
import type { Standing } from '../memory/stats.ts'
import { dayName, distance, yearOf } from './dates.ts'
import type { BarRow, Doc, DocBlock } from './doc.ts'
import { hint, rule } from './mistakes.ts'
import { count, duration, percent } from './numbers.ts'
import { type Step, steps } from './steps.ts'

/** Where the person stands. */
export interface Home {
  readonly topics: readonly TopicEntry[]
  readonly today: Day
  /** Of the topics that are studied for. */
  readonly standing: Standing
  /** Misconceptions that were met, the one that shows most often first. */
  readonly misconceptions: readonly Followed[]
  readonly plan?: KeptPlan
  /** What the plan is expected to come to, unless it is over. */
  readonly expected?: Pick<Forecast, 'recall' | 'idle' | 'days'>
}

/** `quiz` alone: where the person stands, and the one next command; who is new sees what there is. */
export function homeDoc(home: Home): Doc {
  const { topics, standing, today } = home
  const by = home.plan?.by
  const all = topics.reduce((sum, it) => sum + it.questions, 0)
  const isNew = standing.met === 0 && standing.answers === 0 && home.plan === undefined
  return [
    {
      type: 'heading',
      level: 1,
      text: 'quiz',
      note: [
        `${count(all, 'question')} in ${count(topics.length, 'topic')}`,
        ...(by !== undefined && by > today ? [`interview ${distance(by, today)}`] : []),
      ].join('; '),
    },
    ...(isNew ? [topicList(topics)] : standingBlocks(home)),
    ...worst(home),
    steps('What to do next', isNew ? firstSteps(topics, home.today) : [nextStep(home)]),
    ...(isNew ? [] : [steps('And', furtherSteps(home))]),
  ]
}

function standingBlocks({ standing, plan, expected, today }: Home): DocBlock[] {
  const { recall, met, questions, due, unmet, ms, streak } = standing
  const rows: BarRow[] = []
  if (plan === undefined || expected === undefined) {
    const note = `${percent(recall)}, ${met} of ${questions} met`
    rows.push({ label: 'Known today', value: recall, note })
  } else {
    const { by, minutes } = plan
    rows.push(
      { label: 'Met', value: met / questions, note: `${met} of ${count(questions, 'question')}` },
      {
        label: by === undefined ? 'In a month' : `On ${dayName(by, yearOf(by, today))}`,
        value: expected.recall,
        note: `${percent(expected.recall)} expected, ${percent(expected.idle)} if you stopped now`,
      },
    )
    const spent = Math.round(ms / 60_000)
    rows.push({
      label: 'Today',
      value: Math.min(1, spent / minutes),
      note: `${spent} of ${count(minutes, 'minute')}`,
    })
  }
  const said = [
    due === 0 ? 'nothing due' : `${count(due, 'question')} due`,
    unmet === 0 ? 'nothing new left' : `${unmet} new`,
    ...(plan === undefined && ms > 0 ? [`${duration(ms)} today`] : []),
    ...(streak > 1 ? [`${streak} days in a row`] : []),
  ]
  return [
    { type: 'bars', rows },
    { type: 'paragraph', text: [{ role: 'muted', text: said.join(' · ') }] },
  ]
}

/** The misconception that shows most often. */
function worst({ misconceptions: [it] }: Home): Doc {
  if (it === undefined) return []
  const blocks: Doc = [
    { type: 'paragraph', text: said(it.fact) },
    hint(`quiz lab ${it.lab}`, 'shows what happens, step by step'),
  ]
  return [{ type: 'callout', tone: 'note', title: rule(it), blocks }]
}

function nextStep({ standing: { due, unmet }, plan, expected, today }: Home): Step {
  if (plan !== undefined) {
    const { by } = plan
    if (by !== undefined && by < today) {
      const when = distance(by, today)
      return [`quiz plan --by ${dateOf(today + 14)}`, `your interview was ${when}; plan the next`]
    }
    if (by === today) return ['quiz drill --cram', 'your interview is today']
    const seconds = expected?.days[0]?.seconds ?? 0
    return seconds > 0
      ? ['quiz drill', `${duration(seconds * 1000)} for today, chosen by your plan`]
      : ['quiz drill --minutes 10', 'today is done; this goes on for ten minutes']
  }
  if (due > 0) return ['quiz drill', 'what is due first, then what is new']
  return unmet > 0
    ? ['quiz drill', 'something new']
    : ['quiz drill --weak', 'nothing is due; what you know least']
}

function furtherSteps({ plan, today }: Home): Step[] {
  const planning: Step =
    plan === undefined
      ? [`quiz plan --by ${dateOf(today + 14)} --minutes 20`, 'aim at an interview']
      : ['quiz plan', 'what each day holds']
  return [
    // Once the day has come there is nothing more to plan for it.
    ...(plan?.by !== undefined && plan.by <= today ? [] : [planning]),
    ['quiz stats', 'what you know, and what you mix up'],
    ['quiz --help', 'everything else'],
  ]
}

function firstSteps(topics: readonly TopicEntry[], today: Day): Step[] {
  const some = topics[0]?.id ?? 'TOPIC'
  return [
    ['quiz drill', 'ten questions from all topics'],
    [`quiz drill ${some}`, 'ten questions from one'],
    [`quiz plan --by ${dateOf(today + 14)}`, 'aim at an interview'],
    ['quiz explain 409', 'look something up'],
    ['quiz compare 401 403 404', 'tell similar things apart'],
    [`quiz cheatsheet ${some}`, 'a page to print'],
    ['quiz --help', 'everything else'],
  ]
}

function topicList(topics: readonly TopicEntry[]): DocBlock {
  const widest = Math.max(...topics.map(it => it.id.length))
  return {
    type: 'list',
    ordered: false,
    items: topics.map(it => [
      {
        type: 'paragraph',
        text: [
          { strong: it.id.padEnd(widest) },
          `  ${it.title}, `,
          { role: 'muted', text: count(it.questions, 'question') },
        ],
      },
    ]),
  }
}
