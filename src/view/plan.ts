import type { Day } from '../memory/day.ts'
import type { DayForecast, Forecast, TopicForecast } from '../memory/forecast.ts'
import type { Goal } from '../memory/goal.ts'
import { dayName, distance } from './dates.ts'
import type { BarRow, Doc, DocBlock } from './doc.ts'
import { count, percent } from './numbers.ts'

/** Of a longer plan only the first days are told one by one: by then it will have changed anyway. */
const DAYS_SHOWN = 14

/** The plan: what it comes to on the day, what today holds, and what each topic and each day gets. */
export function planDoc(
  goal: Goal,
  forecast: Forecast,
  title: (topic: string) => string,
  today: Day,
): Doc {
  return [
    { type: 'heading', level: 1, text: 'Your plan', note: goalWords(goal, today) },
    outlook(goal, forecast),
    todaySection(forecast.days[0], today),
    {
      type: 'section',
      title: goal.by === undefined ? 'Topics in a month' : 'Topics on the day',
      blocks: [
        {
          type: 'bars',
          rows: forecast.topics.map(it => ({
            label: title(it.topic),
            value: it.expected,
            note: `${percent(it.expected)}, ${it.covered} of ${it.questions} met`,
          })),
        },
      ],
    },
    ...uncovered(forecast.topics, title),
    ...dayTable(forecast.days, goal),
  ]
}

/** What the plan is for, in a few words. */
export function goalWords({ by, minutes, recall }: Goal, today: Day): string {
  const aim =
    by === undefined
      ? `steady recall of ${percent(recall)}`
      : `interview ${dayName(by)}, ${distance(by, today)}`
  return `${aim}; ${count(minutes, 'minute')} a day`
}

function outlook(goal: Goal, { expected, idle, other }: Forecast): DocBlock {
  const row = (label: string, value: number): BarRow => ({ label, value, note: percent(value) })
  return {
    type: 'section',
    title:
      goal.by === undefined ? 'Expected recall in a month' : 'Expected recall on the day',
    blocks: [
      {
        type: 'bars',
        rows: [
          row('with this plan', expected),
          ...other.map(it => row(`with ${count(it.minutes, 'minute')} a day`, it.expected)),
          row('if you stopped now', idle),
        ],
      },
      {
        type: 'paragraph',
        text: [
          {
            role: 'muted',
            text: 'The share of all that is asked for that you would know, guesses not counted; from your answers so far.',
          },
        ],
      },
    ],
  }
}

function todaySection(first: DayForecast | undefined, today: Day): DocBlock {
  return {
    type: 'section',
    title: `Today, ${dayName(today)}`,
    blocks:
      first === undefined || first.day !== today || first.reviews + first.fresh === 0
        ? [{ type: 'paragraph', text: 'Nothing more today.' }]
        : [
            {
              type: 'paragraph',
              text: [
                `${count(first.minutes, 'minute')}: ${count(first.reviews, 'review')} and ${count(first.fresh, 'new question')}\n`,
                { role: 'accent', text: 'quiz drill' },
              ],
            },
          ],
  }
}

/** What there is no time for, said where it is most. */
function uncovered(topics: readonly TopicForecast[], title: (topic: string) => string): DocBlock[] {
  const left = topics
    .map(it => ({ topic: it.topic, count: it.questions - it.covered }))
    .filter(it => it.count > 0)
    .toSorted((a, b) => b.count - a.count)
  if (left.length === 0) return []
  const all = topics.reduce((sum, it) => sum + it.questions, 0)
  const missing = left.reduce((sum, it) => sum + it.count, 0)
  const most = left.slice(0, 3).map(it => `${title(it.topic)} (${it.count})`)
  return [
    {
      type: 'callout',
      tone: 'note',
      title: `There is no time for ${missing} of ${count(all, 'question')}.`,
      blocks: [
        {
          type: 'paragraph',
          text: `Most of them belong to ${most.join(', ')}. More minutes a day, or fewer topics (--topics), would cover them.`,
        },
      ],
    },
  ]
}

function dayTable(days: readonly DayForecast[], goal: Goal): DocBlock[] {
  if (days.length === 0) return []
  const rows = days
    .slice(0, DAYS_SHOWN)
    .map(it => [dayName(it.day), String(it.minutes), String(it.reviews), String(it.fresh)])
  const rest = days.slice(DAYS_SHOWN)
  if (rest.length > 0) {
    const sum = (of: (it: DayForecast) => number) => rest.reduce((all, it) => all + of(it), 0)
    rows.push([
      `${count(rest.length, 'further day')}`,
      String(sum(it => it.minutes)),
      String(sum(it => it.reviews)),
      String(sum(it => it.fresh)),
    ])
  }
  if (goal.by !== undefined) rows.push([dayName(goal.by), 'interview', '', ''])
  return [
    {
      type: 'section',
      title: 'Days',
      blocks: [{ type: 'table', columns: ['Day', 'Minutes', 'Reviews', 'New'], rows }],
    },
  ]
}
