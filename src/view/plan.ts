import type { Day } from '../memory/day.ts'
import type { DayForecast, Forecast, TopicForecast } from '../memory/forecast.ts'
import type { Plan } from '../memory/plan.ts'
import { dayName, distance, yearOf } from './dates.ts'
import type { BarRow, Doc, DocBlock } from './doc.ts'
import { count, duration, percent } from './numbers.ts'

/** Of a longer plan only the first days are told one by one: by then it will have changed anyway. */
const DAYS_SHOWN = 14

const rounded = (it: number) => String(Math.round(it))

/** The plan: what it comes to on the day, what today holds, and what each topic and each day gets. */
export function planDoc(
  plan: Plan,
  forecast: Forecast,
  title: (topic: string) => string,
  today: Day,
): Doc {
  return [
    { type: 'heading', level: 1, text: 'Your plan', note: planWords(plan, today) },
    outlook(plan, forecast),
    todaySection(forecast.days[0], today),
    {
      type: 'section',
      title: plan.by === undefined ? 'Topics in a month' : 'Topics on the day',
      blocks: [
        {
          type: 'bars',
          rows: forecast.topics.map(it => ({
            label: title(it.topic),
            value: it.recall,
            note: `${percent(it.recall)}, ${it.covered} of ${it.questions} met`,
          })),
        },
      ],
    },
    ...uncovered(forecast.topics, title),
    ...dayTable(forecast.days, plan),
  ]
}

/** What the plan is for, in a few words. */
export function planWords({ by, minutes, retention }: Plan, today: Day): string {
  const aim =
    by === undefined
      ? `steady recall of ${percent(retention)}`
      : `interview ${dayName(by, yearOf(by, today))}, ${distance(by, today)}`
  return `${aim}; ${count(minutes, 'minute')} a day`
}

function outlook(plan: Plan, { recall, idle, more }: Forecast): DocBlock {
  const row = (label: string, value: number): BarRow => ({ label, value, note: percent(value) })
  return {
    type: 'section',
    title: plan.by === undefined ? 'Expected recall in a month' : 'Expected recall on the day',
    blocks: [
      {
        type: 'bars',
        rows: [
          row('with this plan', recall),
          row(`with ${count(plan.minutes + more.minutes, 'minute')} a day`, more.recall),
          row('if you stopped now', idle),
        ],
      },
      {
        type: 'paragraph',
        text: [
          {
            role: 'muted',
            text: 'The share of all that is asked for that you would know, guesses not counted, as far as your answers tell.',
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
                `${duration(first.seconds * 1000)}: ${count(Math.round(first.reviews), 'review')} and ${count(Math.round(first.fresh), 'new question')}\n`,
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

/** Minutes as a table has them; a little is not nothing. */
function minutesIn(seconds: number): string {
  const minutes = rounded(seconds / 60)
  return minutes === '0' && seconds > 0 ? 'under 1' : minutes
}

function dayTable(days: readonly DayForecast[], plan: Plan): DocBlock[] {
  if (days.length === 0) return []
  const rows = days
    .slice(0, DAYS_SHOWN)
    .map(it => [dayName(it.day), minutesIn(it.seconds), rounded(it.reviews), rounded(it.fresh)])
  const rest = days.slice(DAYS_SHOWN)
  if (rest.length > 0) {
    const sum = (of: (it: DayForecast) => number) => rest.reduce((all, it) => all + of(it), 0)
    rows.push([
      `${count(rest.length, 'further day')}`,
      minutesIn(sum(it => it.seconds)),
      rounded(sum(it => it.reviews)),
      rounded(sum(it => it.fresh)),
    ])
  }
  if (plan.by !== undefined) rows.push([dayName(plan.by), 'interview', '', ''])
  return [
    {
      type: 'section',
      title: 'Days',
      blocks: [{ type: 'table', columns: ['Day', 'Minutes', 'Reviews', 'New'], rows }],
    },
  ]
}
